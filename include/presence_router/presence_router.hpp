// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that needs only the standard library and range-v3.
#include <presence_router/adaptors/closure.hpp>
#include <presence_router/adaptors/filtered.hpp>
#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/routes.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/chainable_routers.hpp>
#include <presence_router/config.hpp>
#include <presence_router/containers.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/format.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/glob.hpp>
#include <presence_router/predicates/matching.hpp>
#include <presence_router/predicates/on_server.hpp>
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/predicates/predicate.hpp>
#include <presence_router/predicates/same_server.hpp>
#include <presence_router/predicates/side_is.hpp>
#include <presence_router/router.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/router_vocabulary.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/state_about.hpp>
#include <presence_router/states_for_user.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/vocabulary.hpp>
