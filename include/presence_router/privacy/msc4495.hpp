// SPDX-License-Identifier: BSL-1.0
#pragma once

// Selective presence as MSC4495 has it; the namespace names the date of the draft.
#include <presence_router/privacy/msc4495/inbound_action.hpp>
#include <presence_router/privacy/msc4495/inbound_recipients.hpp>
#include <presence_router/privacy/msc4495/outbound_recipients.hpp>
#include <presence_router/privacy/msc4495/presence_sharing.hpp>
#include <presence_router/privacy/msc4495/recipient_update.hpp>
#include <presence_router/privacy/msc4495/selective_presence.hpp>
