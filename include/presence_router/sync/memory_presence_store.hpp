// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/change_order.hpp>
#include <presence_router/detail/value_index.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <cstdint>
#include <memory>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// The last state of each user, held in memory: a PresenceStore for hosts that have none of their own. To ask
/// allocates nothing.
/// Requires: an Id has == and a hash, or <. A state that is assigned another of its user keeps its subject.
/// Models: PresenceStore.
/// Complexity: `update` and `state_of` are constant on average (for ids that have < and no hash, logarithmic
/// in the users); the ranges are had in constant time, and gone through in time linear in what they show.
/// Memory: a state and some 30 bytes for each user who ever had one.
/// Thread safety: as a container.
template <class Id, class State>
class BasicMemoryPresenceStore {
    using Index = detail::ValueIndex<Id>;
    static constexpr bool nothrow_find =
        Index::nothrow_find && noexcept(presence_router::subject_of(std::declval<State const&>()));

public:
    using user_id_type = Id;
    using state_type = State;
    using token_type = std::uint64_t;

    /// Takes `state` for what is known of its subject now, and answers the token, one greater, that stands
    /// for it. Whether it is worth an update is the caller's to tell. Strong guarantee, if to assign a state
    /// has it.
    token_type update(State state) {
        std::uint32_t number = find(presence_router::subject_of(state));
        if (number == Index::none) number = enter(std::move(state));
        else states_[number] = std::move(state);
        order_.touch(number, ++token_);
        return token_;
    }

    /// Goes on to the next token without a change.
    token_type advance() noexcept { return ++token_; }

    /// 0 at first.
    [[nodiscard]] token_type current_token() const noexcept { return token_; }

    /// Null if nothing is known.
    [[nodiscard]] State const* state_of(Id const& user) const noexcept(nothrow_find) {
        std::uint32_t const number = find(user);
        return number == Index::none ? nullptr : std::addressof(states_[number]);
    }

    /// A forward view; the last to change comes first.
    [[nodiscard]] auto changed_since(token_type since) const noexcept {
        return std::ranges::transform_view(order_.since(since), At{states_.data()});
    }

    [[nodiscard]] std::span<State const> states() const noexcept { return states_; }

private:
    struct At {
        State const* states;
        State const& operator()(std::uint32_t number) const noexcept { return states[number]; }
    };

    std::uint32_t find(Id const& user) const noexcept(nothrow_find) {
        return index_.find(user, [this](std::uint32_t number) -> decltype(auto) {
            return presence_router::subject_of(states_[number]);
        });
    }

    std::uint32_t enter(State&& state) {
        auto const number = static_cast<std::uint32_t>(states_.size());
        order_.make_room(states_.size() + 1);
        states_.push_back(std::move(state));
        struct Undo { // without try, which -fno-exceptions refuses
            std::vector<State>* states;
            ~Undo() {
                if (states) states->pop_back();
            }
        } undo{&states_};
        index_.insert(presence_router::subject_of(states_.back()), number);
        undo.states = nullptr;
        return number;
    }

    std::vector<State> states_; // by number
    detail::ChangeOrder order_;
    Index index_;
    token_type token_ = 0;
};

/// The presence store of the Matrix vocabulary.
using MemoryPresenceStore = BasicMemoryPresenceStore<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
