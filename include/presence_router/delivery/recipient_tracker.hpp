// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/invalid_recipients.hpp>
#include <presence_router/delivery/recipient_change.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/number_set.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/raise.hpp>
#include <presence_router/detail/recipient_sets.hpp>
#include <presence_router/user_id.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

namespace detail {

/// A pair: a subject, and the range of who is told of it.
template <class Entry, class Id, class To>
concept RecipientEntry = PairLike<Entry> && requires(Entry&& entry) {
    { std::get<0>(entry) } -> std::convertible_to<Id const&>;
    { std::get<1>(entry) } -> RangeOf<To>;
};

} // namespace detail

/// Who was told of whose presence. Fed with who sees a subject now, it answers who was gained and who was
/// lost since: so a changed policy takes effect at once, and not at the subject's next change.
///
/// Of a subject that it was never told of, or that it was made to forget, it knows nothing. That is not the
/// same as nobody having been told: nobody then counts as up to date, and no delta is taken, until `update`
/// gives the whole set.
///
/// `To` is what is told: viewers, or servers, which are gained with their first viewer and lost with their
/// last (see `servers_of`). A plain value: copies are independent, `==` compares what is known.
/// Requires: `Id` and `To` have `==` and a hash, or `<`; these do not throw.
/// Complexity: where nothing else is said constant on average, whatever the number of pairs; logarithmic in
/// the values for those that have `<` and no hash.
/// Memory: 4 to 25 bytes a pair, some 100 a subject and 30 a recipient. Measured were, all in all, 23 to 29
/// bytes a pair, at 10 to 100,000 recipients a subject.
/// Thread safety: as a container.
template <class Id, class To = Id>
class BasicRecipientTracker {
    static_assert((detail::Hashable<Id> || detail::Ordered<Id>) &&
                      (detail::Hashable<To> || detail::Ordered<To>),
                  "presence_router: what a recipient tracker tracks needs == and std::hash, or <.");
    using Sets = detail::RecipientSets<Id, To>;

public:
    using subject_type = Id;
    using recipient_type = To;
    using change_type = RecipientChange<To>;

    BasicRecipientTracker() = default;

    /// Reads back what `entries()` showed: an input range of pairs of a subject and a range of recipients,
    /// for instance a `std::map<Id, std::set<To>>`.
    /// Throws: InvalidRecipients if a subject stands twice, or a recipient twice in one entry.
    template <detail::InputRange Entries>
        requires detail::RecipientEntry<detail::reference_t<Entries>, Id, To>
    explicit BasicRecipientTracker(Entries&& entries) {
        fill(entries, [](InvalidRecipients const& error) { detail::raise(error); });
    }

    /// The same for programs without exceptions: shows the error to `on_error`, and answers nullopt.
    template <detail::InputRange Entries, std::invocable<InvalidRecipients const&> OnError>
        requires detail::RecipientEntry<detail::reference_t<Entries>, Id, To>
    [[nodiscard]] static std::optional<BasicRecipientTracker> restore(Entries&& entries, OnError&& on_error) {
        BasicRecipientTracker tracker;
        if (!tracker.fill(entries, on_error)) return std::nullopt;
        return tracker;
    }

    /// These, and nobody else, see `subject` now: tells what that changes. Strong guarantee.
    /// Complexity: linear in who saw it before and who sees it now.
    template <detail::RangeOf<To> Now>
    change_type update(Id const& subject, Now&& now) {
        change_type change = compare(subject, now);
        commit(subject, change);
        return change;
    }

    /// What `update` would answer; for who sends first and notes then.
    template <detail::RangeOf<To> Now>
    [[nodiscard]] change_type compare(Id const& subject, Now&& now) const {
        std::uint32_t const number = sets_.find_subject(subject);
        detail::NumberSet const nobody;
        detail::NumberSet const& before = number == Sets::none ? nobody : sets_.of(number);
        detail::NumberSet kept;
        detail::Numbering<To> gained;
        for (auto&& element : now) {
            To const& recipient = element;
            std::uint32_t const known = sets_.find_recipient(recipient);
            if (known == Sets::none || !before.contains(known)) {
                gained.assign(recipient);
            } else if (!kept.contains(known)) {
                kept.reserve_one();
                kept.insert(known);
            }
        }
        change_type change{.gained = std::move(gained).take(), .was_unknown = number == Sets::none};
        if (kept.size() < before.size())
            for (std::uint32_t const recipient : before.values())
                if (!kept.contains(recipient)) change.lost.push_back(sets_.recipient(recipient));
        return change;
    }

    /// Takes `lost` away and then adds `gained`, and tells what that changed. nullopt, and no change, if the
    /// subject is unknown: ask for the whole set. Guarantee as for `update`.
    /// Complexity: linear in `lost` and `gained`.
    template <detail::RangeOf<To> Lost, detail::RangeOf<To> Gained>
    [[nodiscard]] std::optional<change_type> apply(Id const& subject, Lost&& lost, Gained&& gained) {
        if (!known(subject)) return std::nullopt;
        detail::Numbering<To> const added = distinct(gained);
        detail::Numbering<To> const taken = distinct(lost);
        change_type change;
        for (To const& recipient : added.values())
            if (!is_told(recipient, subject)) change.gained.push_back(recipient);
        for (To const& recipient : taken.values())
            if (added.find(recipient) == added.none && is_told(recipient, subject))
                change.lost.push_back(recipient);
        commit(subject, change);
        return change;
    }

    /// The subject becomes unknown; false if it was. Complexity: linear in its recipients.
    bool forget(Id const& subject) noexcept {
        std::uint32_t const number = sets_.find_subject(subject);
        if (number == Sets::none) return false;
        sets_.erase(number);
        return true;
    }

    /// Nothing that this one was told counts any longer, as when a connection was lost: every subject that it
    /// sees gains it anew. Tells how many there were. Complexity: linear in the known subjects.
    std::size_t forget_recipient(To const& recipient) noexcept { return sets_.erase_recipient(recipient); }

    /// Whether it is known who was told of the subject, and be it nobody.
    [[nodiscard]] bool known(Id const& subject) const noexcept {
        return sets_.find_subject(subject) != Sets::none;
    }
    /// Whether this one was told and is up to date; false if the subject is unknown.
    [[nodiscard]] bool is_told(To const& recipient, Id const& subject) const noexcept {
        std::uint32_t const number = sets_.find_subject(subject);
        std::uint32_t const to = sets_.find_recipient(recipient);
        return number != Sets::none && to != Sets::none && sets_.of(number).contains(to);
    }
    /// Who was told of the subject, as a random access view; empty if it is unknown. Lifetime: until the
    /// tracker changes.
    [[nodiscard]] auto recipients(Id const& subject) const noexcept { return sets_.recipients_of(subject); }

    /// All that there is to write, as a view of pairs: each known subject, and `recipients` of it, in an
    /// arbitrary order. The constructor reads it back from whatever format it was written in. Lifetime: until
    /// the tracker changes or moves.
    [[nodiscard]] auto entries() const noexcept { return sets_.entries(); }

    /// How many subjects are known.
    [[nodiscard]] std::size_t subject_count() const noexcept { return sets_.subject_count(); }
    /// How many pairs of a subject and a recipient there are.
    [[nodiscard]] std::size_t size() const noexcept { return sets_.size(); }

    /// Complexity: linear in the subjects and pairs.
    friend bool operator==(BasicRecipientTracker const& one, BasicRecipientTracker const& other) {
        return one.subject_count() == other.subject_count() && one.size() == other.size() &&
               std::ranges::all_of(one.entries(), [&](auto const& entry) {
                   return other.known(entry.first) && std::ranges::all_of(entry.second, [&](To const& to) {
                              return other.is_told(to, entry.first);
                          });
               });
    }

private:
    template <class Range>
    static detail::Numbering<To> distinct(Range&& recipients) {
        detail::Numbering<To> result;
        for (auto&& element : recipients) {
            To const& recipient = element;
            result.assign(recipient);
        }
        return result;
    }

    /// All or nothing.
    void commit(Id const& of, change_type const& change) {
        std::uint32_t const known = sets_.find_subject(of);
        struct Undo {
            Sets* sets;
            std::uint32_t subject;
            std::vector<To> const& gained;
            bool is_new;
            std::size_t added = 0;
            ~Undo() {
                if (!sets) return;
                while (added > 0) sets->remove(subject, gained[--added]);
                if (is_new) sets->leave_if_empty(subject);
            }
        } undo{&sets_, known != Sets::none ? known : sets_.enter(of), change.gained, known == Sets::none};
        for (; undo.added < change.gained.size(); ++undo.added)
            sets_.add(undo.subject, change.gained[undo.added]);
        for (To const& recipient : change.lost) sets_.remove(undo.subject, recipient);
        undo.sets = nullptr;
    }

    template <class Entries, class OnError>
    bool fill(Entries&& entries, OnError&& on_error) {
        std::size_t number = 0;
        for (auto&& entry : entries) {
            Id const& subject = std::get<0>(entry);
            if (known(subject)) {
                on_error(InvalidRecipients{number, subject, "the subject stands in an entry before"});
                return false;
            }
            std::uint32_t const entered = sets_.enter(subject);
            std::size_t at = 0;
            for (auto&& element : std::get<1>(entry)) {
                To const& recipient = element;
                if (!sets_.add(entered, recipient)) {
                    on_error(InvalidRecipients{number, subject,
                                               "recipient " + std::to_string(at) +
                                                   detail::shown_in_brackets(recipient) + " stands twice"});
                    return false;
                }
                ++at;
            }
            ++number;
        }
        return true;
    }

    Sets sets_; // of the known subjects
};

/// Who of the users of Matrix was told of whom.
using RecipientTracker = BasicRecipientTracker<UserId>;

/// Which servers were told of which users.
using ServerRecipientTracker = BasicRecipientTracker<UserId, std::string>;

} // namespace presence_router::inline v0
