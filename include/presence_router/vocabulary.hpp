// SPDX-License-Identifier: BSL-1.0
#pragma once

// The words of the library in the Matrix vocabulary.
#include <presence_router/all_users.hpp>
#include <presence_router/interested_users.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/shared_text.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>
#include <presence_router/users_for_states.hpp>
