// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/glob_on_server.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/room_mates.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/detail/unwrap.hpp>
#include <presence_router/privacy/msc4325/presence_sharing_configs.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0::msc4325_2026_01_23 {

/// Whether who matches an allowed user id or glob is let in though they are denied or ignored as well. The
/// proposal says so; its reviewers are not agreed.
enum class ExplicitAllow : unsigned char { beats_deny, yields_to_deny };

/// Nobody ignores anybody.
struct NoIgnoreLists {
    constexpr bool operator()(UserId const&, UserId const&) const noexcept { return false; }
};

/// The `allowed_recipients` of one push object; nullopt where the field is to be left out.
using AllowedRecipients = std::optional<std::vector<std::string>>;

/// MSC4325 presence privacy, as of 2026-01-23. A viewer receives the presence of a subject, not their own, if
///   1. they match an allowed user id or glob of the subject; or, unless the subject ignores or denies them,
///   2. they share a room with the subject that is allowed, or 3. one that is not denied.
/// A subject without a configuration shares by 3; rooms of which the subject is no member count for nothing.
/// Strangers: an allowed id lets in whoever it is. A glob lets in who shares a room with the subject,
/// whatever room, and the `users` given; of others nobody could tell whom to route to.
///
/// Is made from
///   configs     the configurations; refers to them
///   directory   a Directory of UserIds, and of room ids that are text; refers to it
///   ignores     `ignores(user, other) -> bool`: whether `other` is on the ignore list of `user`
///   users       whom the server delivers to: a range of UserIds with `contains(user)`, such as a std::set,
///               or std::cref of one; by default none
/// Requires: what the directory answers does not change within a call.
/// Complexity: of a push, linear in the members of the subject's rooms, and in `users` if a glob is allowed;
/// of a pull, in the members of the viewer's rooms, and in all allowed globs if the viewer is in `users`; of
/// `sees`, in the rooms of the subject, times those of the viewer where the directory has no `is_member`.
/// Each streaming call keeps a set of the users shown; `sees` allocates nothing.
/// Thread safety: as what it holds, when that is asked through const.
template <class D, class Ignores = NoIgnoreLists, class Users = std::set<UserId>>
class PresencePrivacy : public RouterInterface<PresencePrivacy<D, Ignores, Users>> {
    static_assert(detail::MatrixDirectory<D>,
                  "presence_router: MSC4325 needs a Directory of UserIds, and of room ids that are text.");
    static_assert(std::predicate<Ignores const&, UserId const&, UserId const&>,
                  "presence_router: MSC4325 asks ignores(user, other) -> bool, as a const object.");

public:
    using user_id_type = UserId;
    using state_type = UserPresenceState;
    static constexpr std::string_view name = "PresencePrivacy";

    explicit PresencePrivacy(PresenceSharingConfigs const& configs, D const& directory,
                             Ignores ignores = Ignores(), Users users = Users(),
                             ExplicitAllow explicit_allow = ExplicitAllow::beats_deny)
        : configs_{&configs}, directory_{std::addressof(directory)}, ignores_(std::move(ignores)),
          users_(std::move(users)), explicit_allow_{explicit_allow} {}

    /// What is about to end cannot be referred to.
    PresencePrivacy(PresenceSharingConfigs const&&, D const&, Ignores = Ignores(), Users = Users(),
                    ExplicitAllow = ExplicitAllow::beats_deny) = delete;
    PresencePrivacy(PresenceSharingConfigs const&, D const&&, Ignores = Ignores(), Users = Users(),
                    ExplicitAllow = ExplicitAllow::beats_deny) = delete;

    template <class Sink>
    void for_each_route(Batch<UserPresenceState> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, UserId, UserPresenceState> gate{sink};
        auto&& open = gate.sink();
        for (UserPresenceState const& update : batch.states())
            if (!for_each_viewer(update.user_id, [&](UserId const& viewer) { return open(viewer, update); }))
                return;
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(UserId const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, UserId> gate{sink};
        auto&& open = gate.sink();
        detail::ShowOnce<UserId, std::remove_reference_t<decltype(open)>> show{open};
        auto const shows = [&](auto const& room) {
            return std::optional{[&, text = detail::room_text(room)](UserId const& subject) {
                Rules const rules = rules_of(subject);
                return rules.allow(viewer) || (rules->room_counts(text) && !rules.refuse(viewer));
            }};
        };
        auto const show_allowed = [&](UserId const& subject) {
            return viewer == subject || !rules_of(subject).allow(viewer) || show(subject);
        };
        if (detail::for_each_room_mate(*directory_, viewer, shows, show) &&
            configs_->for_each_listing(viewer, show_allowed) && users().contains(viewer))
            configs_->for_each_glob_match(viewer, show_allowed);
        return std::nullopt;
    }

    [[nodiscard]] std::set<UserPresenceState> states_for_user(UserId const& viewer,
                                                              Batch<UserPresenceState> batch) const {
        return detail::states_about(batch.states(),
                                    [&](UserId const& subject) { return sees(viewer, subject); });
    }

    [[nodiscard]] bool sees(UserId const& viewer, UserId const& subject) const {
        if (viewer == subject) return false;
        Rules const rules = rules_of(subject);
        if (rules.allow(viewer)) {
            auto const any_room = [](auto const&) { return true; };
            return rules->allowed_users.users.contains(viewer) || users().contains(viewer) ||
                   detail::share_room(*directory_, subject, viewer, any_room);
        }
        auto const counts = [&](auto const& room) { return rules->room_counts(detail::room_text(room)); };
        return !rules.refuse(viewer) && detail::share_room(*directory_, subject, viewer, counts);
    }

    /// What the push objects about `subject` for the server `destination` have to carry, one element for each
    /// object: at most 256 recipients in it, only such as can be at home there, rooms resolved. No element:
    /// send nothing, because an empty list would be read as no list. nullopt: leave the field out; that
    /// server tells everybody there who shares a room, which is right, since the subject has no configuration
    /// and ignores nobody there. Allowed globs stand for themselves, but with `yields_to_deny` for those whom
    /// they let in here: another server does not know who is denied.
    [[nodiscard]] std::vector<AllowedRecipients> allowed_recipients(UserId const& subject,
                                                                    std::string_view destination) const {
        std::vector<std::string> recipients;
        std::vector<Glob> globs;
        Rules const rules = rules_of(subject);
        if (explicit_allow_ == ExplicitAllow::beats_deny)
            std::copy_if(rules->allowed_users.globs.begin(), rules->allowed_users.globs.end(),
                         std::back_inserter(globs), [destination](Glob const& glob) {
                             return detail::may_match_on_server(glob.pattern(), destination);
                         });
        for (Glob const& glob : globs) recipients.emplace_back(glob.pattern());
        for_each_viewer(subject, [&](UserId const& viewer) {
            auto const covers = [&](Glob const& glob) { return glob.matches(viewer.str()); };
            if (viewer.server_name() == destination && std::none_of(globs.begin(), globs.end(), covers))
                recipients.emplace_back(viewer.str());
            return true;
        });
        if (!recipients.empty() && configs_->find(subject) == nullptr &&
            ignores_nobody_on(destination, subject))
            return {std::nullopt};
        return in_chunks(std::move(recipients));
    }

private:
    /// What is asked of a subject's configuration, and of their ignore list.
    class Rules {
    public:
        Rules(PresencePrivacy const& router, UserId const& subject, PresenceSharingConfig const& config)
            : router_{router}, subject_{subject}, config_{config} {}

        PresenceSharingConfig const* operator->() const noexcept { return &config_; }

        bool refuse(UserId const& viewer) const {
            return config_.denied_users.matches(viewer) || router_.ignores_(subject_, viewer);
        }
        /// Step 1, wherever the viewer is.
        bool allow(UserId const& viewer) const {
            return config_.allowed_users.matches(viewer) && !overruled(viewer);
        }
        bool overruled(UserId const& viewer) const {
            return router_.explicit_allow_ == ExplicitAllow::yields_to_deny && refuse(viewer);
        }

    private:
        PresencePrivacy const& router_;
        UserId const& subject_;
        PresenceSharingConfig const& config_;
    };

    Rules rules_of(UserId const& subject) const {
        static PresenceSharingConfig const none;
        PresenceSharingConfig const* const config = configs_->find(subject);
        return {*this, subject, config == nullptr ? none : *config};
    }

    /// Shows each viewer of `subject` once, until `sink` answers false, and tells whether it did not.
    template <class Sink>
    bool for_each_viewer(UserId const& subject, Sink&& sink) const {
        Rules const rules = rules_of(subject);
        SharingList const& allowed = rules->allowed_users;
        detail::ShowOnce<UserId, std::remove_reference_t<Sink>> show{sink};
        auto const lets_in = [&](auto const& room) {
            bool const counts = rules->room_counts(detail::room_text(room));
            auto const rule = [&rules, counts](UserId const& viewer) {
                return rules.allow(viewer) || (counts && !rules.refuse(viewer));
            };
            return counts || !allowed.globs.empty() ? std::optional{rule} : std::nullopt;
        };
        if (!detail::for_each_room_mate(*directory_, subject, lets_in, show)) return false;
        auto const show_allowed = [&](UserId const& viewer) {
            return viewer == subject || rules.overruled(viewer) || show(viewer);
        };
        for (UserId const& viewer : allowed.users)
            if (!show_allowed(viewer)) return false;
        if (!allowed.globs.empty())
            for (UserId const& viewer : users())
                if (allowed.matches_glob(viewer) && !show_allowed(viewer)) return false;
        return true;
    }

    bool ignores_nobody_on(std::string_view server, UserId const& subject) const {
        auto const ignored = [&](auto const&) {
            return std::optional{[&](UserId const& viewer) {
                return viewer.server_name() == server && ignores_(subject, viewer);
            }};
        };
        auto const stop = [](UserId const&) { return false; };
        return detail::for_each_room_mate(*directory_, subject, ignored, stop);
    }

    static std::vector<AllowedRecipients> in_chunks(std::vector<std::string> recipients) {
        constexpr std::size_t most = 256;
        std::vector<AllowedRecipients> chunks;
        for (std::size_t at = 0; at < recipients.size(); ++at) {
            if (at % most == 0) chunks.emplace_back(std::in_place);
            chunks.back()->push_back(std::move(recipients[at]));
        }
        return chunks;
    }

    auto const& users() const noexcept { return detail::unwrap(users_); }

    PresenceSharingConfigs const* configs_;
    D const* directory_;
    Ignores ignores_;
    Users users_;
    ExplicitAllow explicit_allow_;
};

} // namespace presence_router::inline v0::msc4325_2026_01_23
