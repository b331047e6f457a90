// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/invalid_recipients.hpp>
#include <presence_router/delivery/recipient_change.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/raise.hpp>
#include <presence_router/relation.hpp>
#include <presence_router/user_id.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_set>
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
/// Requires: `Id` and `To` have `==` and a hash, or `<`.
/// Complexity: where nothing else is said constant on average, whatever the number of pairs; logarithmic in
/// the values for those that have `<` and no hash.
/// Memory: that of a `Relation<Id, To>`, some 10 to 30 bytes a pair, and some 50 bytes a subject.
/// Thread safety: as a container.
template <class Id, class To = Id>
class BasicRecipientTracker {
    static_assert((detail::Hashable<Id> || detail::Ordered<Id>) &&
                      (detail::Hashable<To> || detail::Ordered<To>),
                  "presence_router: what a recipient tracker tracks needs == and std::hash, or <.");
    using Subjects = std::conditional_t<detail::Hashable<Id>, std::unordered_set<Id>, std::set<Id>>;

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
    /// Requires: equality and hash of the values do not throw.
    /// Complexity: linear in who saw it before and who sees it now.
    template <detail::RangeOf<To> Recipients>
    change_type update(Id const& subject, Recipients&& now) {
        change_type change = compare(subject, now);
        commit(subject, change);
        return change;
    }

    /// What `update` would answer; for who sends first and notes then.
    template <detail::RangeOf<To> Recipients>
    [[nodiscard]] change_type compare(Id const& subject, Recipients&& now) const {
        detail::Numbering<To> const wanted = distinct(now);
        std::vector<bool> kept(wanted.size());
        change_type change{.was_unknown = !known(subject)};
        for (To const& recipient : told_.view_to(subject)) {
            if (std::uint32_t const number = wanted.find(recipient); number != wanted.none)
                kept[number] = true;
            else change.lost.push_back(recipient);
        }
        for (std::size_t number = 0; number < wanted.size(); ++number)
            if (!kept[number]) change.gained.push_back(wanted.values()[number]);
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
            if (!told_.contains(subject, recipient)) change.gained.push_back(recipient);
        for (To const& recipient : taken.values())
            if (told_.contains(subject, recipient) && added.find(recipient) == added.none)
                change.lost.push_back(recipient);
        commit(subject, change);
        return change;
    }

    /// The subject becomes unknown; false if it was. Complexity: linear in its recipients.
    bool forget(Id const& subject) {
        auto const place = known_.find(subject);
        if (place == known_.end()) return false;
        told_.erase_from(subject);
        known_.erase(place);
        return true;
    }

    /// Nothing that this one was told counts any longer, as when a connection was lost: every subject that it
    /// sees gains it anew. Tells how many there were. Complexity: linear in them.
    std::size_t forget_recipient(To const& recipient) { return told_.erase_to(recipient); }

    /// Whether it is known who was told of the subject, and be it nobody.
    [[nodiscard]] bool known(Id const& subject) const { return known_.contains(subject); }
    /// Whether this one was told and is up to date; false if the subject is unknown.
    [[nodiscard]] bool is_told(To const& recipient, Id const& subject) const {
        return told_.contains(subject, recipient);
    }
    /// Who was told of the subject, as a random access view; empty if it is unknown. Lifetime: until the
    /// tracker changes.
    [[nodiscard]] auto recipients(Id const& subject) const { return told_.view_to(subject); }
    /// Of whom this one was told, as a random access view. Lifetime: until the tracker changes.
    [[nodiscard]] auto subjects(To const& recipient) const { return told_.view_from(recipient); }

    /// All that there is to write, as a view of pairs: each known subject, and `recipients` of it, in an
    /// arbitrary order. The constructor reads it back from whatever format it was written in. Lifetime: until
    /// the tracker changes or moves.
    [[nodiscard]] auto entries() const {
        return std::ranges::transform_view(std::views::all(known_), Entry{std::addressof(told_)});
    }

    /// How many subjects are known.
    [[nodiscard]] std::size_t subject_count() const noexcept { return known_.size(); }
    /// How many pairs of a subject and a recipient there are.
    [[nodiscard]] std::size_t size() const noexcept { return told_.size(); }

    /// Complexity: linear in the subjects and pairs.
    friend bool operator==(BasicRecipientTracker const& one, BasicRecipientTracker const& other) {
        return one.subject_count() == other.subject_count() && one.size() == other.size() &&
               std::ranges::all_of(one.known_, [&](Id const& subject) {
                   return other.known(subject) && one.told_.for_each_to(subject, [&](To const& to) {
                       return other.told_.contains(subject, to);
                   });
               });
    }

private:
    struct Entry {
        Relation<Id, To> const* told;
        auto operator()(Id const& subject) const {
            return std::pair<Id const&, decltype(told->view_to(subject))>{subject, told->view_to(subject)};
        }
    };

    template <class Recipients>
    static detail::Numbering<To> distinct(Recipients&& recipients) {
        detail::Numbering<To> result;
        for (auto&& element : recipients) {
            To const& recipient = element;
            result.assign(recipient);
        }
        return result;
    }

    /// All or nothing.
    void commit(Id const& of, change_type const& change) {
        auto const [place, added] = known_.insert(of);
        struct Undo {
            BasicRecipientTracker* tracker;
            Id const& subject; // in the set: the caller's may be shown by a view of what changes
            change_type const& change;
            bool added;
            std::size_t gained = 0;
            ~Undo() {
                if (!tracker) return;
                while (gained > 0) tracker->told_.remove(subject, change.gained[--gained]);
                if (added) tracker->known_.erase(tracker->known_.find(subject));
            }
        } undo{this, *place, change, added};
        for (; undo.gained < change.gained.size(); ++undo.gained)
            told_.add(*place, change.gained[undo.gained]);
        for (To const& recipient : change.lost) told_.remove(*place, recipient);
        undo.tracker = nullptr;
    }

    template <class Entries, class OnError>
    bool fill(Entries&& entries, OnError&& on_error) {
        std::size_t number = 0;
        for (auto&& entry : entries) {
            Id const& subject = std::get<0>(entry);
            if (!known_.insert(subject).second) {
                on_error(InvalidRecipients{number, subject, "the subject stands in an entry before"});
                return false;
            }
            std::size_t at = 0;
            for (auto&& element : std::get<1>(entry)) {
                To const& recipient = element;
                if (!told_.add(subject, recipient)) {
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

    Relation<Id, To> told_; // from a subject to a recipient
    Subjects known_;        // the subjects that it is known of whom they are told to, and be it nobody
};

/// Who of the users of Matrix was told of whom.
using RecipientTracker = BasicRecipientTracker<UserId>;

/// Which servers were told of which users.
using ServerRecipientTracker = BasicRecipientTracker<UserId, std::string>;

} // namespace presence_router::inline v0
