# SPDX-License-Identifier: BSL-1.0
"""Answers the requests of tests/vectors by the Synapse that is installed, and writes the files anew:

    python recorder.py tests/vectors/*.jsonl

A request is asked of Synapse's own functions, with routers that do what the request says."""
import asyncio
import json
import logging
import pathlib
import sys
from collections import Counter

from rules_in_python import finished
from synapse.api.errors import SynapseError
from synapse.api.presence import UserPresenceState
from synapse.events import presence_router
from synapse.handlers import presence

LAST_ACTIVE_GRANULARITY = 60_000  # Synapse's default, in ms


class Router:
    """A router that answers as the request says, and notes that it was asked."""

    def __init__(self, number, description, states, calls):
        self._number, self._description, self._states, self._calls = number, description, states, calls

    async def get_users_for_states(self, updates):
        self._asked()
        result = {}
        for update in updates:
            for route in self._description.get("routes", []):
                if route["subject"] in ("*", update.user_id):
                    for viewer in route["viewers"]:
                        result.setdefault(viewer, set()).add(update)
        for viewer in self._description.get("empty_for", []):
            result.setdefault(viewer, set())
        for viewer, value in self._description.get("raw", []):
            result[viewer] = {self._states[number] for number in value["set"]}
        return result

    async def get_interested_users(self, user):
        self._asked()
        value = self._description.get("interested", {}).get(user, self._description.get("default", []))
        return value if value == presence_router.PresenceRouter.ALL_USERS else set(value)

    def _asked(self):
        self._calls.append(self._number)
        if self._description.get("raises") == "cancelled":
            raise asyncio.CancelledError
        if self._description.get("raises"):
            raise RuntimeError("the request says so")


class Skips(logging.Handler):
    """Notes which router's answer was left out, and why: Synapse says so in its log alone."""

    def __init__(self, calls):
        super().__init__()
        self._calls, self.skipped = calls, []

    def emit(self, record):
        self.skipped.append([self._calls[-1], "raised"])


class Store:
    def __init__(self, description):
        self._rooms = description.get("rooms_for_user", {})
        self._hosts = description.get("hosts_in_room", {})

    async def get_rooms_for_user(self, user):
        return self._rooms.get(user, [])

    async def get_current_hosts_in_room(self, room):
        return set(self._hosts.get(room, []))


class Case:
    """What a request about routers is asked of, and the numbers by which answers name states."""

    def __init__(self, request):
        self.updates = [UserPresenceState(**state) for state in request.get("updates", [])]
        states = self.updates + [UserPresenceState(**state) for state in request.get("extra_states", [])]
        self._numbers = {}
        for number, state in enumerate(states):
            self._numbers.setdefault(state, number)
        self.calls = []
        self.router = presence_router.PresenceRouter(hs=None)
        for number, description in enumerate(request["routers"]):
            one = Router(number, description, states, self.calls)
            self.router.register_presence_router_callbacks(one.get_users_for_states, one.get_interested_users)
        self.store = Store(request.get("store", {}))

    def numbers(self, states):
        return sorted(self._numbers[state] for state in states)

    def ask(self, coroutine):
        """The answer, or None if it is cancelled, and the rest of what is recorded."""
        skips = Skips(self.calls)
        logger = logging.getLogger(presence_router.__name__)
        logger.addHandler(skips)
        logger.propagate = False
        try:
            return finished(coroutine), {"calls": self.calls, "skipped": skips.skipped}
        except asyncio.CancelledError:
            return None, {"calls": self.calls, "error": "CancelledError", "skipped": skips.skipped}
        finally:
            logger.removeHandler(skips)


def get_interested_users(request):
    case = Case(request)
    users, rest = case.ask(case.router.get_interested_users(request["user"]))
    if users is None:
        return rest
    return {**rest, "result": users if isinstance(users, str) else sorted(users)}


def get_users_for_states(request):
    case = Case(request)
    routes, rest = case.ask(case.router.get_users_for_states(case.updates))
    if routes is None:
        return rest
    return {**rest, "result": {viewer: case.numbers(states) for viewer, states in routes.items()}}


def interested_parties(request):
    case = Case(request)
    answer, rest = case.ask(presence.get_interested_parties(
        case.store, case.router, case.updates, frozenset(request.get("excluded_rooms", []))))
    if answer is None:
        return {"calls": case.calls, "error": rest["error"]}
    rooms, users = answer
    return {"calls": case.calls,
            "result": {"rooms": {room: case.numbers(states) for room, states in rooms.items()},
                       "users": {user: case.numbers(states) for user, states in users.items()}}}


def interested_remotes(request):
    case = Case(request)
    try:
        answer, rest = case.ask(presence.get_interested_remotes(
            case.store, case.router, case.updates, frozenset(request.get("excluded_rooms", []))))
    except SynapseError as error:
        return {"calls": case.calls, "code": error.code, "error": "SynapseError"}
    if answer is None:
        return {"calls": case.calls, "error": rest["error"]}
    entries = [[sorted(hosts), case.numbers(states)] for hosts, states in answer]
    by_host = {}
    for hosts, numbers in entries:
        for host in hosts:
            by_host.setdefault(host, set()).update(numbers)
    return {"calls": case.calls,
            "result": {"rooms": entries[:len(case.updates)],
                       "routed": sorted([hosts[0], numbers] for hosts, numbers in entries[len(case.updates):]),
                       "by_host": {host: sorted(numbers) for host, numbers in by_host.items()}}}


def should_notify(request):
    def counts():
        result = Counter()  # local and remote users are counted apart
        for metric in presence.notify_reason_counter.collect():
            for sample in metric.samples:
                if sample.name.endswith("_total"):
                    result[sample.labels["reason"]] += sample.value
        return result

    before = counts()
    result = presence.should_notify(
        UserPresenceState(**request["old"]), UserPresenceState(**request["new"]), request.get("is_mine", True), "x",
        last_active_granularity=request.get("last_active_granularity", LAST_ACTIVE_GRANULARITY))
    return {"reason": next(iter(counts() - before), None), "result": result}


def format_state(request):
    return {"result": presence.format_user_presence_state(
        UserPresenceState(**request["state"]), request["now"], request.get("include_user_id", True))}


def register(request):
    async def callback(_):
        return {}

    router, results = presence_router.PresenceRouter(hs=None), []
    for pair in request["pairs"]:
        try:
            router.register_presence_router_callbacks(
                **{name: callback if given else None for name, given in pair.items()})
            results.append("ok")
        except RuntimeError:
            results.append("RuntimeError")
    return {"get_interested_users": len(router._get_interested_users_callbacks),
            "get_users_for_states": len(router._get_users_for_states_callbacks), "result": results}


ANSWERS = {answer.__name__: answer for answer in (
    get_interested_users, get_users_for_states, interested_parties, interested_remotes, should_notify, register)}
ANSWERS["format"] = format_state


def answer(request):
    """What the installed Synapse answers."""
    return ANSWERS[request["op"]](request)


def main():
    for path in map(pathlib.Path, sys.argv[1:]):
        cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        lines = (json.dumps({**case, "out": answer(case["in"])}, ensure_ascii=False, separators=(",", ":"),
                            sort_keys=True) + "\n" for case in cases)
        path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
