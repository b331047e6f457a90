// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/subject_of.hpp>

#include <type_traits>

namespace presence_router::inline v0::detail {

template <class From, class To>
concept NothrowConvertibleTo = std::is_nothrow_convertible_v<From, To>;

/// Whether to ask `State` for its subject throws nothing; neither may what makes an `Id` of the answer.
template <class State, class Id>
concept NothrowSubject = requires(State const& state) {
    { presence_router::subject_of(state) } noexcept -> NothrowConvertibleTo<Id const&>;
};

} // namespace presence_router::inline v0::detail
