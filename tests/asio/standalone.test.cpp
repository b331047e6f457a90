// SPDX-License-Identifier: BSL-1.0
#define ASIO_STANDALONE
#define ASIO_HAS_CO_AWAIT 1 // Asio before 1.24 looks for it in GCC alone
#define ASIO_HAS_STD_COROUTINE 1
#include <exception> // Asio 1.22 needs it with libc++
#include <memory>

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>

#include <system_error>

namespace net = asio;
namespace net_error = asio::error;
using SystemError = std::system_error;

#include "asio/asio_suite.hpp"
