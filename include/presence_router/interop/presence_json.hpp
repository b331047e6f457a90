// SPDX-License-Identifier: BSL-1.0
#pragma once

// Presence on the wire, both ways. Needs nlohmann/json, and is not part of presence_router.hpp.
#include <presence_router/interop/json_problem.hpp>
#include <presence_router/interop/json_text.hpp>
#include <presence_router/interop/presence_from_json.hpp>
#include <presence_router/interop/presence_to_json.hpp>
