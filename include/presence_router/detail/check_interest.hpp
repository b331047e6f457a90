// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/borrowed_batch.hpp>
#include <presence_router/detail/check_directory.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/decide.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <concepts>

namespace presence_router::inline v0::detail {

template <class R, class D>
concept OfOneVocabulary = std::same_as<user_id_t<R>, user_id_t<D>>;

/// Whether a router, a batch, a directory and a predicate on its rooms go together; refuses at compile time
/// what does not, with the one sentence that tells what to do.
template <class R, class B, class D, class RoomPredicate>
consteval bool check_interest() {
    static_assert(check_router<unwrapped_t<R>>());
    static_assert(check_directory<D>());
    constexpr bool is_router = router_fault<unwrapped_t<R>>() == RouterFault::none;
    if constexpr (is_router && directory_fault<D>() == DirectoryFault::none) {
        constexpr bool one_vocabulary = OfOneVocabulary<R, D>;
        static_assert(one_vocabulary,
                      "presence_router: the users of the directory are not those of the router: both need "
                      "the same user_id_type. An empty chain speaks of UserId.");
        constexpr bool stays = BorrowableBatch<B, state_t<R>>;
        static_assert(stays,
                      "presence_router: what is answered refers to the batch, so the batch has to outlive "
                      "it: pass a variable whose states lie in a row (a vector or an array of state_type), a "
                      "std::span, or one state, and nothing temporary.");
        constexpr bool decides = Decides<RoomPredicate, D, room_id_t<D>>;
        static_assert(decides,
                      "presence_router: the room predicate is called with (room) or with (directory, room), "
                      "as a const object, and answers bool.");
        return one_vocabulary && stays && decides;
    } else {
        return false;
    }
}

} // namespace presence_router::inline v0::detail
