// SPDX-License-Identifier: BSL-1.0
#include <presence_router/glob.hpp>

#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

using namespace presence_router;
using fuzz::require;

namespace {

/// The characters; a byte that belongs to none is one.
std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> result;
    while (!text.empty()) {
        std::size_t const length = (std::max)(detail::utf8_prefix(text), std::size_t{1});
        result.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return result;
}

/// By the book: which beginnings of the text fit the pattern read so far.
bool fits(std::string_view pattern, std::string_view text) {
    auto const symbols = characters(text);
    std::vector<bool> reached(symbols.size() + 1);
    reached[0] = true;
    for (std::string_view const one : characters(pattern)) {
        std::vector<bool> next(reached.size());
        for (std::size_t at = 0; at < reached.size(); ++at) {
            if (one == "*") next[at] = reached[at] || (at > 0 && next[at - 1]);
            else if (at > 0) next[at] = reached[at - 1] && (one == "?" || one == symbols[at - 1]);
        }
        reached = next;
    }
    return reached.back();
}

} // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const input = fuzz::text_of(data, size);
    std::size_t const cut = (std::min)(input.find('\n'), input.size());
    std::string_view const pattern = input.substr(0, cut);
    std::string_view const text = input.substr((std::min)(cut + 1, input.size()));
    require(Glob{pattern}.matches(text) == fits(pattern, text), "a glob matches by the book");
    return 0;
}
