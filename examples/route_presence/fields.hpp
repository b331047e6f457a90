// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>

#include <nlohmann/json.hpp>

#include <string>

// Values of JSON, read as what they have to be. All throw Problem, whose pointer begins at the value itself;
// who stepped down to it puts the rest before it.
namespace route_presence {

/// Throws if `value` is not an object.
void require_object(nlohmann::json const& value);

/// The member, which has to be there.
nlohmann::json const& member(nlohmann::json const& object, char const* key);

/// The member, or nullptr; null counts as absent, since some servers send it for what they do not know.
nlohmann::json const* optional_member(nlohmann::json const& object, char const* key);

std::string const& to_text(nlohmann::json const& value);

presence_router::UserId to_user_id(nlohmann::json const& value);

} // namespace route_presence
