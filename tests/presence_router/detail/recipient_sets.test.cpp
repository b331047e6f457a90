// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/recipient_sets.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <set>

using namespace presence_router;

TEST_CASE("a recipient whom no set has gives its number back") {
    detail::RecipientSets<int, int> sets;
    std::uint32_t const one = sets.enter(1), two = sets.enter(2);
    for (int recipient = 10; recipient < 1000; ++recipient) { // they come and go
        CHECK(sets.add(one, recipient));
        CHECK_FALSE(sets.add(one, recipient));
        CHECK(sets.add(two, recipient));
        CHECK(sets.find_recipient(recipient) < 2);
        sets.remove(one, recipient - 1);
        sets.remove(one, recipient);
        CHECK(sets.find_recipient(recipient) != sets.none);
        CHECK(sets.erase_recipient(recipient) == 1);
        CHECK(sets.find_recipient(recipient) == sets.none);
    }
    CHECK(sets.size() == 0);
    CHECK(sets.subject_count() == 2);
}

TEST_CASE("a set that is taken away is not among the entries, whatever stood there") {
    detail::RecipientSets<int, int> sets;
    for (int subject = 0; subject < 10; ++subject) sets.add(sets.enter(subject), subject % 3);
    sets.leave_if_empty(sets.find_subject(4)); // it is not
    for (int const subject : {3, 7, 0}) sets.erase(sets.find_subject(subject));
    sets.enter(7);
    std::set<int> subjects;
    for (auto const& [subject, recipients] : sets.entries()) {
        CHECK(recipients.size() == (subject == 7 ? 0 : 1));
        CHECK(subjects.insert(subject).second);
    }
    CHECK(subjects == std::set{1, 2, 4, 5, 6, 7, 8, 9});
    CHECK(sets.size() == 7);
    sets.leave_if_empty(sets.find_subject(7));
    CHECK(sets.find_subject(7) == sets.none);
}
