# SPDX-License-Identifier: BSL-1.0
"""Random rules and updates: the same through Synapse's own PresenceRouter, with routers in Python, and through the
module's chain, in one process. A difference fails, and the smallest case that still shows it is printed; the seed
is in the first lines of the output, and --hypothesis-seed sets it."""
import dataclasses

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from presence_router_synapse import Chain
from presence_router_synapse.module import PresenceRouterModule
from rules_in_python import PythonRouter, PythonRules, finished, synapse_router
from synapse.api.presence import UserPresenceState
from synapse.events.presence_router import PresenceRouter

USERS = [f"@{name}:{server}" for name in ("ann", "bob", "Ü") for server in ("x", "y.x", "y.x:8448")]
STRANGER = "@stranger:z"

users = st.sampled_from(USERS)
server_globs = st.lists(st.sampled_from(["x", "*", "*.x", "y.?", "*:8448", "z", ""]), max_size=2)
user_globs = st.lists(st.sampled_from(["@ann:*", "*", "@b?b:x", "@Ü:*", "@:x", ""]), max_size=2)
some_users = st.lists(users, max_size=3)
rules = st.builds(
    PythonRules,
    routes=st.dictionaries(users, st.lists(users, max_size=4), max_size=6),
    receive_all=st.one_of(st.just([]), some_users),
    exclude=st.one_of(st.just([]), some_users),
    allow_servers=st.none() | server_globs,
    deny_servers=st.one_of(st.just([]), server_globs),
    allow_users=st.none() | user_globs,
    deny_users=st.one_of(st.just([]), user_globs),
)
states = st.builds(
    UserPresenceState,
    user_id=st.sampled_from([*USERS, STRANGER]),
    state=st.sampled_from(["online", "unavailable", "offline", "org.matrix.msc3026.busy"]),
    last_active_ts=st.integers(0, 2),
    last_federation_update_ts=st.just(0),
    last_user_sync_ts=st.just(0),
    status_msg=st.sampled_from([None, "", "Mittag"]),
    currently_active=st.booleans(),
)


def configuration(one):
    """The rules as the module's configuration; a key of no rules is left out."""
    return {key: value for key, value in dataclasses.asdict(one).items() if value or key.startswith("allow_")
            and value is not None}


def objects(routes):
    """Which objects each viewer gets: the states have to be Synapse's own, not equal ones."""
    return {viewer: sorted(map(id, routed)) for viewer, routed in routes.items()}


def compare(routers, updates, peer=PythonRouter):
    theirs = synapse_router([peer(one) for one in routers])
    ours = Chain([PresenceRouterModule.parse_config(configuration(one)) for one in routers])

    expected = finished(theirs.get_users_for_states(updates))
    routed = ours.get_users_for_states(updates)
    assert routed == expected, f"get_users_for_states: Synapse {expected}, the chain {routed}"
    if len(set(updates)) == len(updates):  # of two equal states either may be the one
        assert objects(routed) == objects(expected), "get_users_for_states: other objects"

    for user in [*USERS, STRANGER, "", "no user id"]:
        expected = finished(theirs.get_interested_users(user))
        interested = ours.get_interested_users(user)
        interested = PresenceRouter.ALL_USERS if interested is None else interested
        assert interested == expected, f"get_interested_users({user!r}): Synapse {expected}, the chain {interested}"


@settings(max_examples=3000, deadline=None, database=None, print_blob=False,
          phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck))
@given(st.lists(rules, max_size=4), st.lists(states, max_size=40))
def test_the_chain_answers_as_synapse_with_python_routers(routers, updates):
    compare(routers, updates)


def test_the_comparison_notices_an_update_that_is_not_routed():
    """What finds no difference has to be able to find one."""
    class Deaf(PythonRouter):
        async def get_users_for_states(self, state_updates):
            return {}

    with pytest.raises(AssertionError, match="get_users_for_states"):
        update = UserPresenceState(USERS[0], "online", 0, 0, 0, None, True)
        compare([PythonRules(routes={USERS[1]: [USERS[0]]})], [update], Deaf)
