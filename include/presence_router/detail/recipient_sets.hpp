// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/linked_values.hpp>
#include <presence_router/detail/number_set.hpp>

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Sets of recipients, each of one subject, and be it empty. Subjects and recipients go by numbers of their
/// own; a recipient has one as long as a set has it.
template <class Id, class To>
class RecipientSets {
public:
    static constexpr std::uint32_t none = HashIndex::none;

    RecipientSets() = default;
    RecipientSets(RecipientSets const&) = default;
    RecipientSets(RecipientSets&& other) noexcept { swap(*this, other); } // leaves it empty
    RecipientSets& operator=(RecipientSets other) noexcept {
        swap(*this, other);
        return *this;
    }
    ~RecipientSets() = default;

    friend void swap(RecipientSets& one, RecipientSets& other) noexcept {
        std::swap(one.subjects_, other.subjects_);
        std::swap(one.recipients_, other.recipients_);
        std::swap(one.uses_, other.uses_);
        std::swap(one.size_, other.size_);
    }

    std::size_t subject_count() const noexcept { return subjects_.size(); }
    std::size_t size() const noexcept { return size_; } // in pairs

    /// The number of the subject, or `none`.
    std::uint32_t find_subject(Id const& subject) const noexcept { return subjects_.find(subject); }
    std::uint32_t find_recipient(To const& recipient) const noexcept { return recipients_.find(recipient); }
    To const& recipient(std::uint32_t number) const noexcept { return recipients_[number]; }

    /// The numbers of a subject's recipients.
    NumberSet const& of(std::uint32_t subject) const noexcept { return subjects_.links(subject, 0); }
    /// The recipients of a subject, of nobody if it has no set; valid until the sets change.
    auto recipients_of(Id const& subject) const noexcept {
        return recipients_.at(subjects_.links_of(subject, 0));
    }

    /// Each subject and its recipients, as pairs; valid until the sets change or move.
    auto entries() const noexcept {
        return std::views::iota(std::uint32_t{0}, subjects_.end()) |
               std::views::filter([this](std::uint32_t number) { return subjects_.is_given(number); }) |
               std::views::transform([this](std::uint32_t number) { return entry(number); });
    }

    /// Gives `subject` an empty set. Requires: it has none. Strong guarantee.
    std::uint32_t enter(Id const& subject) { return subjects_.enter(subject); }
    /// Takes the set away if it is empty.
    void leave_if_empty(std::uint32_t subject) noexcept { subjects_.leave_if_unlinked(subject); }

    /// False if it was there. Strong guarantee.
    bool add(std::uint32_t subject, To const& recipient) {
        NumberSet& set = subjects_.links(subject, 0);
        std::uint32_t number = recipients_.find(recipient);
        if (number != none && set.contains(number)) return false;
        set.reserve_one();
        if (number == none) {
            if (uses_.size() == recipients_.end()) uses_.push_back(0); // the number may be one more
            number = recipients_.enter(recipient);
        }
        set.insert(number);
        ++uses_[number];
        ++size_;
        return true;
    }

    void remove(std::uint32_t subject, To const& recipient) noexcept {
        std::uint32_t const number = recipients_.find(recipient);
        if (number != none && subjects_.links(subject, 0).erase(number)) release(number);
    }

    /// Takes the subject's set away.
    void erase(std::uint32_t subject) noexcept {
        NumberSet const set = std::exchange(subjects_.links(subject, 0), {});
        for (std::uint32_t const recipient : set.values()) release(recipient);
        subjects_.leave_if_unlinked(subject);
    }

    /// Takes the recipient out of all sets, and tells how many had it. Complexity: linear in the sets.
    std::size_t erase_recipient(To const& recipient) noexcept {
        std::uint32_t const number = recipients_.find(recipient);
        std::size_t const uses = number == none ? 0 : uses_[number];
        std::size_t left = uses;
        for (std::uint32_t subject = 0; left > 0; ++subject)
            if (subjects_.links(subject, 0).erase(number)) {
                release(number);
                --left;
            }
        return uses;
    }

private:
    auto entry(std::uint32_t subject) const noexcept {
        auto const recipients = recipients_.at(of(subject).values());
        return std::pair<Id const&, std::remove_const_t<decltype(recipients)>>{subjects_[subject],
                                                                               recipients};
    }

    void release(std::uint32_t recipient) noexcept {
        if (--uses_[recipient] == 0) recipients_.leave_if_unlinked(recipient);
        --size_;
    }

    LinkedValues<Id, 1> subjects_;
    LinkedValues<To, 0> recipients_;  // apart: a server is no subject
    std::vector<std::uint32_t> uses_; // by recipient: how many sets have it
    std::size_t size_ = 0;
};

} // namespace presence_router::inline v0::detail
