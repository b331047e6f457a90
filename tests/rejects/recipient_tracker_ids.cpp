// SPDX-License-Identifier: BSL-1.0
// expect: what a recipient tracker tracks needs == and std::hash, or <\.
// within: 30
#include <presence_router/delivery/recipient_tracker.hpp>

struct Session { // nothing to find it by
    int number;
};

presence_router::BasicRecipientTracker<presence_router::UserId, Session> tracker;
