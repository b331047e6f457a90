// SPDX-License-Identifier: BSL-1.0
// The library can be included after headers that define common words as macros. Compiling this file is the
// test: a template's text is parsed where it is included, not where it is used.

// What the library is built on comes first: range-v3 and standard libraries have no such promise to keep.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <compare>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <optional>
#include <ostream>
#include <range/v3/range/concepts.hpp>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>
#include <version>
#if __has_include(<format>)
#    include <format>
#endif

// Windows
#define min(a, b) broken by a macro
#define max(a, b) broken by a macro
#define near broken by a macro
#define far broken by a macro
#define small broken by a macro
#define interface broken by a macro
#define IN broken by a macro
#define OUT broken by a macro
#define OPTIONAL broken by a macro
#define ERROR broken by a macro
#define DELETE broken by a macro
#define DOMAIN broken by a macro
#define OVERFLOW broken by a macro
#define VOID broken by a macro
#define CONST broken by a macro
#define TRUE broken by a macro
#define FALSE broken by a macro
// The C library
#define major broken by a macro
#define minor broken by a macro
#define makedev broken by a macro
// Qt
#define emit broken by a macro
#define slots broken by a macro
#define signals broken by a macro
#define foreach broken by a macro
#define forever broken by a macro
// Apple
#define check broken by a macro
#define verify broken by a macro
#define require broken by a macro
// X11
#define None broken by a macro
#define Bool broken by a macro
#define Status broken by a macro
#define Always broken by a macro
#define Success broken by a macro

#include <presence_router/laws/catch2.hpp>
#include <presence_router/laws/laws.hpp>
#include <presence_router/presence_router.hpp>

int main() {}
