# SPDX-License-Identifier: BSL-1.0
"""The module's chain with what Synapse hands out seldom or never, and its configuration with what is wrong."""
import gc
import sys
import threading

import pytest
import yaml
from presence_router_synapse import Chain
from presence_router_synapse.module import PresenceRouterModule
from synapse.api.presence import UserPresenceState
from synapse.config._base import ConfigError
from synapse.module_api import PRESENCE_ALL_USERS

ALICE, BOB, CAROL, MONITOR = "@alice:x", "@bob:x", "@carol:y", "@monitor:x"


def chain(**config):
    return Chain([PresenceRouterModule.parse_config(config)])


def about(user_id, status=None):
    return UserPresenceState(user_id, "online", 0, 0, 0, status, True)


def test_equal_states_are_one_and_the_first_of_them_is_given():
    first, second = about(BOB), about(BOB)
    routed = chain(routes={ALICE: [BOB]}).get_users_for_states([first, second, first])
    assert routed == {ALICE: {first}}
    assert next(iter(routed[ALICE])) is first


def test_updates_may_come_from_any_iterable():
    state = about(BOB)
    for updates in [state], (state,), {state}, {state: 1}, iter([state]), (one for one in [state]):
        assert chain(routes={ALICE: [BOB]}).get_users_for_states(updates) == {ALICE: {state}}
    assert chain(routes={ALICE: [BOB]}).get_users_for_states([]) == {}
    with pytest.raises(TypeError):
        chain().get_users_for_states(None)


def test_an_id_that_is_a_kind_of_str_is_looked_up_as_its_text():
    class Id(str):
        pass

    state = about(Id(BOB))
    routes = chain(routes={ALICE: [BOB]})
    assert routes.get_users_for_states([state]) == {ALICE: {state}}
    assert routes.get_interested_users(Id(ALICE)) == {BOB}


@pytest.mark.parametrize("subject", ["@\ud800:x", "", "@a\0:x", None, 7])
def test_a_subject_that_is_no_user_id_is_a_stranger_and_costs_the_batch_nothing(subject):
    odd, state = about(subject), about(BOB)
    one = chain(routes={ALICE: [BOB]}, receive_all=[MONITOR])
    assert one.get_users_for_states([odd, state]) == {ALICE: {state}, MONITOR: {odd, state}}
    assert one.get_interested_users(subject) == set()


def test_what_fails_in_python_is_raised_and_the_chain_goes_on():
    class Unhashable(UserPresenceState):
        def __hash__(self):
            raise ValueError("no hash")

    one = chain(routes={ALICE: [BOB]}, receive_all=[MONITOR])
    with pytest.raises(ValueError, match="no hash"):
        one.get_users_for_states([Unhashable(BOB, "online", 0, 0, 0, None, True)])
    with pytest.raises(AttributeError, match="user_id"):
        one.get_users_for_states([about(BOB), object()])
    with pytest.raises(TypeError, match="unhashable"):
        one.get_users_for_states([about([])])
    with pytest.raises(TypeError, match="unhashable"):
        one.get_interested_users([])
    state = about(BOB)
    assert one.get_users_for_states([state]) == {ALICE: {state}, MONITOR: {state}}


def test_a_state_may_ask_a_chain_while_it_is_put_in_a_set():
    inner = chain(routes={CAROL: [ALICE, MONITOR]})

    class Asking(UserPresenceState):
        def __hash__(self):
            many = [about(ALICE, str(number)) for number in range(100)]
            assert len(inner.get_users_for_states(many)[CAROL]) == 100
            return super().__hash__()

    states = [Asking(BOB, "online", number, 0, 0, None, True) for number in range(50)]
    routed = chain(routes={ALICE: [BOB], CAROL: [BOB]}, receive_all=[MONITOR]).get_users_for_states(states)
    assert routed == {viewer: set(states) for viewer in (ALICE, CAROL, MONITOR)}


def test_threads_may_ask_one_chain_at_the_same_time():
    one = chain(routes={ALICE: [BOB], CAROL: [BOB, ALICE]}, receive_all=[MONITOR])
    right = []

    def ask(number, one):
        states = [about((ALICE, BOB)[at % 2], f"{number} {at}") for at in range(64 + number)]
        bobs = set(states[1::2])
        for _ in range(200):
            routed = one.get_users_for_states(states)
            right.append(routed == {ALICE: bobs, CAROL: set(states), MONITOR: set(states)})

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask, args=(number, one)) for number in range(4)]
        for thread in threads:
            thread.start()
        del one  # the last thread to end frees it
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert right == [True] * 800


def test_references_are_given_back():
    state = about(BOB)
    one = chain(routes={ALICE: [BOB], CAROL: [BOB]}, receive_all=[MONITOR])
    counted = (state, state.user_id, ALICE)

    def ask():
        one.get_users_for_states([state, about(CAROL), *[state] * 40])
        one.get_interested_users(ALICE), one.get_interested_users(MONITOR), one.get_interested_users("@nobody:z")
        with pytest.raises(TypeError):
            one.get_users_for_states([state, about([])])

    ask()
    gc.collect()
    before, blocks = [sys.getrefcount(of) for of in counted], sys.getallocatedblocks()
    for _ in range(1000):
        ask()
    gc.collect()
    assert [sys.getrefcount(of) for of in counted] == before
    assert sys.getallocatedblocks() - blocks < 500


def test_collection_of_cycles_stays_as_it_was():
    one = chain(receive_all=[MONITOR])
    was_enabled = gc.isenabled()
    try:
        for turn in gc.enable, gc.disable:
            turn()
            expected = gc.isenabled()
            one.get_users_for_states([about(BOB)])
            assert gc.isenabled() == expected
    finally:
        (gc.enable if was_enabled else gc.disable)()


@pytest.mark.parametrize("text, path, words", [
    ("[]", [], "has to be a mapping, is []"),
    ("routes: ", ["routes"], "has to be a mapping, is None"),
    ("routes: ['@a:x']", ["routes"], "has to be a mapping"),
    ("routes: {'@a:x': '@b:x'}", ["routes", "@a:x"], "has to be a list, is '@b:x'"),
    ("routes: {'@a:x': }", ["routes", "@a:x"], "has to be a list, is None"),
    ("routes: {'@a:x': ['@b:x', 7]}", ["routes", "@a:x", "<item 1>"], "has to be a string, is 7"),
    ("routes: {'@a:x': [['@b:x']]}", ["routes", "@a:x", "<item 0>"], "has to be a string"),
    ("routes: {7: ['@b:x']}", ["routes", "7"], "has to be a string, is 7"),
    ("routes: {alice: ['@b:x']}", ["routes", "alice"], "is not a Matrix user id"),
    (r'routes: {"@a:x": ["@\ud800:x"]}', ["routes", "@a:x", "<item 0>"], "surrogates not allowed"),
    ("receive_all: 1.5", ["receive_all"], "has to be a list, is 1.5"),
    ("receive_all: ", ["receive_all"], "has to be a list, is None"),
    ("users_who_should_receive_all_presence: {'@a:x': }", ["users_who_should_receive_all_presence"], "a list"),
    ("exclude: ['']", ["exclude", "<item 0>"], "is not a Matrix user id"),
    ("deny_servers: [1.2]", ["deny_servers", "<item 0>"], "has to be a string, is 1.2"),
    ("allow_users: ", ["allow_users"], "has to be a list, is None"),
    (r'deny_users: ["\ud800"]', ["deny_users", "<item 0>"], "surrogates not allowed"),
    ("receive-all: []", ["receive-all"], "is none of the keys"),
    ("1: 2", ["1"], "is none of the keys"),
    ("? \n: 2", ["None"], "is none of the keys"),
])
def test_a_bad_configuration_is_refused_and_the_key_named(text, path, words):
    with pytest.raises(ConfigError) as error:
        PresenceRouterModule.parse_config(yaml.safe_load(text))
    assert list(error.value.path) == path
    assert words in error.value.msg


def test_both_names_of_receive_all_count():
    one = chain(receive_all=[ALICE], users_who_should_receive_all_presence=[MONITOR])
    assert one.get_users_for_states([]) == {ALICE: set(), MONITOR: set()}
    assert one.get_interested_users(ALICE) is one.get_interested_users(MONITOR) is None


def test_no_configuration_routes_nothing():
    assert chain().get_users_for_states([about(BOB)]) == {}


def test_the_module_registers_what_synapse_asks_and_answers_it():
    class Api:
        def register_presence_router_callbacks(self, **callbacks):
            self.callbacks = callbacks

    def answer(coroutine):
        with pytest.raises(StopIteration) as end:
            coroutine.send(None)
        return end.value.value

    api, state = Api(), about(BOB)
    PresenceRouterModule(PresenceRouterModule.parse_config({"routes": {ALICE: [BOB]}, "receive_all": [MONITOR]}), api)
    assert answer(api.callbacks["get_users_for_states"]([state])) == {ALICE: {state}, MONITOR: {state}}
    assert answer(api.callbacks["get_interested_users"](ALICE)) == {BOB}
    assert answer(api.callbacks["get_interested_users"](MONITOR)) == PRESENCE_ALL_USERS
