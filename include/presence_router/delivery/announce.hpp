// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/recipient_change.hpp>
#include <presence_router/state_about.hpp>
#include <presence_router/subject_of.hpp>

#include <concepts>

namespace presence_router::inline v0 {

/// What is sent to who may no longer see a subject. Some protocols want the subject to go offline for them,
/// as XMPP does when a contact is blocked; some forbid it, as Matrix's sliding sync does: the state that was
/// shown last then stays until the client forgets it.
enum class OnLoss : unsigned char { retract, stay_silent };

/// Shows what a change of recipients has to send, as `sink(recipient, state)`: the subject's state `now` to
/// who was gained, and, with `OnLoss::retract`, a state that tells nothing, `state_about<State>(subject)`, to
/// who was lost. (Of a Matrix user that is offline, never active, without a message.)
/// Complexity: linear in the change. Lifetime: what the sink is shown lives for the call.
template <class To, class State, std::invocable<To const&, State const&> Sink>
void announce(RecipientChange<To> const& change, State const& now, OnLoss on_loss, Sink&& sink) {
    for (To const& recipient : change.gained) sink(recipient, now);
    if (on_loss == OnLoss::stay_silent || change.lost.empty()) return;
    State const nothing = presence_router::state_about<State>(presence_router::subject_of(now));
    for (To const& recipient : change.lost) sink(recipient, nothing);
}

} // namespace presence_router::inline v0
