// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/config.hpp>
#include <presence_router/detail/linked_values.hpp>
#include <presence_router/user_id.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// A set of pairs (from, to), indexed from both sides, which cannot disagree: who follows whom, who ignores
/// whom, who is in which room. To look and to enumerate allocates nothing, and throws nothing that the sink,
/// the hash and the equality of the values do not; to remove needs no memory.
/// Requires: `From` and `To` have `==` and a hash, or `<`.
/// Complexity: `add`, `remove`, `contains` and the counts are constant on average, whatever the number of a
/// value's pairs; the rest is linear in the pairs that it takes away or shows. (For values that have `<` and
/// no hash each is logarithmic in the values besides.) The order of enumeration is arbitrary.
/// Memory: some 10 to 30 bytes a pair; and a value, 90 if it stands on one side, 140 if From and To are one.
/// Thread safety: as a container.
template <class From, class To>
class Relation {
    // Values of one type are numbered once, whichever sides they stand on: less memory than two indices take.
    static constexpr bool one_type = std::same_as<From, To>;
    static constexpr std::size_t from_side = 0;
    static constexpr std::size_t to_side = one_type ? 1 : 0;
    using Froms = detail::LinkedValues<From, to_side + 1>;
    using Tos = detail::LinkedValues<To, to_side + 1>;
    static constexpr std::uint32_t none = Froms::none;
    static constexpr bool nothrow_find = Froms::nothrow_find && Tos::nothrow_find;

public:
    using from_type = From;
    using to_type = To;

    Relation() = default;
    Relation(Relation const&) = default;
    /// Leaves `other` empty.
    Relation(Relation&& other) noexcept { swap(*this, other); }
    /// Strong guarantee.
    Relation& operator=(Relation other) noexcept {
        swap(*this, other);
        return *this;
    }
    ~Relation() = default;

    friend void swap(Relation& one, Relation& other) noexcept {
        std::swap(one.froms_, other.froms_);
        std::swap(one.other_tos_, other.other_tos_);
        std::swap(one.size_, other.size_);
    }

    /// Adds the pair; false if it was there. Strong guarantee.
    bool add(From const& from, To const& to) {
        std::uint32_t const found = froms_.find(from); // which may be shown by a view: `to` may move it
        typename Tos::Entered const target{tos(), to};
        typename Froms::Entered const source{froms_, from, found};
        if (linked(source.number(), target.number())) return false;
        detail::NumberSet& targets = froms_.links(source.number(), from_side);
        detail::NumberSet& sources = tos().links(target.number(), to_side);
        targets.reserve_one();
        sources.reserve_one();
        targets.insert(target.number());
        sources.insert(source.number());
        ++size_;
        return true;
    }

    /// Takes the pair away; false if there was none.
    bool remove(From const& from, To const& to) noexcept(nothrow_find) {
        std::uint32_t const source = froms_.find(from);
        std::uint32_t const target = tos().find(to);
        if (source == none || target == none || !froms_.links(source, from_side).erase(target)) return false;
        tos().links(target, to_side).erase(source);
        froms_.leave_if_unlinked(source);
        if (!one_type || source != target) tos().leave_if_unlinked(target);
        --size_;
        return true;
    }

    /// Takes all pairs of `from` away, and tells how many there were.
    std::size_t erase_from(From const& from) noexcept(nothrow_find) {
        return erase(froms_, from_side, from, tos(), to_side);
    }
    /// Takes all pairs with `to` away, and tells how many there were.
    std::size_t erase_to(To const& to) noexcept(nothrow_find) {
        return erase(tos(), to_side, to, froms_, from_side);
    }

    [[nodiscard]] bool contains(From const& from, To const& to) const noexcept(nothrow_find) {
        std::uint32_t const source = froms_.find(from);
        std::uint32_t const target = tos().find(to);
        return source != none && target != none && linked(source, target);
    }

    /// How many pairs there are.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// What `from` points to, as a random access view of `To const&`. Lifetime: until the relation changes.
    [[nodiscard]] auto view_to(From const& from) const noexcept(nothrow_find) {
        return tos().at(froms_.links_of(from, from_side));
    }
    /// What points to `to`, as a random access view of `From const&`. Lifetime: until the relation changes.
    [[nodiscard]] auto view_from(To const& to) const noexcept(nothrow_find) {
        return froms_.at(tos().links_of(to, to_side));
    }

    /// How many `from` points to.
    [[nodiscard]] std::size_t count_to(From const& from) const noexcept(nothrow_find) {
        return froms_.links_of(from, from_side).size();
    }
    /// How many point to `to`.
    [[nodiscard]] std::size_t count_from(To const& to) const noexcept(nothrow_find) {
        return tos().links_of(to, to_side).size();
    }

    /// Calls `sink(to)` for all that `from` points to, until it answers false; tells whether it never did.
    /// Requires: the relation is not changed meanwhile.
    template <std::predicate<To const&> Sink>
    bool for_each_to(From const& from, Sink&& sink) const
        noexcept(nothrow_find && noexcept(static_cast<bool>(sink(std::declval<To const&>())))) {
        if (std::uint32_t const source = froms_.find(from); source != none)
            for (std::uint32_t const target : froms_.links(source, from_side).values())
                if (!sink(tos()[target])) return false;
        return true;
    }

    /// Calls `sink(from)` for all that point to `to`, until it answers false; tells whether it never did.
    /// Requires: the relation is not changed meanwhile.
    template <std::predicate<From const&> Sink>
    bool for_each_from(To const& to, Sink&& sink) const
        noexcept(nothrow_find && noexcept(static_cast<bool>(sink(std::declval<From const&>())))) {
        if (std::uint32_t const target = tos().find(to); target != none)
            for (std::uint32_t const source : tos().links(target, to_side).values())
                if (!sink(froms_[source])) return false;
        return true;
    }

private:
    struct Nowhere {}; // no values of their own

    Tos& tos() noexcept {
        if constexpr (one_type) return froms_;
        else return other_tos_;
    }
    Tos const& tos() const noexcept {
        if constexpr (one_type) return froms_;
        else return other_tos_;
    }

    bool linked(std::uint32_t source, std::uint32_t target) const noexcept {
        detail::NumberSet const& targets = froms_.links(source, from_side);
        detail::NumberSet const& sources = tos().links(target, to_side);
        return targets.size() < sources.size() ? targets.contains(target) : sources.contains(source);
    }

    template <class Values, class T, class Others>
    std::size_t erase(Values& values, std::size_t side, T const& value, Others& others,
                      std::size_t other_side) noexcept(nothrow_find) {
        std::uint32_t const number = values.find(value);
        if (number == none) return 0;
        detail::NumberSet const links = std::exchange(values.links(number, side), {});
        for (std::uint32_t const other : links.values()) {
            others.links(other, other_side).erase(number);
            if (!one_type || other != number) others.leave_if_unlinked(other);
        }
        if (!links.empty()) values.leave_if_unlinked(number);
        size_ -= links.size();
        return links.size();
    }

    Froms froms_; // and the tos too, if they are of one type
    PRESENCE_ROUTER_NO_UNIQUE_ADDRESS std::conditional_t<one_type, Nowhere, Tos> other_tos_;
    std::size_t size_ = 0;
};

/// A relation between the users of Matrix.
using UserRelation = Relation<UserId, UserId>;

} // namespace presence_router::inline v0
