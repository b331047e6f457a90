// SPDX-License-Identifier: BSL-1.0
// expect: sees has to ask get_users_for_states about a state of the subject, and cannot make one
// expect: state_about\(id\) found by ADL
// expect: a member user_id of an aggregate
// expect: a constructor from the id
// expect: a member sees
// within: 30
#include <presence_router/sees.hpp>

#include <map>
#include <set>
#include <span>

struct Unprobeable {
    Unprobeable(int, int) {}
    int user_id = 0;
    friend bool operator<(Unprobeable const& a, Unprobeable const& b) { return a.user_id < b.user_id; }
};

struct Router {
    using user_id_type = int;
    using state_type = Unprobeable;
    std::map<int, std::set<Unprobeable>> get_users_for_states(std::span<Unprobeable const>) const;
    presence_router::AllUsers get_interested_users(int) const;
};

bool ask(Router const& router) { return presence_router::sees(router, 1, 2); }
