// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/map_by.hpp>
#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/relation.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// Routes that end by themselves: a viewer receives the presence of a subject until some time, at which it is
/// over. What is over routes nothing, whether it was dropped already or not: each call reads the clock once.
/// To drop it a host sets one timer to `next_change_at()` and then calls `expire`.
/// Streaming and `sees` allocate nothing.
/// Requires: a Clock has `now()`, called through const; one that has a state is held by value.
/// Complexity: `grant`, `revoke` and each grant that `expire` drops are logarithmic in the grants; `sees` is
/// constant on average; streaming is linear in the grants of those it is about, over or not. (With ids that
/// have `<` and no hash each is logarithmic in the users besides.)
/// Thread safety: as a container.
template <class Id, class State, class Clock = std::chrono::system_clock>
class BasicTimedGrants : public RouterInterface<BasicTimedGrants<Id, State, Clock>> {
    using Routes = Relation<Id, Id>; // from a viewer to a subject
    static constexpr bool nothrow_find = noexcept(std::declval<Clock const&>().now()) &&
                                         noexcept(std::declval<Routes const&>().contains(
                                             std::declval<Id const&>(), std::declval<Id const&>()));

public:
    using user_id_type = Id;
    using state_type = State;
    static constexpr std::string_view name = "TimedGrants";
    using time_point = std::remove_cvref_t<decltype(std::declval<Clock const&>().now())>;

    BasicTimedGrants() = default;
    explicit BasicTimedGrants(Clock clock) : clock_(std::move(clock)) {}

    /// Routes the presence of `subject` to `viewer` until that time; a grant that there is is extended or cut
    /// short. Strong guarantee.
    void grant(Id const& viewer, Id const& subject, time_point until) {
        End const end{until, next_serial_};
        if (routes_.contains(viewer, subject)) {
            End& known = ends_of_.find(viewer)->second.find(subject)->second;
            auto entry = ends_.extract(known); // to put it elsewhere needs no memory
            entry.key() = known = end;
            ends_.insert(std::move(entry));
        } else {
            Undo undo{this, viewer, subject, end};
            ends_.emplace(end, std::pair<Id, Id>(viewer, subject));
            ends_of_[viewer].emplace(subject, end);
            routes_.add(viewer, subject);
            undo.grants = nullptr;
        }
        ++next_serial_;
    }

    /// Ends the grant now; false if there was none.
    bool revoke(Id const& viewer, Id const& subject) {
        if (!routes_.contains(viewer, subject)) return false;
        ends_.erase(ends_of_.find(viewer)->second.find(subject)->second);
        forget(viewer, subject);
        return true;
    }

    /// Drops the grants that are over, the first to end first, and tells how many they were. For each, when
    /// it is gone, `ended(viewer, subject)` is called: who is to be told that they see the subject no longer.
    template <class Ended>
    std::size_t expire(Ended&& ended) {
        time_point const now = clock_.now();
        std::size_t count = 0;
        for (; !ends_.empty() && !(now < ends_.begin()->first.until); ++count) {
            auto const over = ends_.extract(ends_.begin());
            auto const& [viewer, subject] = over.mapped();
            forget(viewer, subject);
            ended(viewer, subject);
        }
        return count;
    }
    std::size_t expire() {
        return expire([](Id const&, Id const&) {});
    }

    /// When the next grant ends: it is over by then, and `expire` has something to drop. In the past if that
    /// was not called in time.
    [[nodiscard]] std::optional<time_point> next_change_at() const noexcept {
        if (ends_.empty()) return std::nullopt;
        return ends_.begin()->first.until;
    }

    /// How many grants there are, with those that are over and were not dropped yet.
    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] bool empty() const noexcept { return ends_.empty(); }

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const
        noexcept(nothrow_find && detail::NothrowSubject<State, Id> &&
                 noexcept(sink(std::declval<Id const&>(), std::declval<State const&>()))) {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto&& open = gate.sink();
        Moment const now = read_clock();
        for (State const& update : batch.states()) {
            Id const& subject = presence_router::subject_of(update);
            for (Id const& viewer : routes_.view_from(subject))
                if (stands(viewer, subject, now) && !open(viewer, update)) return;
        }
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const
        noexcept(nothrow_find && noexcept(sink(viewer))) {
        detail::Gate<std::remove_reference_t<Sink>, Id> gate{sink};
        auto&& open = gate.sink();
        Moment const now = read_clock();
        for (Id const& subject : routes_.view_to(viewer))
            if (stands(viewer, subject, now) && !open(subject)) break;
        return std::nullopt;
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return detail::states_about(batch.states(), [&, now = read_clock()](Id const& subject) {
            return routes_.contains(viewer, subject) && stands(viewer, subject, now);
        });
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const noexcept(nothrow_find) {
        return routes_.contains(viewer, subject) && stands(viewer, subject, read_clock());
    }

private:
    // The end of one grant. The serial number tells those apart that end at one time.
    struct End {
        time_point until;
        std::uint64_t serial;
        friend bool operator<(End const& a, End const& b) noexcept {
            return a.until < b.until || (!(b.until < a.until) && a.serial < b.serial);
        }
    };
    template <class Value>
    using ById = detail::map_by_t<Id, Value>;

    // A time, and whether nothing is over by then: the usual case, in which no grant's end is looked up.
    struct Moment {
        time_point now;
        bool all_stand;
    };

    struct Undo {
        BasicTimedGrants* grants;
        Id const& viewer;
        Id const& subject;
        End const& end;
        ~Undo() {
            if (!grants) return;
            grants->ends_.erase(end);
            grants->forget(viewer, subject);
        }
    };

    Moment read_clock() const noexcept(noexcept(std::declval<Clock const&>().now())) {
        time_point const now = clock_.now();
        return {now, ends_.empty() || now < ends_.begin()->first.until};
    }

    /// Requires: there is such a grant.
    bool stands(Id const& viewer, Id const& subject, Moment const& moment) const noexcept(nothrow_find) {
        return moment.all_stand || moment.now < ends_of_.find(viewer)->second.find(subject)->second.until;
    }

    /// Takes the grant, as far as it was made, out of all but `ends_`.
    void forget(Id const& viewer, Id const& subject) {
        routes_.remove(viewer, subject);
        auto const of = ends_of_.find(viewer);
        if (of == ends_of_.end()) return;
        of->second.erase(subject);
        if (of->second.empty()) ends_of_.erase(of);
    }

    Routes routes_;
    ById<ById<End>> ends_of_;               // by viewer and subject
    std::map<End, std::pair<Id, Id>> ends_; // in the order in which they come
    std::uint64_t next_serial_ = 0;
    PRESENCE_ROUTER_NO_UNIQUE_ADDRESS Clock clock_{};
};

/// Time-limited routes in the Matrix vocabulary.
using TimedGrants = BasicTimedGrants<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
