// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/planned_states.hpp>
#include <presence_router/detail/borrowed_batch.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/place_iterator.hpp>
#include <presence_router/detail/rebound.hpp>
#include <presence_router/detail/viewer_lists.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/router_vocabulary.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// Who receives which states, flat: a random access range of entries, each a viewer and the range of their
/// states. A viewer is there once, each of their states once (equal on all fields is one); nobody is there
/// without a state. Viewers stand in the order of their first coming.
///
/// A viewer's states stand in the order of the batch; where routers made states of their own, all stand in
/// the order in which they were shown last. So the last update of a subject is last as long as routers go
/// through the batch in its order.
///
/// Lifetime: the plan borrows the batch, and owns ids and the states that a router made itself; what an id
/// only points to has to stay until the plan is no longer read. What it shows is valid until it is filled
/// again or gone; moving it leaves states valid, and not its iterators.
/// Memory: at most 12 bytes a route, some 40 a viewer, and 30 a state of the batch.
/// Thread safety: as a container.
template <class Id, class State, class Allocator = detail::DefaultAllocator>
class BasicDeliveryPlan {
    struct Entries;

public:
    using user_id_type = Id;
    using state_type = State;
    using allocator_type = Allocator;
    using iterator = detail::PlaceIterator<Entries>;

    struct Entry {
        Id const& viewer;
        PlannedStates<State> states; // never empty
    };

    /// An empty plan.
    BasicDeliveryPlan() = default;
    explicit BasicDeliveryPlan(Allocator const& allocator)
        : viewers_{allocator}, numbers_{allocator}, lists_{allocator}, order_(allocator), states_(allocator),
          ends_(allocator), places_(allocator) {}
    /// Leaves `other` empty.
    BasicDeliveryPlan(BasicDeliveryPlan&& other) = default;
    BasicDeliveryPlan& operator=(BasicDeliveryPlan&& other)
        requires std::allocator_traits<Allocator>::is_always_equal::value // else it might have to copy
    = default;
    ~BasicDeliveryPlan() = default;

    /// Fills the plan anew with the routes of `batch`: of one state, or of states that lie in a row, which
    /// have to stay there as long as the plan is used. A temporary batch does not compile.
    /// Ensures: if the router throws, the plan is empty, and may be filled again.
    /// Throws: what the router throws, std::bad_alloc.
    /// Complexity: the router's; linear in routes, viewers and updates. (For ids or states that have `<` and
    /// no hash logarithmic in the distinct ones besides.)
    /// Allocates nothing when a plan was there before that had as many updates, states that routers made,
    /// viewers, routes, and runs of routes with one state; unless ids or states have no hash or the router
    /// allocates.
    /// Requires: fewer than 2^30 routes, and updates with the states that routers make.
    template <class R, class B>
    void assign(R const& router, B&& batch) {
        static_assert(detail::check_router<detail::unwrapped_t<R>>());
        if constexpr (detail::check_borrowed_batch<B, State>() && check_vocabulary<R>()) {
            Filling filling{this};
            clear();
            fill(router, detail::borrowed_states<State>(batch));
            filling.is_done = true;
        }
    }
    template <class R>
    void assign(R const&, std::initializer_list<State>) {
        detail::check_borrowed_batch<std::initializer_list<State>, State>();
    }

    /// Empties the plan, and keeps its memory.
    void clear() noexcept {
        viewers_.clear();
        numbers_.assign({});
        states_.clear();
        ends_.clear();
        places_.clear();
    }

    /// How many viewers receive a state.
    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] bool empty() const noexcept { return ends_.empty(); }

    [[nodiscard]] iterator begin() const noexcept { return {{this}, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {{this}, size()}; }
    /// Requires: number < size().
    [[nodiscard]] Entry operator[](std::size_t number) const noexcept {
        std::size_t const begin = number == 0 ? 0 : ends_[number - 1].place;
        return {viewers_.values()[number],
                {states_.data(), {places_.data() + begin, places_.data() + ends_[number].place}}};
    }

    /// The entry of this viewer, or `end()`. Complexity: one lookup.
    [[nodiscard]] iterator find(Id const& viewer) const {
        std::uint32_t const number = viewers_.find(viewer);
        return number == viewers_.none ? end() : iterator{{this}, number};
    }
    /// What this viewer receives; empty for one who is not there. Complexity: one lookup.
    [[nodiscard]] PlannedStates<State> states_for(Id const& viewer) const {
        iterator const found = find(viewer);
        return found == end() ? PlannedStates<State>{} : (*found).states;
    }

    /// How many routes there are: the states of all viewers added up.
    [[nodiscard]] std::size_t route_count() const noexcept { return places_.size(); }

    /// The distinct states that somebody receives, in their order. Entries refer to them by `places()`.
    [[nodiscard]] std::span<State const* const> states() const noexcept { return states_; }

private:
    struct Entries {
        Entry operator[](std::size_t number) const noexcept { return (*plan)[number]; }
        BasicDeliveryPlan const* plan = nullptr;
    };

    /// Leaves no half of a plan behind, and nothing that refers to a batch which may be gone next time.
    struct Filling {
        BasicDeliveryPlan* plan;
        bool is_done = false;
        ~Filling() {
            plan->numbers_.drop_index();
            if (!is_done) plan->clear();
        }
    };

    /// Routers show one state to many viewers, mostly; so what is known of it is kept from one to the next.
    struct Sink {
        BasicDeliveryPlan& plan;
        State const* open = nullptr; // if it lies in the batch: another one may come to lie where it was

        void operator()(Id const& viewer, State const& state) {
            if (std::addressof(state) != open) open_list(state);
            plan.lists_.add(plan.viewers_.assign(viewer));
        }

        void open_list(State const& state) {
            plan.lists_.open(plan.numbers_.distinct_number_of(state));
            open = plan.numbers_.lies_in_batch(state) ? std::addressof(state) : nullptr;
        }
    };

    /// Where the places of a viewer end, and which was put there last.
    struct End {
        std::uint32_t place = 0;
        std::uint32_t last = 0xffff'ffff;
    };

    template <class R>
    static consteval bool check_vocabulary() {
        constexpr bool same = std::same_as<user_id_t<R>, Id> && std::same_as<state_t<R>, State>;
        static_assert(same, "presence_router: the router speaks of other user ids or states than the plan.");
        return same;
    }

    template <class R>
    void fill(R const& router, std::span<State const> batch) {
        numbers_.assign(batch);
        lists_.assign(batch.size());
        Sink sink{*this};
        presence_router::for_each_route(router, batch, sink);
        lists_.close();
        put_in_order();
        group_by_viewer();
    }

    void put_in_order() {
        order_.clear();
        for (std::uint32_t state = 0; state < lists_.size(); ++state)
            if (lists_.last_opened(state) != lists_.none) order_.push_back(state);
        if (numbers_.owns_any())
            std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
                return lists_.last_opened(a) < lists_.last_opened(b);
            });
        states_.reserve(order_.size());
        for (std::uint32_t const state : order_) states_.push_back(std::addressof(numbers_[state]));
    }

    /// Counts, and then puts the places where they belong. As the lists are gone through in order, a viewer's
    /// places come in order too, and a repeated route comes right after the first.
    void group_by_viewer() {
        ends_.resize(viewers_.size());
        for_each_distinct_route(0, [](End& end, std::uint32_t) { ++end.place; });
        std::uint32_t routes = 0;
        for (End& end : ends_) routes += std::exchange(end.place, routes);
        places_.resize(routes);
        for_each_distinct_route(0x8000'0000,
                                [this](End& end, std::uint32_t place) { places_[end.place++] = place; });
    }

    /// `round` tells the marks of one call from those of another.
    template <class Visit>
    void for_each_distinct_route(std::uint32_t round, Visit const& visit) {
        for (std::uint32_t place = 0; place < order_.size(); ++place)
            lists_.for_each(order_[place], [&](std::uint32_t viewer) {
                End& end = ends_[viewer];
                if (std::exchange(end.last, place | round) != (place | round)) visit(end, place);
            });
    }

    detail::Numbering<Id, Allocator> viewers_;
    detail::NumberedStates<State, Allocator> numbers_;
    detail::ViewerLists<Allocator> lists_;             // by the numbers of states
    detail::vector_t<std::uint32_t, Allocator> order_; // place -> number
    detail::vector_t<State const*, Allocator> states_; // by place
    detail::vector_t<End, Allocator> ends_;            // by viewer
    detail::vector_t<std::uint32_t, Allocator> places_;
};

/// The delivery plan of the Matrix vocabulary.
using DeliveryPlan = BasicDeliveryPlan<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
