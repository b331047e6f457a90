// SPDX-License-Identifier: BSL-1.0
// Two source files include everything. If a definition is not inline they do not link, and if an object is
// not one object for the whole program it has two addresses.
#include "odr/addresses.hpp"

#include <cstdio>

Addresses addresses_in_b();
int routed_in_b();

int main() {
    int mistakes = 0;
    Addresses const here = addresses_of_this_file();
    Addresses const there = addresses_in_b();
    for (std::size_t i = 0; i < here.size(); ++i) {
        if (here[i] == there[i]) continue;
        std::printf("object %zu has two addresses\n", i);
        ++mistakes;
    }
    if (routed_in_b() != 2) {
        std::puts("a chain does not route");
        ++mistakes;
    }
    return mistakes == 0 ? 0 : 1;
}
