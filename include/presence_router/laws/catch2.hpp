// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/laws/breach.hpp>

#include <optional>
#include <string>

// For Catch2 2.13 and 3, included before or after them: only what is declared here is needed of them.
namespace Catch {

template <class, class>
struct StringMaker;

/// Makes Catch2 print the sentence when
///   CHECK_FALSE(find_breach(router, users, states));
/// fails, at the line of the check.
template <>
struct StringMaker<std::optional<presence_router::Breach>, void> {
    static std::string convert(std::optional<presence_router::Breach> const& breach) {
        return breach ? breach->sentence : "no breach";
    }
};

} // namespace Catch
