// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/privacy/msc4325/presence_sharing_config.hpp>
#include <presence_router/routers/route_table.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <set>
#include <unordered_map>
#include <utility>

namespace presence_router::inline v0::msc4325_2026_01_23 {

/// The configurations of all users, indexed also by whom they allow, so that strangers find who lets them in.
/// Complexity: `set` and `erase` are linear in the listed users; finding is constant on average.
/// Thread safety: as a container.
class PresenceSharingConfigs {
public:
    /// Gives `user` this configuration in place of the one they have. Strong guarantee: who had one is never
    /// left without, which could share more.
    void set(UserId const& user, PresenceSharingConfig config) {
        auto const [at, is_new] = configs_.try_emplace(user);
        struct Undo { // without try, which -fno-exceptions refuses
            ~Undo() {
                if (done) return;
                configs.unlist(place->first, config, is_new ? nullptr : &place->second);
                if (is_new) configs.configs_.erase(place);
            }
            PresenceSharingConfigs& configs;
            Configs::iterator place;
            bool is_new;
            PresenceSharingConfig const& config;
            bool done = false;
        } undo{*this, at, is_new, config};
        for (UserId const& viewer : config.allowed_users.users) listed_.add(viewer, user);
        if (!config.allowed_users.globs.empty()) with_globs_.insert(user);
        undo.done = true;
        std::swap(at->second, config);
        unlist(user, config, &at->second);
    }

    /// Takes away the configuration of `user`; whether they had one.
    bool erase(UserId const& user) noexcept {
        auto const found = configs_.find(user);
        if (found == configs_.end()) return false;
        unlist(user, found->second, nullptr);
        configs_.erase(found);
        return true;
    }

    /// The configuration of `user`, or nullptr; valid until it is set or erased.
    [[nodiscard]] PresenceSharingConfig const* find(UserId const& user) const noexcept {
        auto const found = configs_.find(user);
        return found == configs_.end() ? nullptr : &found->second;
    }

    [[nodiscard]] std::size_t size() const noexcept { return configs_.size(); }
    [[nodiscard]] bool empty() const noexcept { return configs_.empty(); }

    /// Shows who lists `viewer` in `allowed_users`, by id, until `sink` answers false, and tells whether it
    /// did not. Complexity: linear in what it shows.
    template <class Sink>
    bool for_each_listing(UserId const& viewer, Sink&& sink) const {
        bool open = true;
        listed_.for_each_subject(viewer, [&](UserId const& user) { return open = sink(user); });
        return open;
    }

    /// Shows whose `allowed_users` have a glob that `viewer` matches, in the same manner. Complexity: linear
    /// in all globs that are allowed.
    template <class Sink>
    bool for_each_glob_match(UserId const& viewer, Sink&& sink) const {
        for (UserId const& user : with_globs_)
            if (find(user)->allowed_users.matches_glob(viewer) && !sink(user)) return false;
        return true;
    }

private:
    using Configs = std::unordered_map<UserId, PresenceSharingConfig>;

    /// Takes out of the index what `before` put in and `now`, if any, does not.
    void unlist(UserId const& user, PresenceSharingConfig const& before,
                PresenceSharingConfig const* now) noexcept {
        for (UserId const& viewer : before.allowed_users.users)
            if (now == nullptr || !now->allowed_users.users.contains(viewer)) listed_.remove(viewer, user);
        if (now == nullptr || now->allowed_users.globs.empty()) with_globs_.erase(user);
    }

    Configs configs_;
    RouteTable listed_;           // viewer -> who lists them
    std::set<UserId> with_globs_; // who allows a glob
};

} // namespace presence_router::inline v0::msc4325_2026_01_23
