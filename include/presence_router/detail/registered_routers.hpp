// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/unite.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/runtime/any_presence_router.hpp>
#include <presence_router/runtime/registered_router.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// The union of erased routers, in order: PresenceRouterChain for a list that is known at run time only. A
/// constant, but that lists may share routers.
template <class Id, class State>
class RegisteredRouters : public RouterInterface<RegisteredRouters<Id, State>> {
public:
    using user_id_type = Id;
    using state_type = State;

    struct Entry {
        RegisteredRouter id;
        std::shared_ptr<BasicAnyPresenceRouter<Id, State> const> router;
    };

    RegisteredRouters() = default;
    explicit RegisteredRouters(std::vector<Entry> entries) noexcept : entries_(std::move(entries)) {}

    [[nodiscard]] std::vector<Entry> const& entries() const noexcept { return entries_; }

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const {
        Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto const& open = gate.sink();
        for (Entry const& entry : entries_) {
            entry.router->for_each_route(batch, open);
            if (!open.is_open()) return;
        }
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        Gate<std::remove_reference_t<Sink>, Id> gate{sink};
        auto const& open = gate.sink();
        for (Entry const& entry : entries_) {
            if (auto const everybody = entry.router->for_each_subject(viewer, open)) return everybody;
            if (!open.is_open()) break;
        }
        return std::nullopt;
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        set_for_t<State> result;
        for (Entry const& entry : entries_) unite(result, entry.router->states_for_user(viewer, batch));
        return result;
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const {
        for (Entry const& entry : entries_)
            if (entry.router->sees(viewer, subject)) return true;
        return false;
    }

private:
    std::vector<Entry> entries_;
};

} // namespace presence_router::inline v0::detail
