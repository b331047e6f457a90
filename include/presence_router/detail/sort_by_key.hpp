// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

struct Keyed {
    std::uint64_t key;
    std::uint32_t number;
};

/// Sorts by the key: counts values into their places byte by byte, from the
/// last to the first, without a branch to mispredict. Bytes that all keys agree
/// in are passed over. `scratch` is memory to work in, for several calls.
/// Requires: values.size() < 2^32.   Complexity: linear, at most 8 passes and
/// 2048 counts.
inline void sort_by_key(std::span<Keyed> values, std::vector<Keyed>& scratch) {
    constexpr std::size_t bytes = sizeof(std::uint64_t);
    auto const byte_of = [](Keyed const& value, std::size_t byte) { return value.key >> (8 * byte) & 0xff; };
    std::array<std::array<std::uint32_t, 256>, bytes> counts{};
    for (Keyed const& value : values)
        for (std::size_t byte = 0; byte < bytes; ++byte) ++counts[byte][byte_of(value, byte)];

    if (scratch.size() < values.size()) scratch.resize(values.size());
    std::span<Keyed> from = values;
    std::span<Keyed> to{scratch.data(), values.size()};
    for (std::size_t byte = 0; byte < bytes; ++byte) {
        std::array<std::uint32_t, 256>& places = counts[byte];
        if (values.empty() || places[byte_of(from.front(), byte)] == values.size()) continue;
        std::uint32_t before = 0;
        for (std::uint32_t& place : places) before += std::exchange(place, before);
        for (Keyed const& value : from) to[places[byte_of(value, byte)]++] = value;
        std::swap(from, to);
    }
    if (from.data() != values.data()) std::copy(from.begin(), from.end(), values.begin());
}

} // namespace presence_router::inline v0::detail
