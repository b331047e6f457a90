// SPDX-License-Identifier: BSL-1.0
// The audience of one update whose subject is in 50 overlapping rooms: nanoseconds for a viewer, each of whom is in 1 to
// 4 of the rooms and shown once, beside what one would write by hand.
//   shared_rooms [--repetitions N] [--viewers N]
// The first contenders do the same work from the same directory. Two do not, and are there for the scale: "numbered"
// has users who are small numbers already, and an array for all of them, which one thread owns and never lets go;
// "not told apart" shows a viewer once for each room.
#include "benchmark.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

using namespace presence_router;

constexpr std::size_t rooms = 50;

/// The user number 0 is in all rooms.
struct House {
    std::vector<std::size_t> const& rooms_of(UserId const& id) const { return id == subject ? all : none; }
    std::vector<UserId> const& members_of(std::size_t room) const { return members[room]; }

    UserId subject;
    std::vector<std::size_t> all, none;
    std::vector<std::vector<UserId>> members;          // by room
    std::vector<std::vector<std::uint32_t>> numbers{}; // the same
};

House house_of(std::vector<UserId> const& users) {
    House house{users.front(), {}, {}, std::vector<std::vector<UserId>>(rooms)};
    house.numbers.resize(rooms);
    people::Dice dice{users.size()};
    for (std::size_t number = 1; number < users.size(); ++number) {
        std::set<std::size_t> in;
        for (std::size_t const count = 1 + dice(4); in.size() < count;) in.insert(dice(rooms));
        for (std::size_t const room : in) house.numbers[room].push_back(static_cast<std::uint32_t>(number));
    }
    for (std::size_t room = 0; room < rooms; ++room) {
        std::vector<std::uint32_t>& numbers = house.numbers[room];
        numbers.push_back(0);
        for (std::size_t i = numbers.size(); i > 1; --i) std::swap(numbers[i - 1], numbers[dice(i)]);
        for (std::uint32_t const number : numbers) house.members[room].push_back(users[number]);
        house.all.push_back(room);
    }
    return house;
}

/// What a sink does with a viewer.
class Sum {
public:
    explicit Sum(UserId const& subject) : subject_{&subject} {}
    void operator()(UserId const& viewer) {
        if (!(viewer == *subject_)) sum_ += viewer.str().size();
    }
    std::uint64_t value() const { return sum_; }

private:
    UserId const* subject_;
    std::uint64_t sum_ = 0;
};

template <class Set>
std::uint64_t with_set(House const& house) {
    Set seen;
    Sum sum{house.subject};
    for (std::vector<UserId> const& members : house.members)
        for (UserId const& member : members)
            if (seen.insert(member).second) sum(member);
    return sum.value();
}

template <class Less, class Same>
std::uint64_t sorted(House const& house, Less const& less, Same const& same) {
    std::vector<UserId const*> all;
    for (std::vector<UserId> const& members : house.members)
        for (UserId const& member : members) all.push_back(&member);
    std::sort(all.begin(), all.end(), less);
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    Sum sum{house.subject};
    for (UserId const* member : all) sum(*member);
    return sum.value();
}

std::uint32_t hash_of(UserId const& id) {
    return static_cast<std::uint32_t>((std::hash<UserId>{}(id) * 0x9e37'79b9'7f4a'7c15U) >> 32);
}

/// Open addressing, pointers with their hashes.
class HashSet {
public:
    explicit HashSet(std::size_t expected)
        : slots_(std::bit_ceil((std::max)(expected, std::size_t{48}) * 4 / 3)) {}

    bool insert(UserId const& id) {
        if ((used_ + 1) * 4 > slots_.size() * 3) grow();
        std::uint32_t const hash = hash_of(id);
        std::size_t at = hash & (slots_.size() - 1);
        for (; slots_[at].id != nullptr; at = (at + 1) & (slots_.size() - 1))
            if (slots_[at].hash == hash && *slots_[at].id == id) return false;
        slots_[at] = {&id, hash};
        ++used_;
        return true;
    }

private:
    struct Slot {
        UserId const* id = nullptr;
        std::uint32_t hash = 0;
    };

    void grow() {
        std::vector<Slot> const old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 4));
        for (Slot const& slot : old)
            if (slot.id != nullptr) {
                std::size_t at = slot.hash & (slots_.size() - 1);
                while (slots_[at].id != nullptr) at = (at + 1) & (slots_.size() - 1);
                slots_[at] = slot;
            }
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

std::size_t memberships(House const& house) {
    std::size_t all = 0;
    for (std::vector<UserId> const& members : house.members) all += members.size();
    return all;
}

std::uint64_t with_hash_set(House const& house, std::size_t expected) {
    HashSet seen{expected};
    Sum sum{house.subject};
    for (std::vector<UserId> const& members : house.members)
        for (UserId const& member : members)
            if (seen.insert(member)) sum(member);
    return sum.value();
}

/// All are put into 128 buckets by their hashes first, and each bucket has a set of its own.
std::uint64_t with_buckets(House const& house) {
    struct Entry {
        UserId const* id;
        std::uint32_t hash;
    };
    constexpr std::size_t buckets = 128;
    std::size_t const all = memberships(house);
    std::unique_ptr<Entry[]> const entries = std::make_unique_for_overwrite<Entry[]>(all);
    std::vector<std::uint32_t> hashes;
    hashes.reserve(all);
    std::vector<std::size_t> at(buckets + 1);
    for (std::vector<UserId> const& members : house.members)
        for (UserId const& member : members) {
            hashes.push_back(hash_of(member));
            ++at[(hashes.back() >> 25) + 1];
        }
    std::size_t const largest = *std::max_element(at.begin(), at.end());
    for (std::size_t i = 1; i <= buckets; ++i) at[i] += at[i - 1];
    auto hash = hashes.begin();
    for (std::vector<UserId> const& members : house.members)
        for (UserId const& member : members) {
            entries[at[*hash >> 25]++] = {&member, *hash};
            ++hash;
        }
    std::vector<std::uint32_t> table(std::bit_ceil(largest * 3 / 2 + 1));
    Sum sum{house.subject};
    std::size_t number = 0;
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        std::fill(table.begin(), table.end(), 0U);
        for (; number < at[bucket]; ++number) {
            Entry const& entry = entries[number];
            std::size_t slot = entry.hash & (table.size() - 1);
            bool known = false;
            while (table[slot] != 0 && !known) {
                Entry const& other = entries[table[slot] - 1];
                known = other.hash == entry.hash && *other.id == *entry.id;
                slot = (slot + 1) & (table.size() - 1);
            }
            if (known) continue;
            table[slot] = static_cast<std::uint32_t>(number + 1);
            sum(*entry.id);
        }
    }
    return sum.value();
}

std::uint64_t numbered(House const& house, std::vector<UserId> const& users) {
    static std::vector<std::uint32_t> stamps;
    static std::uint32_t stamp = 0;
    stamps.resize((std::max)(stamps.size(), users.size()));
    ++stamp;
    Sum sum{house.subject};
    for (std::vector<std::uint32_t> const& members : house.numbers)
        for (std::uint32_t const member : members)
            if (std::exchange(stamps[member], stamp) != stamp) sum(users[member]);
    return sum.value();
}

std::uint64_t not_told_apart(House const& house) {
    Sum sum{house.subject};
    for (std::vector<UserId> const& members : house.members)
        for (UserId const& member : members) sum(member);
    return sum.value();
}

void run(std::size_t viewers, std::size_t repetitions) {
    std::vector<UserId> const users = people::crowd(viewers + 1);
    House const house = house_of(users);
    SharedRooms const router{house};
    std::vector<UserPresenceState> const batch{people::update_of(house.subject, 0)};
    auto const routed = [&] {
        std::uint64_t sum = 0;
        router.for_each_route(batch, [&](UserId const& viewer, UserPresenceState const&) {
            sum += viewer.str().size();
            return true;
        });
        return sum;
    };
    auto const by_text = [&] {
        return sorted(
            house, [](UserId const* a, UserId const* b) { return *a < *b; },
            [](UserId const* a, UserId const* b) { return *a == *b; });
    };
    std::vector<benchmark::Contender> contenders{
        {"obvious C++", [&] { return with_set<std::unordered_set<UserId>>(house); }},
        {"std::set", [&] { return with_set<std::set<UserId>>(house); }},
        {"sort, unique", by_text},
        {"hash set by hand", [&] { return with_hash_set(house, 0); }},
        {"hash set, all fit", [&] { return with_hash_set(house, memberships(house)); }},
        {"buckets by hand", [&] { return with_buckets(house); }},
        {"SharedRooms", routed},
        {"numbered", [&] { return numbered(house, users); }},
    };
    for (benchmark::Contender const& contender : contenders)
        benchmark::require(contender.run() == routed(), contender.name);
    contenders.push_back({"not told apart", [&] { return not_told_apart(house); }});
    benchmark::compare("shared rooms", std::to_string(viewers), contenders, viewers, repetitions);
}

} // namespace

int main(int argc, char** argv) {
    std::size_t const repetitions = benchmark::option(argc, argv, "--repetitions", 5);
    if (std::size_t const viewers = benchmark::option(argc, argv, "--viewers", 0)) {
        run(viewers, repetitions);
        return 0;
    }
    for (std::size_t const viewers : {1'000U, 10'000U, 100'000U, 1'000'000U}) run(viewers, repetitions);
}
