// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <list>
#include <ranges>
#include <span>
#include <string>
#include <vector>

// Batches of all kinds of ranges.
namespace laws {

/// Can be read once, and counts it.
template <class State>
class ReadOnce {
public:
    explicit ReadOnce(std::vector<State> const& states) : states_{&states} {}

    class Iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = State;
        using difference_type = std::ptrdiff_t;
        using reference = State const&;
        using pointer = State const*;

        Iterator() = default;
        explicit Iterator(ReadOnce& range) : range_{&range} {}
        State const& operator*() const { return (*range_->states_)[range_->read]; }
        Iterator& operator++() {
            ++range_->read;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(Iterator const& at, std::default_sentinel_t) { return at.range_->done(); }

    private:
        ReadOnce* range_ = nullptr;
    };

    Iterator begin() { return Iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

    bool done() const { return read == states_->size(); }

    std::size_t read = 0;

private:
    std::vector<State> const* states_;
};

/// Notes the span it is handed.
template <class V>
struct Spy {
    using user_id_type = typename V::Id;
    using state_type = typename V::State;
    Push<V> get_users_for_states(std::span<state_type const> batch) {
        seen = batch;
        return {};
    }
    set_for_t<user_id_type> get_interested_users(user_id_type const&) const { return {}; }
    std::span<state_type const> seen{};
};

template <class V>
void batches(std::string const& of) {
    using State = typename V::State;
    using D = Drawn<V>;

    law(of, "a batch may be any range",
        [](Plan const& pa, Plan const& pb, Updates const& updates, Viewer viewer) {
            auto const check = [&](auto const& router) {
                std::vector<State> batch = states<V>(updates);
                auto const id = V::user(viewer.number);
                Push<V> const push = presence_router::get_users_for_states(router, batch);
                auto const routed = presence_router::states_for_user(router, id, batch);
                auto const shown = streamed<V>(router, batch).routes;
                auto const check_batch = [&](auto&& made) {
                    RC_ASSERT((presence_router::get_users_for_states(router, made()) == push));
                    RC_ASSERT((presence_router::states_for_user(router, id, made()) == routed));
                    decltype(shown) const none{};
                    auto again = none;
                    RouteSink<V> const sink = [&](auto const& told, auto const& update) {
                        again.emplace_back(told, update);
                        return true;
                    };
                    presence_router::for_each_route(router, made(), sink);
                    RC_ASSERT((again == shown));
                };
                std::vector<State> const constant = batch;
                check_batch([&]() -> auto& { return batch; });
                check_batch([&]() -> auto& { return constant; });
                check_batch([&] { return std::span<State>(batch); });
                check_batch([&] { return batch; });
                check_batch([&] { return std::list<State>(batch.begin(), batch.end()); });
                check_batch([&] { return std::deque<State>(batch.begin(), batch.end()); });
                check_batch([&] {
                    return updates | std::views::transform(
                                         [](Update update) { return V::state(update.user, update.mood); });
                });
                check_batch([&] {
                    return updates | ranges::views::transform(
                                         [](Update update) { return V::state(update.user, update.mood); });
                });
                check_batch([&] { return ReadOnce<State>(batch); });
            };
            check(PresenceRouterChain{D(pa), D(pb)});
            check(D(pa));
            check(MapRouter<V>(pb) | guarded(Ignore{}));
        });

    law(of, "a batch may be a list in braces, also an empty one",
        [](Plan const& pa, Update first, Update second, Viewer viewer) {
            PresenceRouterChain const chain{D(pa)};
            State const a = V::state(first.user, first.mood);
            State const b = V::state(second.user, second.mood);
            auto const id = V::user(viewer.number);
            std::vector<State> const none;
            std::vector<State> const both{a, b};
            RC_ASSERT((chain.get_users_for_states({a, b}) == chain.get_users_for_states(both)));
            RC_ASSERT(
                (presence_router::get_users_for_states(chain, {a, b}) == chain.get_users_for_states(both)));
            RC_ASSERT((chain.states_for_user(id, {a, b}) == chain.states_for_user(id, both)));
            RC_ASSERT((chain.get_users_for_states({}) == chain.get_users_for_states(none)));
            RC_ASSERT((presence_router::states_for_user(chain, id, {}) == chain.states_for_user(id, none)));
            State const row[] = {a, b};
            RC_ASSERT((chain.get_users_for_states(row) == chain.get_users_for_states(both)));
            RC_ASSERT((chain.get_users_for_states(std::array{a, b}) == chain.get_users_for_states(both)));
        });

    law(of, "a batch is gathered once, and all routers see the same", [](Updates const& updates) {
        std::vector<State> const batch = states<V>(updates);
        Spy<V> a, b, c;
        PresenceRouterChain const chain{std::ref(a),
                                        PresenceRouterChain{std::ref(b) | guarded(Ignore{}), std::ref(c)}};
        auto const assert_same_span = [&] {
            RC_ASSERT(a.seen.data() == b.seen.data());
            RC_ASSERT(a.seen.data() == c.seen.data());
            RC_ASSERT(a.seen.size() == batch.size());
            RC_ASSERT(b.seen.size() == batch.size());
            RC_ASSERT(c.seen.size() == batch.size());
        };
        (void)chain.get_users_for_states(batch);
        assert_same_span();
        RC_ASSERT(a.seen.data() == batch.data()); // what lies in a row is not copied
        ReadOnce<State> once(batch);
        (void)chain.get_users_for_states(once);
        assert_same_span();
        RC_ASSERT(once.read == batch.size());
    });
}

} // namespace laws

int main() {
    laws::batches<laws::Game>("integer ids");
    laws::batches<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
