# SPDX-License-Identifier: BSL-1.0
"""The Synapse module: reads the configuration, and hands Synapse's questions to the chain."""
from typing import Any, Dict, Iterable, List, Set, Union

from synapse.module_api import PRESENCE_ALL_USERS, ModuleApi, UserPresenceState
from synapse.module_api.errors import ConfigError

from ._chain import Chain, Rules, user_id_error

RECEIVE_ALL = ("receive_all", "users_who_should_receive_all_presence")  # the second is that of Synapse's example
LISTS_OF_USERS = (*RECEIVE_ALL, "exclude")
LISTS_OF_GLOBS = ("allow_servers", "deny_servers", "allow_users", "deny_users")
KEYS = ("routes", *LISTS_OF_USERS, *LISTS_OF_GLOBS)


class PresenceRouterModule:
    def __init__(self, config: Rules, api: ModuleApi):
        self._chain = Chain([config])
        api.register_presence_router_callbacks(
            get_users_for_states=self.get_users_for_states,
            get_interested_users=self.get_interested_users,
        )

    @staticmethod
    def parse_config(config: Dict[str, Any]) -> Rules:
        """Raises ConfigError, which names the key, for a configuration that is not understood whole: a rule that
        is passed over would be presence that leaks."""
        rules = Rules()
        for key, value in _mapping(config, ()).items():
            if key == "routes":
                rules.routes = [(_user(viewer, (key, str(viewer))), _users(subjects, (key, str(viewer))))
                                for viewer, subjects in _mapping(value, (key,)).items()]
            elif key in RECEIVE_ALL:
                rules.receive_all = [*rules.receive_all, *_users(value, (key,))]
            elif key == "exclude":
                rules.exclude = _users(value, (key,))
            elif key in LISTS_OF_GLOBS:
                setattr(rules, key, _texts(value, (key,)))
            else:
                raise ConfigError(f"{key!r} is none of the keys {', '.join(KEYS)}", (str(key),))
        return rules

    async def get_users_for_states(
        self, state_updates: Iterable[UserPresenceState]
    ) -> Dict[str, Set[UserPresenceState]]:
        return self._chain.get_users_for_states(state_updates)

    async def get_interested_users(self, user_id: str) -> Union[Set[str], str]:
        interested = self._chain.get_interested_users(user_id)
        return PRESENCE_ALL_USERS if interested is None else interested


def _mapping(value: Any, path: tuple) -> Dict[Any, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"has to be a mapping, is {value!r}", _path(path))
    return value


def _texts(value: Any, path: tuple) -> List[str]:
    if not isinstance(value, list):
        raise ConfigError(f"has to be a list, is {value!r}", _path(path))
    return [_text(text, (*path, at)) for at, text in enumerate(value)]


def _text(value: Any, path: tuple) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"has to be a string, is {value!r}", _path(path))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ConfigError(f"has to be a text, is {value!r}: {error.reason}", _path(path)) from error
    return value


def _users(value: Any, path: tuple) -> List[str]:
    return [_user(text, (*path, at)) for at, text in enumerate(_texts(value, path))]


def _user(value: Any, path: tuple) -> str:
    text = _text(value, path)
    if error := user_id_error(text):
        raise ConfigError(error, _path(path))
    return text


def _path(parts: tuple) -> List[str]:
    return [f"<item {part}>" if isinstance(part, int) else str(part) for part in parts]
