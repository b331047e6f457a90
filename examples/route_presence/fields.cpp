// SPDX-License-Identifier: BSL-1.0
#include "fields.hpp"

#include "problem.hpp"

namespace route_presence {

using nlohmann::json;

void require_object(json const& value) {
    if (!value.is_object()) throw Problem{"", std::string{"has to be an object, is "} + value.type_name()};
}

json const& member(json const& object, char const* key) {
    auto const found = object.find(key);
    if (found == object.end()) throw Problem{pointer_to(key), "is missing"};
    return *found;
}

json const* optional_member(json const& object, char const* key) {
    auto const found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string const& to_text(json const& value) {
    if (!value.is_string()) throw Problem{"", std::string{"has to be a string, is "} + value.type_name()};
    return value.get_ref<std::string const&>();
}

presence_router::UserId to_user_id(json const& value) {
    try {
        return presence_router::UserId{to_text(value)};
    } catch (presence_router::InvalidUserId const& error) {
        throw Problem{"", error.what()};
    }
}

} // namespace route_presence
