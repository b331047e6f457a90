# SPDX-License-Identifier: BSL-1.0
"""include_cost.py BUILD: what including a header costs, in preprocessed lines, which unlike seconds do not vary.

The unit is one file that includes every standard header the library names, preprocessed by the same compiler:
so one table serves every standard library. A header over its budget is made leaner, or the budget is raised
in a commit that says why."""
import re
import sys

from support.compiler import ROOT, Compiler

INCLUDE = ROOT / "include" / "presence_router"

# A tenth above what was measured with libstdc++ 12 and 14 and libc++ 19. Promised is 2.5 for the umbrella; what
# costs about 1.1 includes nearly every standard header there is a use for, and next to nothing else.
BUDGET = {
    "adaptors/closure.hpp": 1.25,
    "adaptors/filtered.hpp": 1.25,
    "adaptors/guarded.hpp": 1.25,
    "adaptors/observation.hpp": 0.75,
    "adaptors/observed.hpp": 1.25,
    "adaptors/routes.hpp": 1.25,
    "adaptors/subjects.hpp": 1.25,
    "adaptors/transformed.hpp": 1.25,
    "adaptors/viewers.hpp": 1.25,
    "all_users.hpp": 0.05,
    "async/async_adapted.hpp": 1.25,
    "async/async_chain.hpp": 1.25,
    "async/async_presence_router.hpp": 1.20,
    "async/await_cancelled.hpp": 0.15,
    "async/await_result.hpp": 0.15,
    "async/borrowed_batch.hpp": 1.00,
    "batch.hpp": 1.00,
    "chain.hpp": 1.25,
    "chainable_routers.hpp": 1.20,
    "config.hpp": 0.05,
    "containers.hpp": 0.90,
    "delivery/announce.hpp": 0.75,
    "delivery/by_server.hpp": 1.25,
    "delivery/delivery_plan.hpp": 1.25,
    "delivery/grouped_states.hpp": 1.15,
    "delivery/interested_parties.hpp": 1.25,
    "delivery/interested_remotes.hpp": 1.25,
    "delivery/invalid_recipients.hpp": 0.95,
    "delivery/plan_delivery.hpp": 1.25,
    "delivery/planned_states.hpp": 0.90,
    "delivery/presence_edus.hpp": 0.90,
    "delivery/recipient_change.hpp": 0.75,
    "delivery/recipient_tracker.hpp": 1.25,
    "delivery/server_deliveries.hpp": 1.25,
    "delivery/servers_of.hpp": 1.05,
    "delivery/update_servers.hpp": 1.05,
    "directory.hpp": 1.15,
    "for_each_route.hpp": 1.25,
    "for_each_subject.hpp": 1.20,
    "format.hpp": 1.00,
    "get_interested_users.hpp": 1.20,
    "get_users_for_states.hpp": 1.25,
    "glob.hpp": 0.55,
    "insight/compare.hpp": 1.25,
    "insight/explain.hpp": 1.25,
    "insight/explanation.hpp": 1.00,
    "insight/explanation_node.hpp": 0.60,
    "insight/routing_difference.hpp": 1.05,
    "insight/routing_graph.hpp": 1.25,
    "interested_users.hpp": 0.90,
    "interop/json_problem.hpp": 0.50,
    "interop/json_text.hpp": 1.50,
    "interop/presence_from_json.hpp": 1.50,
    "interop/presence_json.hpp": 1.50,
    "interop/presence_to_json.hpp": 1.50,
    "interop/privacy_json.hpp": 1.50,
    "laws/breach.hpp": 0.55,
    "laws/catch2.hpp": 0.55,
    "laws/claim.hpp": 0.05,
    "laws/find_breach.hpp": 1.25,
    "laws/find_union_breach.hpp": 1.25,
    "laws/find_widening.hpp": 1.25,
    "laws/laws.hpp": 1.25,
    "predicates/at_most.hpp": 1.15,
    "predicates/direct_chats.hpp": 0.85,
    "predicates/every_room.hpp": 0.05,
    "predicates/ignored_by.hpp": 0.95,
    "predicates/invisible.hpp": 0.85,
    "predicates/matching.hpp": 0.85,
    "predicates/on_server.hpp": 0.85,
    "predicates/one_of.hpp": 1.05,
    "predicates/predicate.hpp": 0.85,
    "predicates/same_server.hpp": 0.85,
    "predicates/side_is.hpp": 0.85,
    "presence_content.hpp": 1.00,
    "presence_of.hpp": 0.50,
    "presence_router.hpp": 1.25,
    "presence_state.hpp": 0.50,
    "privacy/msc4325.hpp": 1.25,
    "privacy/msc4325/presence_privacy.hpp": 1.25,
    "privacy/msc4325/presence_sharing_config.hpp": 0.90,
    "privacy/msc4325/presence_sharing_configs.hpp": 1.25,
    "privacy/msc4495.hpp": 1.25,
    "privacy/msc4495/inbound_action.hpp": 0.75,
    "privacy/msc4495/inbound_recipients.hpp": 1.25,
    "privacy/msc4495/outbound_recipients.hpp": 1.25,
    "privacy/msc4495/presence_sharing.hpp": 0.90,
    "privacy/msc4495/recipient_update.hpp": 0.75,
    "privacy/msc4495/selective_presence.hpp": 1.25,
    "relation.hpp": 0.95,
    "room_directory.hpp": 0.95,
    "router.hpp": 1.20,
    "router_interface.hpp": 1.25,
    "router_vocabulary.hpp": 1.05,
    "routers/broadcast.hpp": 1.25,
    "routers/contacts.hpp": 1.25,
    "routers/from_relation.hpp": 1.25,
    "routers/own_presence.hpp": 1.25,
    "routers/route_table.hpp": 1.25,
    "routers/shared_rooms.hpp": 1.25,
    "routers/timed_grants.hpp": 1.25,
    "runtime/any_presence_router.hpp": 1.25,
    "runtime/presence_router_registry.hpp": 1.25,
    "runtime/registered_router.hpp": 0.05,
    "sees.hpp": 1.25,
    "server_name_of.hpp": 1.00,
    "shared_text.hpp": 0.55,
    "state_about.hpp": 0.05,
    "states_for_user.hpp": 1.25,
    "subject_of.hpp": 0.05,
    "sync/full_presence_requests.hpp": 1.05,
    "sync/local_presence_for.hpp": 1.25,
    "sync/memory_presence_store.hpp": 1.10,
    "sync/presence_for.hpp": 1.25,
    "sync/presence_store.hpp": 1.20,
    "sync/status_for.hpp": 1.25,
    "transformations.hpp": 1.00,
    "updates/coalesce.hpp": 1.05,
    "updates/federation_ping_due.hpp": 1.00,
    "updates/notify_reason.hpp": 0.50,
    "updates/should_notify.hpp": 1.00,
    "user_id.hpp": 0.55,
    "user_presence_state.hpp": 1.00,
    "users_for_states.hpp": 1.05,
    "vocabulary.hpp": 1.05,
}


def main(build):
    compiler = Compiler(build)

    def lines(text):
        result = compiler.run("-E", "-P", "-x", "c++", "-", text=text)
        if result.returncode:
            sys.exit(result.stdout)
        return sum(1 for line in result.stdout.splitlines() if line.strip())

    headers = sorted(path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp"))
    text = "\n".join((INCLUDE / header).read_text() for header in headers)
    standard = sorted(set(re.findall(r"^#\s*include\s*<([a-z_0-9]+)>", text, re.MULTILINE)))
    unit = lines("".join(f"#if __has_include(<{h}>)\n#include <{h}>\n#endif\n" for h in standard))
    print(f"the standard headers: {unit} lines ({' '.join(standard)})")

    failed = bool(set(BUDGET) - set(headers))
    print(*(f"{header} has a budget and does not exist" for header in set(BUDGET) - set(headers)), sep="\n")
    for header in headers:
        if "detail/" in header:
            continue
        cost = lines(f"#include <presence_router/{header}>\n") / unit
        budget = BUDGET.get(header)
        verdict = "no budget" if budget is None else "TOO MUCH" if cost > budget else "ok"
        failed |= verdict != "ok"
        print(f"{header:40} {cost:5.2f} of {budget}  {verdict}")
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
