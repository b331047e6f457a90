# SPDX-License-Identifier: BSL-1.0
"""The module against the same routing written as Python modules, both inside Synapse's own PresenceRouter, what
crossing into C++ costs included. Prints a table; with --plot FILE draws it, with --check fails where the module is
not as much faster as is promised.

The column `Synapse` is a module whose answer is ready before it is asked: what Synapse itself does with the answer,
which no module can go below. Cycles are not collected, as Synapse turns that off for itself.

Needs a Python that has Synapse and the module; a plot needs matplotlib besides."""
import argparse
import gc
import random
import statistics
import sys
import time

from presence_router_synapse import Chain
from presence_router_synapse.module import PresenceRouterModule
from rules_in_python import PythonRouter, PythonRules, finished, synapse_router
from synapse.api.presence import UserPresenceState

ROUTERS = (1, 4, 16)
UPDATES = (1, 10, 100, 1_000, 10_000)
VIEWERS = (1, 10, 100)
LARGEST = 2_000_000  # routes; Python needs a second and some gigabytes for more


def user(number):
    return f"@user.{number}:chat.example.org"


def update_of(number):
    return UserPresenceState(
        user_id=user(number), state="online", last_active_ts=1_700_000_000_000 + number,
        last_federation_update_ts=0, last_user_sync_ts=0, status_msg=None, currently_active=True)


def rules_of(updates, viewers, dice):
    """Each update goes to this many viewers."""
    crowd = max(2 * viewers, updates)
    routes = {}
    for subject in range(updates):
        for viewer in dice.sample(range(crowd), viewers):
            routes.setdefault(user(viewer), []).append(user(subject))
    return PythonRules(routes=routes)


class Module:
    """The module as Synapse calls it, with a chain of several routers."""

    get_users_for_states = PresenceRouterModule.get_users_for_states
    get_interested_users = PresenceRouterModule.get_interested_users

    def __init__(self, routers):
        self._chain = Chain([PresenceRouterModule.parse_config({"routes": one.routes}) for one in routers])


class Prepared:
    """A module to which answering costs nothing."""

    def __init__(self, answer):
        self._answer = answer

    async def get_users_for_states(self, _):
        return self._answer

    async def get_interested_users(self, _):
        return set()


def seconds(ask):
    """The median time of one call, by the processor's clock."""
    samples = []
    for _ in range(5):
        times, begin = 0, time.process_time()
        while (spent := time.process_time() - begin) < 0.02:
            ask()
            times += 1
        samples.append(spent / times)
    return statistics.median(samples)


def measure():
    for routers in ROUTERS:
        for viewers in VIEWERS:
            for updates in UPDATES:
                routes = routers * viewers * updates
                if routes > LARGEST:
                    continue
                dice = random.Random(routes)
                rules = [rules_of(updates, viewers, dice) for _ in range(routers)]
                states = [update_of(number) for number in range(updates)]
                python = synapse_router([PythonRouter(one) for one in rules])
                module = synapse_router([Module(rules)])
                answer = finished(python.get_users_for_states(states))
                if answer != finished(module.get_users_for_states(states)):
                    sys.exit("not the same work")
                synapse = synapse_router([Prepared(answer)])
                yield routers, viewers, updates, routes, *(
                    seconds(lambda: finished(router.get_users_for_states(states))) for router in (python, module, synapse))


def promised(routes):
    return 3 if routes >= 1_000 else 1 if routes > 10 else 0


def plot(rows, path):
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 3.6))
    for column, label in ((4, "Python module"), (5, "C++ module"), (6, "Synapse itself")):
        axes.plot([row[3] for row in rows], [row[column] * 1e9 / row[3] for row in rows], ".", label=label)
    axes.set(xscale="log", yscale="log", xlabel="routes of one call", ylabel="ns per route")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plot", metavar="FILE")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()

    gc.disable()
    print(f"{'routers':>7} {'viewers':>7} {'updates':>7} {'routes':>9} {'Python us':>11} {'module us':>11} {'Synapse us':>11} "
          f"{'times':>6}")
    rows, missed = [], []
    for row in measure():
        *sizes, routes, python, module, synapse = row
        rows.append(row)
        print(f"{sizes[0]:7} {sizes[1]:7} {sizes[2]:7} {routes:9} {python * 1e6:11.1f} {module * 1e6:11.1f} {synapse * 1e6:11.1f} "
              f"{python / module:6.1f}", flush=True)
        if python / module < promised(routes):
            missed.append(f"{routes} routes: {python / module:.2f} times as fast, not {promised(routes)}")
    if arguments.plot:
        plot(sorted(rows, key=lambda row: row[3]), arguments.plot)
    if arguments.check and missed:
        sys.exit("\n".join(missed))


if __name__ == "__main__":
    main()
