// SPDX-License-Identifier: BSL-1.0
#include <presence_router/user_id.hpp>

#include "fuzz/fuzz.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

using namespace presence_router;
using fuzz::require;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text = fuzz::text_of(data, size);
    std::optional<UserId> const id = UserId::parse(text);
    std::optional<InvalidUserId> const error = UserId::error_in(text);
    require(id.has_value() != error.has_value(), "a text is an id or has an error");
    if (error) {
        require(error->position() <= text.size(), "the error is within the text");
        fuzz::require_harmless(error->what());
        // All that stands before the error can be the beginning of an id.
        std::string const before{text.substr(0, error->position())};
        auto const earlier = UserId::error_in(before);
        require(!earlier || earlier->position() == before.size() || text.size() > 255,
                "the error is the first one, unless the text is too long");
    } else {
        require(id->str() == text && text.size() <= 255, "an id is its text");
        require("@" + std::string{id->localpart()} + ":" + std::string{id->server_name()} == text,
                "an id is its parts");
        require(detail::find_ill_formed(text) == text.npos, "an id is UTF-8");
        require(std::hash<UserId>{}(*id) == std::hash<std::string_view>{}(text), "an id hashes as its text");
    }
    return 0;
}
