// SPDX-License-Identifier: BSL-1.0
#include "laws/sample.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

// Recipient trackers through any sequence of calls, against a map of sets.
namespace laws {

constexpr int tracked = 7; // subjects; recipients are of the same users, or of more

/// What is done to a tracker.
struct Call {
    enum class Do { update, apply, forget, forget_recipient, update_many, compare, read_back, go_back };
    Do what = Do::update;
    int user = 0;
    std::vector<int> one{};
    std::vector<int> other{};
};

inline void showValue(Call const& call, std::ostream& out) {
    static constexpr std::array<char const*, 8> names{
        "update", "apply", "forget", "forget_recipient", "update_many", "compare", "read_back", "go_back"};
    out << names[static_cast<std::size_t>(call.what)] << '(' << call.user << ", ";
    rc::show(call.one, out);
    out << ", ";
    rc::show(call.other, out);
    out << ')';
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Call> {
    static Gen<laws::Call> arbitrary() {
        using Do = laws::Call::Do;
        auto const users = gen::container<std::vector<int>>(gen::inRange(0, laws::tracked));
        return gen::build<laws::Call>(
            gen::set(&laws::Call::what, gen::weightedElement<Do>({{10, Do::update},
                                                                  {6, Do::apply},
                                                                  {2, Do::forget},
                                                                  {2, Do::forget_recipient},
                                                                  {2, Do::update_many},
                                                                  {2, Do::compare},
                                                                  {1, Do::read_back},
                                                                  {1, Do::go_back}})),
            gen::set(&laws::Call::user, gen::inRange(0, laws::tracked)), gen::set(&laws::Call::one, users),
            gen::set(&laws::Call::other, users));
    }
};

} // namespace rc

namespace laws {

/// The obvious tracker: a subject that is not in the map is unknown.
class TrackerModel {
public:
    using Users = std::set<int>;
    struct Change {
        Users gained, lost;
        bool was_unknown = false;
        friend bool operator==(Change const&, Change const&) = default;
    };

    Change compare(int subject, Users const& now) const {
        auto const found = told.find(subject);
        Users const before = found == told.end() ? Users{} : found->second;
        return {less(now, before), less(before, now), found == told.end()};
    }
    Change update(int subject, Users const& now) {
        Change const change = compare(subject, now);
        told[subject] = now;
        return change;
    }
    std::optional<Change> apply(int subject, Users const& lost, Users const& gained) {
        auto const found = told.find(subject);
        if (found == told.end()) return std::nullopt;
        Users now = less(found->second, lost);
        now.insert(gained.begin(), gained.end());
        return update(subject, now);
    }

    std::map<int, Users> told;

private:
    static Users less(Users const& all, Users const& some) {
        Users result;
        std::ranges::set_difference(all, some, std::inserter(result, result.end()));
        return result;
    }
};

template <class V>
void recipient_tracker(std::string const& of) {
    using Id = typename V::Id;
    using Tracker = BasicRecipientTracker<Id>;
    using Users = TrackerModel::Users;

    law(of, "a recipient tracker is a map from known subjects to sets", [](std::vector<Call> const& calls) {
        auto const ids = [](auto const& numbers) {
            std::vector<Id> result;
            for (int const number : numbers) result.push_back(V::user(number));
            return result;
        };
        auto const numbers = [](auto const& users) {
            Users result;
            for (Id const& user : users) RC_ASSERT(result.insert(V::number(user)).second); // none twice
            return result;
        };
        auto const plain = [&](RecipientChange<Id> const& change) {
            return TrackerModel::Change{numbers(change.gained), numbers(change.lost), change.was_unknown};
        };
        auto const set_of = [](std::vector<int> const& users) { return Users(users.begin(), users.end()); };

        auto const check = [&](Tracker const& tracker, TrackerModel const& model) {
            std::map<int, Users> entries;
            std::size_t pairs = 0;
            for (auto const& [subject, recipients] : tracker.entries()) {
                RC_ASSERT(entries.emplace(V::number(subject), numbers(recipients)).second);
                pairs += recipients.size();
            }
            RC_ASSERT(entries == model.told);
            RC_ASSERT(tracker.size() == pairs);
            RC_ASSERT(tracker.subject_count() == entries.size());
            for (int user = 0; user < tracked; ++user) {
                RC_ASSERT(tracker.known(V::user(user)) == model.told.contains(user));
                RC_ASSERT(numbers(tracker.recipients(V::user(user))) ==
                          (entries.contains(user) ? entries[user] : Users{}));
                for (int subject = 0; subject < tracked; ++subject) {
                    bool const told = entries.contains(subject) && entries[subject].contains(user);
                    RC_ASSERT(tracker.is_told(V::user(user), V::user(subject)) == told);
                }
            }
        };

        Tracker tracker, saved;
        TrackerModel model, saved_model;
        for (Call const& call : calls) {
            Id const user = V::user(call.user);
            switch (call.what) {
            case Call::Do::update:
                RC_ASSERT(plain(tracker.update(user, ids(call.one))) ==
                          model.update(call.user, set_of(call.one)));
                break;
            case Call::Do::apply: {
                auto const change = tracker.apply(user, ids(call.one), ids(call.other));
                auto const expected = model.apply(call.user, set_of(call.one), set_of(call.other));
                RC_ASSERT(change.has_value() == expected.has_value());
                if (change) RC_ASSERT(plain(*change) == *expected);
                break;
            }
            case Call::Do::forget:
                RC_ASSERT(tracker.forget(user) == (model.told.erase(call.user) == 1));
                break;
            case Call::Do::forget_recipient: {
                std::size_t count = 0;
                for (auto& [subject, recipients] : model.told) count += recipients.erase(call.user);
                RC_ASSERT(tracker.forget_recipient(user) == count);
                break;
            }
            case Call::Do::update_many: { // more than are found by looking through them
                Users now = set_of(call.one);
                for (int number = 0; number < many; ++number)
                    if (number % 7 != call.user) now.insert(number);
                RC_ASSERT(plain(tracker.update(user, ids(now))) == model.update(call.user, now));
                break;
            }
            case Call::Do::compare:
                RC_ASSERT(plain(std::as_const(tracker).compare(user, ids(call.one))) ==
                          model.compare(call.user, set_of(call.one)));
                break;
            case Call::Do::read_back: {
                Tracker const written = tracker;
                tracker = Tracker{written.entries()};
                RC_ASSERT(tracker == written);
                break;
            }
            case Call::Do::go_back:
                std::swap(tracker, saved);
                std::swap(model, saved_model);
                break;
            }
            RC_ASSERT((tracker == saved) == (model.told == saved_model.told));
        }
        check(tracker, model);
        check(saved, saved_model);
    });
}

/// Ids of which many have one hash, or none.
template <bool has_hash>
struct Label {
    int number = 0;
    friend auto operator<=>(Label, Label) = default;
};

} // namespace laws

template <>
struct std::hash<laws::Label<true>> {
    std::size_t operator()(laws::Label<true> label) const noexcept {
        return static_cast<std::size_t>(label.number % 3);
    }
};

namespace laws {

template <bool has_hash>
struct Labels {
    using Id = Label<has_hash>;
    static Id user(int number) { return {number}; }
    static int number(Id id) { return id.number; }
};

static_assert(presence_router::detail::Hashable<Label<true>> &&
              !presence_router::detail::Hashable<Label<false>>);

} // namespace laws

int main() {
    laws::recipient_tracker<laws::Game>("integer ids");
    laws::recipient_tracker<laws::Matrix>("Matrix ids");
    laws::recipient_tracker<laws::Labels<true>>("ids with few hashes");
    laws::recipient_tracker<laws::Labels<false>>("ids without a hash");
    return laws::all_hold ? 0 : 1;
}
