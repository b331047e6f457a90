// SPDX-License-Identifier: BSL-1.0
// A router that waits, in a chain with routers that do not: it asks a directory, another server, over a socket.
// The directory may answer, be slow, be down, or be asked by somebody who gives up.
//
//   async_directory [up] [slow] [down] [cancelled]     which of these to show; all, without arguments
#define ASIO_STANDALONE
#define ASIO_HAS_CO_AWAIT 1 // Asio before 1.24 looks for it in GCC alone
#define ASIO_HAS_STD_COROUTINE 1
#include <exception> // Asio 1.22 needs it with libc++
#include <memory>

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>

#include <presence_router/presence_router.hpp>

#include <array>
#include <chrono>
#include <iostream>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

// How this host cancels: that it gives up is no failure of the directory.
template <class T, class Executor>
struct presence_router::AwaitCancelled<asio::awaitable<T, Executor>> {
    static bool by(std::exception_ptr const& error) {
        try {
            std::rethrow_exception(error);
        } catch (std::system_error const& failure) {
            return failure.code() == asio::error::operation_aborted;
        } catch (...) {
            return false;
        }
    }
};

namespace {

using namespace presence_router;
using namespace std::chrono_literals;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using std::chrono::milliseconds;

// --- the directory: "subjects_of @alice:x" or "viewers_of @carol:x", and a line of users for an answer

awaitable<void> answer_one(tcp::socket socket, milliseconds delay) {
    std::string question;
    co_await asio::async_read_until(socket, asio::dynamic_buffer(question), '\n', use_awaitable);
    asio::steady_timer timer{socket.get_executor(), delay};
    co_await timer.async_wait(use_awaitable);
    std::string_view const answer = question == "subjects_of @alice:x\n"  ? "@carol:x\n"
                                    : question == "viewers_of @carol:x\n" ? "@alice:x\n"
                                                                          : "\n";
    co_await asio::async_write(socket, asio::buffer(answer), use_awaitable);
}

awaitable<void> serve(tcp::acceptor& acceptor, milliseconds delay) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
        asio::co_spawn(acceptor.get_executor(), answer_one(std::move(socket), delay), asio::detached);
    }
}

// --- the router that asks it

class Directory {
public:
    Directory(tcp::endpoint server, milliseconds limit) : server_{std::move(server)}, limit_{limit} {}

    awaitable<std::vector<std::pair<UserId, UserPresenceState>>>
    get_users_for_states(std::span<UserPresenceState const> updates) const {
        std::vector<std::pair<UserId, UserPresenceState>> routes;
        for (UserPresenceState const& update : updates)
            for (UserId const& viewer : co_await ask("viewers_of " + std::string{update.user_id.str()}))
                routes.emplace_back(viewer, update);
        co_return routes;
    }

    awaitable<std::vector<UserId>> get_interested_users(UserId viewer) const {
        co_return co_await ask("subjects_of " + std::string{viewer.str()});
    }

private:
    struct Answer {
        std::vector<UserId> users;
        std::exception_ptr error;
    };

    awaitable<std::vector<UserId>> ask(std::string question) const {
        using namespace asio::experimental::awaitable_operators;
        asio::steady_timer timer{co_await asio::this_coro::executor, limit_};
        auto first = co_await (exchange(std::move(question)) || timer.async_wait(use_awaitable));
        if (first.index() == 1)
            throw std::runtime_error{"no answer within " + std::to_string(limit_.count()) + " ms"};
        Answer answer = std::get<0>(std::move(first));
        if (answer.error) std::rethrow_exception(answer.error);
        co_return std::move(answer.users);
    }

    // Fails by what it answers: || waits for the other side when this one throws.
    awaitable<Answer> exchange(std::string question) const {
        Answer answer;
        try {
            tcp::socket socket{co_await asio::this_coro::executor};
            co_await socket.async_connect(server_, use_awaitable);
            question += '\n';
            co_await asio::async_write(socket, asio::buffer(question), use_awaitable);
            std::string line;
            co_await asio::async_read_until(socket, asio::dynamic_buffer(line), '\n', use_awaitable);
            std::istringstream words{line};
            for (std::string word; words >> word;) answer.users.emplace_back(word);
        } catch (...) {
            answer.error = std::current_exception();
        }
        co_return answer;
    }

    tcp::endpoint server_;
    milliseconds limit_;
};
static_assert(AsyncPresenceRouter<Directory> && !PresenceRouter<Directory>);

// --- the host

// A directory that fails costs nobody what the other routers route.
void report(std::exception_ptr const& error) {
    try {
        std::rethrow_exception(error);
    } catch (std::system_error const& failure) {
        std::cout << "  the directory failed: " << failure.code().message() << '\n';
    } catch (std::exception const& failure) {
        std::cout << "  the directory failed: " << failure.what() << '\n';
    }
}

struct Scene {
    std::string_view name;
    milliseconds delay;    // of the directory
    milliseconds limit;    // of the router
    milliseconds gives_up; // the host
    bool is_down = false;
};
constexpr std::array scenes{
    Scene{"up", 10ms, 10s, 1min},
    Scene{"slow", 1h, 50ms, 1min},
    Scene{"down", 0ms, 10s, 1min, true},
    Scene{"cancelled", 1h, 10s, 50ms},
};

// Runs a question until it is answered, or until the host gives up.
template <class T, class Show>
void ask(asio::io_context& context, awaitable<T> question, milliseconds gives_up, Show const& show) {
    asio::cancellation_signal giving_up;
    asio::steady_timer timer{context, gives_up};
    auto const done = [&](std::exception_ptr const& error, T const& answer) {
        if (error) std::cout << "  the host has given up\n";
        else show(answer);
        context.stop();
    };
    asio::co_spawn(context, std::move(question), asio::bind_cancellation_slot(giving_up.slot(), done));
    timer.async_wait([&](std::error_code const& error) {
        if (!error) giving_up.emit(asio::cancellation_type::terminal);
    });
    context.run();
    context.restart();
}

void play(Scene const& scene) {
    asio::io_context context;
    tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
    tcp::endpoint const server = acceptor.local_endpoint();
    if (scene.is_down) acceptor.close();
    else asio::co_spawn(context, serve(acceptor, scene.delay), asio::detached);

    RouteTable routes;
    routes.add("@alice:x"_user, "@bob:x"_user);
    auto const chain = async_chain<awaitable>(
        std::ref(routes), Directory{server, scene.limit} | guarded(report), Broadcast{"@monitor:x"_user});
    std::array const updates{
        UserPresenceState{.user_id = "@bob:x"_user, .state = PresenceState::online},
        UserPresenceState{.user_id = "@carol:x"_user, .state = PresenceState::unavailable}};

    ask(context, chain.get_interested_users("@alice:x"_user), scene.gives_up, [](auto const& interest) {
        std::cout << "  @alice:x receives the presence of " << interest << '\n';
    });
    ask(context, chain.get_users_for_states(updates), scene.gives_up, [](auto const& receivers) {
        for (auto const& [viewer, states] : receivers) {
            std::cout << "  " << viewer << " is told of";
            for (UserPresenceState const& state : states) std::cout << ' ' << state.user_id;
            std::cout << '\n';
        }
    });
}

} // namespace

int main(int argc, char** argv) {
    std::set<std::string_view> wanted(argv + 1, argv + argc);
    for (Scene const& scene : scenes) {
        if (wanted.erase(scene.name) == 0 && argc > 1) continue;
        std::cout << "the directory is " << scene.name << ":\n";
        play(scene);
    }
    for (std::string_view const name : wanted) std::cerr << name << ": no such scene\n";
    return wanted.empty() ? 0 : 2;
}
