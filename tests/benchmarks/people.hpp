// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/vocabulary.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

// Users as a Matrix server knows them; synapse.py makes the same.
namespace people {

/// Numbers below `below`, the same with every standard library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_{seed} {}
    std::size_t operator()(std::size_t below) { return static_cast<std::size_t>(engine_() % below); }

private:
    std::mt19937_64 engine_;
};

/// The `number`th user, in some 25 characters: "@karin.4711:chat.example.org".
inline presence_router::UserId user(std::size_t number) {
    static constexpr std::array<char const*, 10> names{"alice", "bob",  "karin", "dmitri", "eve",
                                                       "fatou", "gigi", "henri", "ines",   "jo"};
    return presence_router::UserId{std::string{"@"} + names[number % names.size()] + "." +
                                   std::to_string(number) + ":chat.example.org"};
}

inline std::vector<presence_router::UserId> crowd(std::size_t size) {
    std::vector<presence_router::UserId> users;
    for (std::size_t number = 0; number < size; ++number) users.push_back(user(number));
    return users;
}

/// What changed for this user; one in three has a status message.
inline presence_router::UserPresenceState update_of(presence_router::UserId const& id, std::size_t number) {
    using namespace presence_router;
    UserPresenceState update{
        .user_id = id,
        .state = number % 4 == 0 ? PresenceState::unavailable : PresenceState::online,
        .last_active_ts = Timestamp{std::chrono::milliseconds{1'700'000'000'000 + number * 37}},
        .last_user_sync_ts = Timestamp{std::chrono::milliseconds{1'700'000'000'500 + number * 41}},
        .currently_active = number % 4 != 0};
    if (number % 3 == 0) update.status_msg = "in a meeting until " + std::to_string(number % 12) + " o'clock";
    return update;
}

} // namespace people
