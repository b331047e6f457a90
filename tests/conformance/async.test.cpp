// SPDX-License-Identifier: BSL-1.0
// The recorded cases once more, with routers that wait: Synapse's own are coroutines.
#include "conformance/chains.hpp"
#include "conformance/questions.hpp"
#include "conformance/recorded_cases.hpp"
#include "support/catch.hpp"
#include "support/task.hpp"
#include "support/when_all.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

using namespace presence_router;
using namespace conformance;
using support::Loop;
using support::Task;
using support::Turn;

namespace {

/// A recorded router that waits for a turn of the loop. It is called when it is started.
template <class V>
class ReplayedLater {
    using Push = typename Script<V>::Push;
    using Pull = typename Script<V>::Pull;

public:
    using user_id_type = typename V::Id;
    using state_type = typename V::State;

    ReplayedLater(Script<V> const& script, std::size_t number, Log& log, Loop& loop)
        : script_{&script}, number_{number}, log_{&log}, loop_{&loop} {}

    Task<Push> get_users_for_states(std::span<state_type const> batch) const {
        log_->calls.push_back(number_);
        co_await loop_->turn();
        script_->raise();
        co_return script_->push(batch);
    }

    Task<Pull> get_interested_users(user_id_type viewer) const {
        log_->calls.push_back(number_);
        co_await loop_->turn();
        script_->raise();
        co_return script_->pull(viewer);
    }

private:
    Script<V> const* script_;
    std::size_t number_;
    Log* log_;
    Loop* loop_;
};

/// The routers of one case: all wait, or only every other one.
template <class V>
struct Players {
    Question<V> const* question;
    Loop* loop;
    Log log{};

    template <std::size_t At, bool all>
    auto player() {
        auto const& script = question->routers[At];
        if constexpr (all || At % 2 == 0)
            return ReplayedLater<V>(script, At, log, *loop) | guarded(OnError{At, &log});
        else return Replayed<V>(script, At, log) | guarded(OnError{At, &log});
    }
};

/// `Length` routers from `First` on, in chains of eight at most: long chains are dear to compile.
template <std::size_t Length, bool all, std::size_t First = 0, class V>
auto chain_of(Players<V>& players) {
    if constexpr (Length <= 8)
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return async_chain<Task>(Nobody<V>{}, players.template player<First + At, all>()...);
        }(std::make_index_sequence<Length>{});
    else
        return async_chain<Task>(chain_of<Length / 2, all, First>(players),
                                 chain_of<Length - Length / 2, all, First + Length / 2>(players));
}

using Lengths = std::index_sequence<0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 64>;

/// Calls `ask(chain, players)` for chains of the routers of `question`, in all the ways of waiting.
template <class V, class Ask>
void with_waiting_chains(Question<V> const& question, Ask const& ask) {
    for (Turn const turn : {Turn::at_once, Turn::next, Turn::reversed}) {
        INFO("turn " << static_cast<int>(turn));
        Loop loop{turn};
        Players<V> players{&question, &loop};
        auto const ask_both = [&](auto length) {
            ask(chain_of<length, true>(players), players, true);
            ask(chain_of<length, false>(players), players, false);
        };
        INFO("a chain of " << question.routers.size() << " routers is not among those that are built");
        REQUIRE(with_length(question.routers.size(), ask_both, Lengths{}));
        CHECK(loop.waiting() == 0);
    }
}

template <class Answer>
void check_equal(std::optional<Answer> const& answer, Answer const& expected) {
    if (answer) CHECK(*answer == expected); // else cancelled, as was checked
}

template <class V>
void replay_push(Question<V> const& question) {
    recorded::Case const& recorded = *question.recorded;
    with_waiting_chains(question, [&](auto const& chain, Players<V>& players, bool all_wait) {
        auto const in_order = [&] {
            return support::answer_of(chain.get_users_for_states(question.updates), *players.loop);
        };
        check_equal<typename Script<V>::Push>(answer_of(recorded, players.log, in_order), question.routes);

        // At once the plain ones come first, who fails is told when it does, and a cancellation comes when
        // all are started.
        players.log = {};
        try {
            typename Script<V>::Push const at_once = support::answer_of(
                chain.get_users_for_states(question.updates, support::WhenAll{}), *players.loop);
            CHECK(!recorded.cancelled);
            CHECK(at_once == question.routes);
            if (all_wait) CHECK(players.log.calls == recorded.calls);
            std::sort(players.log.calls.begin(), players.log.calls.end());
            std::sort(players.log.skipped.begin(), players.log.skipped.end());
            CHECK(players.log.calls == recorded.calls);
            CHECK(players.log.skipped == recorded.skipped);
        } catch (Cancelled const&) {
            CHECK(recorded.cancelled);
        }
    });
}

template <class V>
void replay_pull(Question<V> const& question) {
    with_waiting_chains(question, [&](auto const& chain, Players<V>& players, bool) {
        auto const ask = [&] {
            return support::answer_of(chain.get_interested_users(question.user.value()), *players.loop);
        };
        check_equal<typename Script<V>::Pull>(answer_of(*question.recorded, players.log, ask),
                                              question.interest);
    });
}

} // namespace

TEST_CASE("conformance: get_users_for_states of routers that wait, string ids", "[conformance]") {
    replay_all<Strings>("get_users_for_states", replay_push<Strings>);
}

TEST_CASE("conformance: get_interested_users of routers that wait, string ids", "[conformance]") {
    replay_all<Strings>("get_interested_users", replay_pull<Strings>);
}

TEST_CASE("conformance: get_users_for_states of routers that wait, Matrix ids", "[conformance]") {
    replay_all<Matrix>("get_users_for_states", replay_push<Matrix>);
}

TEST_CASE("conformance: get_interested_users of routers that wait, Matrix ids", "[conformance]") {
    replay_all<Matrix>("get_interested_users", replay_pull<Matrix>);
}
