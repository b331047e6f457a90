// SPDX-License-Identifier: BSL-1.0
#pragma once

// Selective presence as MSC4495 has it; the namespace names the date of the draft.
#include <presence_router/privacy/msc4495/presence_sharing.hpp>
#include <presence_router/privacy/msc4495/selective_presence.hpp>
