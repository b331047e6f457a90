// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/predicates/predicate.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

/// Whether the number is the same as a `T`. What does not fit would become another user's id.
template <std::integral T, std::integral Number>
constexpr bool is_same_number(Number number) noexcept {
    auto const as_kept = static_cast<T>(number);
    return static_cast<Number>(as_kept) == number && (as_kept < T{}) == (number < Number{});
}

template <class Number, class T>
concept OtherNumber = std::integral<Number> && std::integral<T> && !std::same_as<Number, T>;

/// Is a value among these? Holds them.
template <class T>
class OneOf : public Predicate<OneOf<T>> {
    static constexpr bool nothrow = ValueIndex<T>::nothrow_find;

public:
    static constexpr std::string_view name = "one_of";

    void add(T const& value) { values_.assign(value); }

    bool operator()(T const& value) const noexcept(nothrow) {
        return values_.find(value) != Numbering<T>::none;
    }
    template <OtherNumber<T> Number>
    bool operator()(Number value) const noexcept(nothrow) {
        return is_same_number<T>(value) && (*this)(static_cast<T>(value));
    }

private:
    Numbering<T> values_;
};

// A text is a value, though it is a range as well; literals are kept as strings.
template <class T>
concept Text = std::convertible_to<T const&, std::string_view>;

template <class T>
using kept_t = std::conditional_t<Text<T>, std::string, T>;

template <class T>
concept ListOfValues = InputRange<T> && !Text<std::remove_cvref_t<T>>;

template <class Set>
concept ContainsValues = requires(Set const& set, typename Set::value_type const& value) {
    { set.contains(value) } -> std::convertible_to<bool>;
};

/// Is a value in that set? Refers to it.
template <class Set>
class InSet : public Predicate<InSet<Set>> {
    using Value = typename Set::value_type;
    static constexpr bool nothrow =
        noexcept(std::declval<Set const&>().contains(std::declval<Value const&>()));

public:
    static constexpr std::string_view name = "one_of";

    constexpr explicit InSet(Set const& set) noexcept : set_{&set} {}

    constexpr bool operator()(Value const& value) const noexcept(nothrow) { return set_->contains(value); }
    template <OtherNumber<Value> Number>
    constexpr bool operator()(Number value) const noexcept(nothrow) {
        return is_same_number<Value>(value) && (*this)(static_cast<Value>(value));
    }

private:
    Set const* set_;
};

} // namespace detail

/// The predicate "one of these users" (or rooms): `one_of(alice, bob)`. They are copied.
/// Complexity: to ask is constant on average.
template <class T, class... More>
    requires(!detail::ListOfValues<T const&>)
[[nodiscard]] auto one_of(T const& first, More const&... more) {
    using Kept = detail::kept_t<T>;
    constexpr bool of_one_type = (std::same_as<detail::kept_t<More>, Kept> && ...);
    static_assert(of_one_type,
                  "presence_router: one_of(a, b) takes values of one type, or one range of them.");
    detail::OneOf<Kept> predicate;
    if constexpr (of_one_type) {
        predicate.add(Kept(first));
        (predicate.add(Kept(more)), ...);
    }
    return predicate;
}

/// The predicate "one of the values in this range"; they are copied. Complexity: as above.
template <detail::ListOfValues Values>
[[nodiscard]] auto one_of(Values&& values) {
    using Kept = detail::kept_t<std::remove_cvref_t<detail::reference_t<Values>>>;
    detail::OneOf<Kept> predicate;
    for (auto&& value : values) predicate.add(Kept(value));
    return predicate;
}

/// The predicate "in this set": `one_of(std::ref(set))`, for a set that changes.
/// Complexity: `set.contains`.
/// Lifetime: the set outlives the predicate.
template <class Set>
[[nodiscard]] constexpr auto one_of(std::reference_wrapper<Set> set) noexcept {
    constexpr bool fits = detail::ContainsValues<Set>; // not the concept, whose parts a compiler would list
    static_assert(fits, "presence_router: one_of(std::ref(set)) refers to a set: it has value_type, and "
                        "contains(value) const -> bool. Of another range, one_of(range) copies the values.");
    if constexpr (fits) return detail::InSet<std::remove_const_t<Set>>(set.get());
}

} // namespace presence_router::inline v0
