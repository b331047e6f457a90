// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/erased_sink.hpp>

#include <presence_router/detail/open_sink.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

using presence_router::detail::ErasedSink;
using presence_router::detail::Gate;
using presence_router::detail::NumberedValues;

namespace {

using Erased = ErasedSink<int, char>;
static_assert(std::is_trivially_copyable_v<Erased>);

/// Notes all that it is told of, and has enough after so many.
struct Sink {
    bool operator()(int user, char more) {
        shown.emplace_back(user, more);
        return shown.size() < enough;
    }
    void without_state(int user) { shown.emplace_back(user, '-'); }
    std::size_t enough;
    std::vector<std::pair<int, char>> shown{};
};
using Shown = std::vector<std::pair<int, char>>;

constexpr std::array<int, 4> values{10, 11, 12, 13};
constexpr std::array<std::uint32_t, 3> numbers{3, 0, 2};

} // namespace

TEST_CASE("an erased sink is the sink") {
    Sink sink{3};
    Gate<Sink, int, char> gate{sink};
    auto const open = gate.sink();
    Erased const erased{open};
    Erased const copy = erased;
    CHECK(erased(1, 'a'));
    copy.without_state(2);
    CHECK(erased.is_open());
    CHECK_FALSE(copy(3, 'c'));
    CHECK_FALSE(erased.is_open());
    CHECK_FALSE(erased(4, 'd'));
    CHECK(sink.shown == Shown{{1, 'a'}, {2, '-'}, {3, 'c'}});
}

TEST_CASE("an erased sink is shown many at once, as far as it wants") {
    NumberedValues<int> const users{values.data(), numbers};
    CHECK(std::vector(users.begin(), users.end()) == std::vector{13, 10, 12});
    for (std::size_t enough = 1; enough <= 4; ++enough) {
        Shown expected{{13, 'x'}, {10, 'x'}, {12, 'x'}};
        expected.resize((std::min)(enough, expected.size()));
        Sink sink{enough};
        Gate<Sink, int, char> gate{sink};
        auto const open = gate.sink();
        CHECK(show_each(Erased{open}, users, 'x') == (enough > 3));
        CHECK(sink.shown == expected);

        Sink plain{enough};
        Gate<Sink, int, char> other{plain};
        CHECK(show_each(other.sink(), users, 'x') == (enough > 3)); // one by one
        CHECK(plain.shown == expected);
    }
    Sink sink{1};
    Gate<Sink, int, char> gate{sink};
    auto const open = gate.sink();
    CHECK(show_each(Erased{open}, NumberedValues<int>{values.data(), {}}, 'x'));
    CHECK(sink.shown.empty());
}
