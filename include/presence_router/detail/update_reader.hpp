// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/json_node.hpp>
#include <presence_router/detail/json_reader.hpp>
#include <presence_router/detail/presence_fields.hpp>
#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/utf8.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/shared_text.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Reads the fields of updates, as they arrive at `now`.
class UpdateReader : public JsonReader {
public:
    std::vector<UserPresenceState> updates;

    UpdateReader(Timestamp now, std::optional<std::string_view> origin) : now_{now}, origin_{origin} {}

    /// The update, if its fields are right, or the first problem that they have.
    void read_update(UserId user, JsonNode const& fields, Timestamp last_federation_update) {
        UserPresenceState update{.user_id = std::move(user),
                                 .last_federation_update_ts = last_federation_update};
        if (required(fields, "presence", update.state) &&
            optional(fields, "last_active_ago", update.last_active_ts) &&
            optional(fields, "status_msg", update.status_msg) &&
            optional(fields, "currently_active", update.currently_active))
            updates.push_back(std::move(update));
    }

    template <class T>
    bool required(JsonNode const& object, char const* key, T& into) {
        JsonNode const member{object, key};
        return is_there(member) && read(member, into);
    }

    /// Null counts as missing, since some servers send it for what they do not know.
    template <class T>
    bool optional(JsonNode const& object, char const* key, T& into) {
        JsonNode const member{object, key};
        return !member || member.value().is_null() || read(member, into);
    }

    using JsonReader::read;

    bool read(JsonNode const& at, std::optional<UserId>& user) {
        if (!JsonReader::read(at, user)) return false;
        return !origin_ || user->server_name() == *origin_ ||
               refuse(at,
                      quoted(user->str()) + " is not a user of " + quoted(*origin_, 255) + ", the origin");
    }

    bool read(JsonNode const& at, PresenceState& state) {
        std::string_view name;
        if (!read(at, name)) return false;
        std::optional<PresenceState> const known = parse_presence_state(name);
        if (!known) return refuse(at, quoted(name, 255) + " is none of online, unavailable, offline, busy");
        state = *known;
        return true;
    }

    /// An age is true only at the moment it is sent; what is kept is the point in time.
    bool read(JsonNode const& at, Timestamp& time) {
        nlohmann::json const& age = at.value();
        constexpr double two_to_63 = 0x1p63; // from here on a parser makes a fraction even of a whole number
        if (age.is_number_float() && std::abs(age.get<double>()) >= two_to_63)
            return refuse(at, "has to be from 0 to 2^53 - 1, is far beyond");
        if (age.is_number_float())
            return refuse(at, "has to be a whole number, is one with a fraction or an exponent");
        if (!age.is_number_integer()) return refuse_type(at, "a whole number");
        auto const* const large = age.get_ptr<std::uint64_t const*>();
        auto const ms = age.get<std::int64_t>(); // of a number beyond it, something negative
        if (ms < 0 || ms > largest_matrix_integer)
            return refuse(at, "has to be from 0 to 2^53 - 1, is " +
                                  (large == nullptr ? std::to_string(ms) : std::to_string(*large)));
        std::chrono::milliseconds const ago{ms};
        if (now_ < (Timestamp::min)() + ago)
            return refuse(at, "reaches back further than time is counted, is " + std::to_string(ms));
        time = now_ - ago;
        return true;
    }

    bool read(JsonNode const& at, std::optional<SharedText>& message) {
        std::string_view text;
        if (!read(at, text)) return false;
        // A parser has looked at it, but the host may have made the value itself.
        if (auto const byte = find_ill_formed(text); byte != text.npos)
            return refuse(at, "has to be well-formed UTF-8, is not at byte " + std::to_string(byte));
        message = text;
        return true;
    }

    [[nodiscard]] Timestamp now() const { return now_; }

private:
    Timestamp now_;
    std::optional<std::string_view> origin_;
};

} // namespace presence_router::inline v0::detail
