// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace presence_router::inline v0 {

/// What a router claims about itself, and so is held to. Each claim includes those before it.
enum class Claim {
    /// Who is routed a state sees its subject; the lanes agree; equal questions have equal answers.
    routed_is_seen,
    /// The order of a batch does not matter.
    any_order,
    /// What becomes of an update depends on no other update of its batch.
    one_by_one,
    /// Answers depend on who and not on the state, and updates are routed unchanged: push, pull and `sees`
    /// are three sides of one relation. Where pull is all users, push says whose.
    relation,
};

} // namespace presence_router::inline v0
