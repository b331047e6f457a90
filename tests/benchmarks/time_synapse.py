# SPDX-License-Identifier: BSL-1.0
"""Times Synapse's own PresenceRouter on the work of push.cpp and pull.cpp, and prints the same lines.

Needs a Python that can import `synapse` (`pip install matrix-synapse`). No homeserver and no reactor run:
the router keeps nothing of the `hs` it is made with, and callbacks that wait for nothing never suspend, so
that its coroutines end at the first `send(None)`.
"""
import argparse
import pathlib
import random
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "synapse"))
from rules_in_python import finished
from synapse.api.presence import UserPresenceState
from synapse.events.presence_router import PresenceRouter

NAMES = ["alice", "bob", "karin", "dmitri", "eve", "fatou", "gigi", "henri", "ines", "jo"]


def user(number):
    return f"@{NAMES[number % 10]}.{number}:chat.example.org"


def update_of(number):
    return UserPresenceState(
        user_id=user(number),
        state="unavailable" if number % 4 == 0 else "online",
        last_active_ts=1_700_000_000_000 + number * 37,
        last_federation_update_ts=0,
        last_user_sync_ts=1_700_000_000_500 + number * 41,
        status_msg=f"in a meeting until {number % 12} o'clock" if number % 3 == 0 else None,
        currently_active=number % 4 != 0,
    )


def nanoseconds(ask, items, repetitions):
    taken = []
    for _ in range(repetitions + 1):  # the first pays for cold memory
        times, begin = 0, time.process_time()
        while (spent := time.process_time() - begin) < 0.02:
            ask()  # the answer is let go inside, as in C++
            times += 1
        taken.append(spent / times)
    return statistics.median(taken[1:]) * 1e9 / items


def push_router(size):
    users = [user(number) for number in range(max(size, 1000))]
    dice = random.Random(size)
    router = PresenceRouter(hs=None)
    for _ in range(4):
        audience = {subject: [dice.choice(users) for _ in range(10)] for subject in users[:size]}

        async def get_users_for_states(updates, audience=audience):
            result = {}
            for update in updates:
                for viewer in audience.get(update.user_id, ()):
                    result.setdefault(viewer, set()).add(update)
            return result

        async def get_interested_users(viewer):
            return set()

        router.register_presence_router_callbacks(get_users_for_states, get_interested_users)
    updates = [update_of(number) for number in range(size)]
    dice.shuffle(updates)
    return router, updates


def pull_router(sizes):
    users = [user(number) for number in range(max(sum(sizes) // 2, 2 * max(sizes)))]
    dice = random.Random(sum(sizes))
    router = PresenceRouter(hs=None)
    for size in sizes:
        subjects = set(dice.sample(users, size))

        async def get_users_for_states(updates):
            return {}

        async def get_interested_users(viewer, subjects=subjects):
            return set(subjects)  # a copy, as in C++: what a router returns is the caller's

        router.register_presence_router_callbacks(get_users_for_states, get_interested_users)
    return router


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=9)
    repetitions = parser.parse_args().repetitions
    for size in 100, 1_000, 10_000:
        router, updates = push_router(size)
        ask = lambda: finished(router.get_users_for_states(updates))
        print(f"push\t{size}\tSynapse\t{nanoseconds(ask, size * 40, repetitions):.2f}\t")
    pulls = {f"16 x {size}": [size] * 16 for size in (10, 100, 1_000, 10_000)}
    pulls["10 to 10000"] = [size for size in (10, 100, 1_000, 10_000) for _ in range(4)]
    for name, sizes in pulls.items():
        router = pull_router(sizes)
        ask = lambda: finished(router.get_interested_users(user(0)))
        print(f"pull\t{name}\tSynapse\t{nanoseconds(ask, sum(sizes), repetitions):.2f}\t")


if __name__ == "__main__":
    main()
