# SPDX-License-Identifier: BSL-1.0
"""The module in a real Synapse: what an administrator configures, and what then arrives over HTTP."""
import asyncio
import time

import nio
import pytest
from homeserver import NAME, PASSWORD, Client, Homeserver, RemoteServer

ALICE, BOB, DAN, MONITOR = (f"@{name}:{NAME}" for name in ("alice", "bob", "dan", "monitor"))
SYNCS = 1000
SOON, NEVER = 20, 2  # seconds until what should come has come, and in which what should not come would have


def module(config):
    return {"module": "presence_router_synapse.PresenceRouterModule", "config": config}


THROWING = {"module": "throwing_module.ThrowingModule", "config": {}}


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("synapse")


@pytest.fixture(scope="module")
def remote(directory):
    return RemoteServer(directory)


@pytest.fixture(scope="module")
def homeserver(directory):
    server = Homeserver(directory)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def routed(homeserver, remote):
    """The server, started with routes, and a router that fails before them."""
    homeserver.start([THROWING, module({"routes": {ALICE: [BOB], f"@remote:{remote.name}": [BOB]},
                                        "users_who_should_receive_all_presence": [MONITOR]})])
    yield homeserver
    homeserver.stop()


@pytest.mark.parametrize("config, words", [
    ({"routse": {}}, ["routse", "is none of the keys"]),
    ({"routes": {ALICE: ["bob"]}}, ["routes", ALICE, "<item 0>", "is not a Matrix user id"]),
    ({"deny_servers": "example.org"}, ["deny_servers", "has to be a list"]),
])
def test_synapse_does_not_start_with_a_bad_configuration_and_names_the_key(homeserver, config, words):
    with pytest.raises(RuntimeError) as error:
        homeserver.start([module(config)])
    for word in words:
        assert word in str(error.value)


def test_presence_goes_where_it_is_routed_and_nowhere_else(routed, remote):
    alice, bob, dan, monitor = (Client(routed, name) for name in ("alice", "bob", "dan", "monitor"))
    for viewer in alice, dan, monitor:
        viewer.sync()

    bob.set_status("one")
    assert alice.statuses_of(bob, SOON) == ["one"]  # who shares no room with him
    assert monitor.statuses_of(bob, SOON) == ["one"]
    assert dan.statuses_of(bob, NEVER) == []
    dan.set_status("two")
    assert monitor.statuses_of(dan, SOON) == ["two"]
    assert alice.statuses_of(dan, NEVER) == []

    deadline = time.monotonic() + 40  # Synapse wakes destinations one after the other, within half a minute
    while (BOB, "one") not in remote.statuses() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert (BOB, "one") in remote.statuses()
    assert DAN not in {user for user, _ in remote.statuses()}


def test_a_router_that_throws_is_in_the_log_and_costs_nobody_their_presence(routed):
    log = routed.log.read_text()
    assert "Failed to run module API callback" in log and "no database" in log
    alice, bob = Client(routed, "alice"), Client(routed, "bob")
    alice.sync()
    bob.set_status("still here")
    assert alice.statuses_of(bob, SOON) == ["still here"]


def test_a_client_library_receives_it_too(routed):
    bob = Client(routed, "bob")

    async def received():
        client = nio.AsyncClient(routed.url, ALICE)
        try:
            await client.login(PASSWORD)
            await client.sync(set_presence="offline")
            await asyncio.get_running_loop().run_in_executor(None, bob.set_status, "three")
            deadline = time.monotonic() + SOON
            while time.monotonic() < deadline:
                answer = await client.sync(timeout=1000, set_presence="offline")
                if any(event.user_id == BOB and event.status_msg == "three" for event in answer.presence_events):
                    return True
            return False
        finally:
            await client.close()

    assert asyncio.run(received())


def test_memory_does_not_grow_with_the_syncs(routed):
    """The first half fills caches; what leaks goes on in the second."""
    alice, bob = Client(routed, "alice"), Client(routed, "bob")
    alice.sync()
    resident = []
    for number in range(SYNCS):
        bob.set_status(f"number {number}")
        assert any(event["sender"] == BOB for event in alice.sync(timeout=10_000)), f"update {number} is not routed"
        if (number + 1) % (SYNCS // 4) == 0:
            resident.append(routed.resident_kib())
    print(f"KiB resident after each quarter of {SYNCS} routed syncs: {resident}")
    assert resident[-1] - resident[1] < 8 * SYNCS


def test_another_configuration_counts_after_a_restart(homeserver, routed):
    homeserver.stop()
    homeserver.start([module({"routes": {DAN: [BOB]}})])
    alice, bob, dan = (Client(homeserver, name) for name in ("alice", "bob", "dan"))
    for viewer in alice, dan:
        viewer.sync()
    bob.set_status("four")
    assert dan.statuses_of(bob, SOON) == ["four"]
    assert alice.statuses_of(bob, NEVER) == []
