// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/number_set.hpp>
#include <presence_router/detail/value_index.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// Explicit routes: this viewer receives the presence of that subject. Indexed from both sides, which cannot
/// disagree. All lanes are native; streaming and `sees` allocate nothing and throw nothing that the sink, the
/// hash and the equality of the ids do not.
/// Complexity: `add`, `remove` and `sees` are constant on average, whatever the number of a user's routes;
/// streaming is linear in what it shows. (With ids that have `<` and no hash each is logarithmic in the users
/// besides.)
/// Memory: some 10 to 30 bytes a route, and 140 a user.
/// Thread safety: as a container. To change it while it routes is a data race.
template <class Id, class State>
class BasicRouteTable : public RouterInterface<BasicRouteTable<Id, State>> {
    using Index = detail::ValueIndex<Id>;

public:
    using user_id_type = Id;
    using state_type = State;

    /// Routes the presence of `subject` to `viewer`; false if it was routed already. Strong guarantee.
    bool add(Id const& viewer, Id const& subject) {
        Entered const from{*this, viewer};
        Entered const to{*this, subject};
        if (routed(from.number, to.number)) return false;
        NumberSet& subjects = routes_[from.number].subjects;
        NumberSet& viewers = routes_[to.number].viewers;
        subjects.reserve_one();
        viewers.reserve_one();
        subjects.insert(to.number);
        viewers.insert(from.number);
        ++size_;
        return true;
    }

    /// Takes the route away; false if there was none.
    bool remove(Id const& viewer, Id const& subject) noexcept(Index::nothrow_find) {
        std::uint32_t const from = find(viewer);
        std::uint32_t const to = find(subject);
        if (from == Index::none || to == Index::none || !routes_[from].subjects.erase(to)) return false;
        routes_[to].viewers.erase(from);
        --size_;
        leave_if_unused(from);
        if (to != from) leave_if_unused(to);
        return true;
    }

    /// Takes away all routes to and from `user`, and tells how many there were. Complexity: linear in them.
    std::size_t erase(Id const& user) noexcept(Index::nothrow_find) {
        std::uint32_t const number = find(user);
        if (number == Index::none) return 0;
        std::size_t const before = size_;
        NumberSet const subjects = std::exchange(routes_[number].subjects, {});
        for (std::uint32_t const subject : subjects.values()) {
            routes_[subject].viewers.erase(number);
            if (subject != number) leave_if_unused(subject);
        }
        NumberSet const viewers = std::exchange(routes_[number].viewers, {});
        for (std::uint32_t const viewer : viewers.values()) {
            routes_[viewer].subjects.erase(number);
            leave_if_unused(viewer);
        }
        size_ -= subjects.size() + viewers.size();
        leave_if_unused(number);
        return before - size_;
    }

    /// How many routes there are.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const
        noexcept(Index::nothrow_find && noexcept(presence_router::subject_of(std::declval<State const&>())) &&
                 noexcept(sink(std::declval<Id const&>(), std::declval<State const&>()))) {
        for (State const& update : batch.states()) {
            std::uint32_t const subject = find(presence_router::subject_of(update));
            if (subject == Index::none) continue;
            for (std::uint32_t const viewer : routes_[subject].viewers.values())
                if (!sink(ids_[viewer], update)) return;
        }
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const
        noexcept(Index::nothrow_find && noexcept(sink(viewer))) {
        if (std::uint32_t const number = find(viewer); number != Index::none)
            for (std::uint32_t const subject : routes_[number].subjects.values())
                if (!sink(ids_[subject])) break;
        return std::nullopt;
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        set_for_t<State> result;
        std::uint32_t const number = find(viewer);
        if (number == Index::none) return result;
        for (State const& update : batch.states()) {
            std::uint32_t const subject = find(presence_router::subject_of(update));
            if (subject != Index::none && routed(number, subject)) result.insert(update);
        }
        return result;
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const noexcept(Index::nothrow_find) {
        std::uint32_t const from = find(viewer);
        std::uint32_t const to = find(subject);
        return from != Index::none && to != Index::none && routed(from, to);
    }

private:
    using NumberSet = detail::NumberSet;

    struct Routes {
        NumberSet subjects; // whose presence the user receives
        NumberSet viewers;  // who receive theirs
    };

    /// The number of a user; one that was given only now is taken back at the end if no route came of it.
    struct Entered {
        Entered(BasicRouteTable& owner, Id const& id)
            : table{owner}, known{owner.find(id)}, number{known != Index::none ? known : owner.enter(id)} {}
        Entered(Entered const&) = delete;
        Entered& operator=(Entered const&) = delete;
        ~Entered() {
            if (known == Index::none) table.leave_if_unused(number);
        }
        BasicRouteTable& table;
        std::uint32_t known;
        std::uint32_t number;
    };

    std::uint32_t find(Id const& id) const noexcept(Index::nothrow_find) {
        return index_.find(id, [this](std::uint32_t number) -> Id const& { return ids_[number]; });
    }

    bool routed(std::uint32_t viewer, std::uint32_t subject) const noexcept {
        NumberSet const& subjects = routes_[viewer].subjects;
        NumberSet const& viewers = routes_[subject].viewers;
        return subjects.size() < viewers.size() ? subjects.contains(subject) : viewers.contains(viewer);
    }

    /// Gives a user a number. Requires: they have none.
    std::uint32_t enter(Id const& id) {
        if (free_count_ == 0) {
            std::size_t const size = ids_.size() + 1;
            routes_.resize(size);
            free_.resize(size);
            ids_.push_back(id);
            free_[free_count_++] = static_cast<std::uint32_t>(size - 1);
        }
        std::uint32_t const number = free_[free_count_ - 1];
        ids_[number] = id;
        index_.insert(id, number);
        --free_count_;
        return number;
    }

    /// Takes the number of a user back if they have no route. Requires: it is given.
    void leave_if_unused(std::uint32_t number) noexcept {
        if (!routes_[number].subjects.empty() || !routes_[number].viewers.empty()) return;
        index_.erase(ids_[number], number);
        routes_[number] = {};
        free_[free_count_++] = number;
    }

    std::vector<Id> ids_;             // by number; a free number keeps its last id
    std::vector<Routes> routes_;      // by number; apart from the ids, which streaming reads in no order
    std::vector<std::uint32_t> free_; // the free numbers, with room for all: one can always be given back
    std::size_t free_count_ = 0;
    Index index_; // id -> number
    std::size_t size_ = 0;
};

/// The route table of the Matrix vocabulary.
using RouteTable = BasicRouteTable<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
