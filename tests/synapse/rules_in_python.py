# SPDX-License-Identifier: BSL-1.0
"""The rules of the module as one would write them in Python: the peer of its tests and of its benchmark."""
import re
from dataclasses import dataclass, field
from typing import Dict, List, Optional

from synapse.events.presence_router import PresenceRouter


@dataclass
class PythonRules:
    routes: Dict[str, List[str]] = field(default_factory=dict)  # viewer -> subjects
    receive_all: List[str] = field(default_factory=list)
    exclude: List[str] = field(default_factory=list)
    allow_servers: Optional[List[str]] = None
    deny_servers: List[str] = field(default_factory=list)
    allow_users: Optional[List[str]] = None
    deny_users: List[str] = field(default_factory=list)


def glob_fits(glob, text):
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in glob)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


class PythonRouter:
    def __init__(self, rules):
        self._subjects = {viewer: set(subjects) for viewer, subjects in rules.routes.items()}
        named = {*self._subjects, *rules.receive_all}
        self._told = {user for user in named if self._is_told(rules, user)}
        self._receive_all = self._told.intersection(rules.receive_all)
        self._exclude = set(rules.exclude)
        self._viewers = {}
        for viewer, subjects in self._subjects.items():
            for subject in subjects:
                self._viewers.setdefault(subject, []).append(viewer)

    @staticmethod
    def _is_told(rules, viewer):
        server = viewer.split(":", 1)[1]

        def fits(globs, text):
            return any(glob_fits(glob, text) for glob in globs)

        return ((rules.allow_users is None or fits(rules.allow_users, viewer))
                and (rules.allow_servers is None or fits(rules.allow_servers, server))
                and not fits(rules.deny_users, viewer)
                and not fits(rules.deny_servers, server))

    async def get_users_for_states(self, state_updates):
        # Synapse fails the sync of a viewer of all users whom an answer does not name.
        result = {viewer: set() for viewer in self._receive_all}
        for update in state_updates:
            if update.user_id in self._exclude:
                continue
            for viewer in self._viewers.get(update.user_id, ()):
                if viewer in self._told:
                    result.setdefault(viewer, set()).add(update)
            for viewer in self._receive_all:
                result[viewer].add(update)
        return result

    async def get_interested_users(self, user_id):
        if user_id not in self._told:
            return set()
        if user_id in self._receive_all:
            return PresenceRouter.ALL_USERS
        return self._subjects.get(user_id, set()) - self._exclude


def synapse_router(routers):
    """Synapse's own PresenceRouter with these routers. It keeps nothing of the homeserver it is made with."""
    router = PresenceRouter(hs=None)
    for one in routers:
        router.register_presence_router_callbacks(one.get_users_for_states, one.get_interested_users)
    return router


def finished(coroutine):
    """What a coroutine returns that never has to wait."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("the router waits for something")
