// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/inquiry.hpp>
#include <presence_router/insight/explanation.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <optional>

namespace presence_router::inline v0 {

namespace detail {

struct explain_fn {
    template <class R>
    [[nodiscard]] BasicExplanation<user_id_t<R>> operator()(R const& router, user_id_t<R> const& viewer,
                                                            user_id_t<R> const& subject) const {
        static_assert(check_router<unwrapped_t<R>>());
        Inquiry inquiry;
        bool const sees = inquiry.ask(router, viewer, subject);
        return {viewer, subject, inquiry.take_nodes(), sees ? inquiry.decisive() : std::nullopt};
    }
};

} // namespace detail

/// Does `viewer` see `subject`, and why: what each router of a policy says, by its position and its name,
/// which adaptor denies, and which router decides, the first that grants it and is not denied around.
///   std::cout << explain(policy, alice, bob);
/// The library's chains and adaptors show what stands below them; any other router is asked `sees`. A name is
/// a member `name` of the router, such as `static constexpr std::string_view name`, or a function `name()`.
/// The question is that of `sees`, which knows no states. All routers are asked, also those that `sees` does
/// not get to. `observed` tells its observer nothing of it, and `transformed` is tried on
/// `state_about(subject)`.
/// Ensures: `explain(r, v, s).sees() == sees(r, v, s)`. The result owns what it holds.
/// Throws: what `sees` throws. That a router failed which `sees` would not ask is shown instead.
/// Complexity: one question to each router, and a few allocations.
inline constexpr detail::explain_fn explain{};

} // namespace presence_router::inline v0
