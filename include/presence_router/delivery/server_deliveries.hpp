// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/delivery_plan.hpp>
#include <presence_router/delivery/planned_states.hpp>
#include <presence_router/delivery/presence_edus.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/place_iterator.hpp>
#include <presence_router/server_name_of.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

namespace detail {

/// Refuses at compile time ids of which nothing tells their server.
template <class Id>
consteval bool check_on_servers() {
    constexpr bool fits = OnServers<Id>;
    static_assert(
        fits, "presence_router: what goes to which server can be told of ids that name one: give the id a "
              "member server_name(), or a function server_name_of(id) beside it.");
    return fits;
}

} // namespace detail

/// What goes to each remote server, by a delivery plan: a random access range of entries, each a server and
/// the states that users there receive; see `by_server`.
/// Lifetime: refers to the plan, and so is valid until that is filled again, moved or gone.
template <class Id, class State>
class BasicServerDeliveries {
    struct Entries;

public:
    using user_id_type = Id;
    using state_type = State;
    using iterator = detail::PlaceIterator<Entries>;

    struct Entry {
        std::string_view server;
        PlannedStates<State> states; // never empty

        /// The states in batches of at most `max_presence_states_per_edu`, one for each EDU.
        [[nodiscard]] PresenceEdus<State> edus() const noexcept { return PresenceEdus<State>{states}; }
    };

    /// Begins anew, for this plan, and uses the memory again. If memory runs out, this is empty.
    template <class Allocator>
    void assign(BasicDeliveryPlan<Id, State, Allocator> const& plan, std::string_view own_server) {
        clear();
        if constexpr (detail::check_on_servers<Id>()) {
            struct Filling {
                BasicServerDeliveries* deliveries;
                ~Filling() {
                    if (deliveries) deliveries->clear();
                }
            } filling{this};
            number_subjects(plan.states(), own_server);
            group_viewers(plan, own_server);
            states_ = plan.states();
            for (std::uint32_t server = 0; server < servers_.size(); ++server) collect(plan, server);
            filling.deliveries = nullptr;
        }
    }
    template <class Allocator>
    void assign(BasicDeliveryPlan<Id, State, Allocator> const&&, std::string_view) = delete; // would be gone

    void clear() noexcept {
        servers_.clear();
        subjects_.clear();
        without_server_.clear();
        entries_.clear();
        places_.clear();
    }

    /// How many servers receive something.
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    [[nodiscard]] iterator begin() const noexcept { return {{this}, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {{this}, size()}; }
    /// Requires: number < size().
    [[nodiscard]] Entry operator[](std::size_t number) const noexcept {
        std::size_t const begin = number == 0 ? 0 : entries_[number - 1].end;
        return {servers_.values()[entries_[number].server],
                {states_.data(), {places_.data() + begin, places_.data() + entries_[number].end}}};
    }

    /// The viewers of the plan whose ids name no server: to them nothing can be sent.
    [[nodiscard]] std::span<Id const* const> without_server() const noexcept { return without_server_; }

private:
    static constexpr std::uint32_t none = 0xffff'ffff;

    struct Entries {
        Entry operator[](std::size_t number) const noexcept { return (*deliveries)[number]; }
        BasicServerDeliveries const* deliveries = nullptr;
    };
    struct Delivery {
        std::uint32_t server;
        std::size_t end; // of its places
    };
    struct Newest {
        std::uint32_t server = none; // for which it is
        std::uint32_t place = 0;
    };

    void number_subjects(std::span<State const* const> states, std::string_view own_server) {
        subject_of_place_.clear();
        for (State const* const state : states) {
            Id const& subject = presence_router::subject_of(*state);
            bool const is_own = presence_router::server_name_of(subject) == own_server;
            subject_of_place_.push_back(is_own ? subjects_.assign(subject) : none);
        }
        newest_.assign(subjects_.size(), {});
    }

    /// Sorts the remote viewers by their servers, counting.
    template <class Plan>
    void group_viewers(Plan const& plan, std::string_view own_server) {
        server_of_viewer_.clear();
        for (auto const& [viewer, states] : plan) {
            std::optional<std::string_view> const name = presence_router::server_name_of(viewer);
            bool const names_one = name && !name->empty();
            if (!names_one) without_server_.push_back(std::addressof(viewer));
            bool const is_remote = names_one && *name != own_server;
            server_of_viewer_.push_back(is_remote ? servers_.assign(*name) : none);
        }
        viewer_ends_.assign(servers_.size() + 1, 0);
        for (std::uint32_t const server : server_of_viewer_)
            if (server != none) ++viewer_ends_[server + 1];
        std::partial_sum(viewer_ends_.begin(), viewer_ends_.end(), viewer_ends_.begin());
        viewers_.resize(viewer_ends_.back());
        for (std::uint32_t viewer = 0; viewer < server_of_viewer_.size(); ++viewer)
            if (server_of_viewer_[viewer] != none)
                viewers_[viewer_ends_[server_of_viewer_[viewer]]++] = viewer;
    }

    /// What the viewers on `server` receive, of each subject the last.
    template <class Plan>
    void collect(Plan const& plan, std::uint32_t server) {
        found_.clear();
        for (std::size_t at = server == 0 ? 0 : viewer_ends_[server - 1]; at < viewer_ends_[server]; ++at)
            for (std::uint32_t const place : plan[viewers_[at]].states.places()) {
                std::uint32_t const subject = subject_of_place_[place];
                if (subject == none) continue;
                Newest& newest = newest_[subject];
                if (std::exchange(newest.server, server) != server) {
                    newest.place = place;
                    found_.push_back(subject);
                }
                newest.place = (std::max)(newest.place, place);
            }
        if (found_.empty()) return;
        auto const begin = static_cast<std::ptrdiff_t>(places_.size());
        for (std::uint32_t const subject : found_) places_.push_back(newest_[subject].place);
        std::sort(places_.begin() + begin, places_.end());
        entries_.push_back({server, places_.size()});
    }

    std::span<State const* const> states_; // the plan's
    detail::Numbering<std::string_view> servers_;
    detail::Numbering<Id> subjects_; // those of the own server
    std::vector<std::uint32_t> subject_of_place_;
    std::vector<Newest> newest_; // by subject
    std::vector<std::uint32_t> server_of_viewer_;
    std::vector<std::uint32_t> viewer_ends_; // by server
    std::vector<std::uint32_t> viewers_;     // by server
    std::vector<std::uint32_t> found_;       // subjects
    std::vector<Id const*> without_server_;
    std::vector<Delivery> entries_;
    std::vector<std::uint32_t> places_;
};

/// What goes to each remote server, in the Matrix vocabulary.
using ServerDeliveries = BasicServerDeliveries<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
