// SPDX-License-Identifier: BSL-1.0
#include "odr/addresses.hpp"

Addresses addresses_in_b();
int routed_in_b();

Addresses addresses_in_b() { return addresses_of_this_file(); }

int routed_in_b() {
    using namespace presence_router;
    RouteTable table;
    table.add("@alice:example.org"_user, "@bob:example.org"_user);
    PresenceRouterChain const chain{table, Broadcast{"@admin:example.org"_user}};
    return static_cast<int>(chain.get_users_for_states({{.user_id = "@bob:example.org"_user}}).size());
}
