// SPDX-License-Identifier: BSL-1.0
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/system/system_error.hpp>

namespace net = boost::asio;
namespace net_error = boost::asio::error;
using SystemError = boost::system::system_error;

#include "asio/asio_suite.hpp"
