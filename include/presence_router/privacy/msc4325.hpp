// SPDX-License-Identifier: BSL-1.0
#pragma once

// Presence privacy as MSC4325 has it; the namespace names the date of the draft.
#include <presence_router/privacy/msc4325/presence_privacy.hpp>
#include <presence_router/privacy/msc4325/presence_sharing_config.hpp>
#include <presence_router/privacy/msc4325/presence_sharing_configs.hpp>
