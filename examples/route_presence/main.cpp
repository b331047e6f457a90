// SPDX-License-Identifier: BSL-1.0
#include "config.hpp"
#include "deliveries.hpp"
#include "exit_code.hpp"
#include "lines.hpp"
#include "options.hpp"
#include "picture.hpp"
#include "progress.hpp"

#include <presence_router/interop/presence_json.hpp>
#include <presence_router/presence_router.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace presence_router;
using namespace route_presence;
using nlohmann::ordered_json;

std::ifstream open_file(std::string const& path) {
    // Some standard libraries open a directory and read nothing from it, as if it were an empty file.
    if (std::error_code unknown; std::filesystem::is_directory(path, unknown))
        throw std::runtime_error{path + ": cannot be read: is a directory"};
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error{path + ": " + std::generic_category().message(errno)};
    return file;
}

std::string read_file(std::string const& path) {
    std::ifstream file = open_file(path);
    std::string text;
    std::array<char, 8192> piece;
    do {
        file.read(piece.data(), piece.size());
        text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    } while (file);
    if (file.bad()) throw std::runtime_error{path + ": cannot be read"};
    return text;
}

Timestamp read_clock() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void write_line(ordered_json const& answer) {
    std::cout << answer.dump(-1, ' ', true) << '\n'; // in ASCII, as all output
}

template <PresenceRouter Router>
int answer_interested(Router const& router, UserId const& viewer) {
    InterestedUsers const interest = router.get_interested_users(viewer);
    auto const* const users = std::get_if<std::set<UserId>>(&interest);
    ordered_json answer{{"viewer", viewer.str()}, {"all_users", users == nullptr}};
    if (users) {
        answer["users"] = ordered_json::array();
        for (UserId const& user : *users) answer["users"].push_back(user.str());
    }
    write_line(answer);
    return exit_good;
}

template <PresenceRouter Router>
int answer_sees(Router const& router, UserId const& viewer, UserId const& subject) {
    bool const sees = router.sees(viewer, subject);
    write_line({{"viewer", viewer.str()}, {"subject", subject.str()}, {"sees", sees}});
    return sees ? exit_good : exit_no;
}

/// Calls `take` with each update that `in`, called `name` and of `size` bytes if that is known, has.
template <class Now, class Take>
int for_each_update(std::istream& in, std::string const& name, std::optional<std::uint64_t> size,
                    Now const& now, Take const& take) {
    Lines lines{in};
    Progress progress{size};
    int code = exit_good;
    auto const report = [&](JsonProblem const& problem) {
        progress.erase();
        std::cerr << name << ':' << lines.number() << ": " << problem << '\n';
        code = exit_skipped;
    };

    while (lines.next()) {
        progress.show(lines.number(), lines.bytes());
        if (lines.is_too_long()) {
            report({"", "is longer than " + std::to_string(Lines::longest) + " bytes"});
        } else if (lines.text().find_first_not_of(" \t\r") != std::string::npos) {
            PresenceUpdates line = presence_from_text(lines.text(), now());
            for (UserPresenceState& update : line.updates) take(std::move(update));
            for (JsonProblem const& problem : line.problems) report(problem);
        }
    }
    progress.erase();
    if (in.bad()) {
        std::cerr << name + ": cannot be read after line " + std::to_string(lines.number()) + '\n';
        code = exit_failed;
    }
    return code;
}

template <class Now, class Take>
int for_each_update(std::string const& path, Now const& now, Take const& take) {
    if (path == "-") return for_each_update(std::cin, "<stdin>", std::nullopt, now, take);
    std::ifstream file = open_file(path);
    std::error_code no_size; // a pipe has none
    auto const size = std::filesystem::file_size(path, no_size);
    return for_each_update(file, path, no_size ? std::nullopt : std::optional<std::uint64_t>{size}, now,
                           take);
}

/// Adds all updates to `updates`.
template <class Now>
int read_updates(std::string const& path, Now const& now, std::vector<UserPresenceState>& updates) {
    return for_each_update(path, now,
                           [&](UserPresenceState&& update) { updates.push_back(std::move(update)); });
}

/// Writes who receives what of the updates, or, if `own_server` is given, what that sends to which server.
template <PresenceRouter Router, class Now>
int route(Router const& router, std::string const& path, std::optional<std::string> const& own_server,
          Now const& now) {
    std::vector<UserPresenceState> updates;
    int const code = read_updates(path, now, updates);
    DeliveryPlan const plan = plan_delivery(router, updates);
    if (own_server) write_edus(plan, *own_server, std::cout, now());
    else write_inboxes(plan, std::cout, now());
    return code;
}

/// Writes who gains and who loses what of the updates when `tried` routes them instead of `router`.
template <PresenceRouter Router, class Now>
int answer_compare(Router const& router, Router const& tried, std::string const& path, Now const& now) {
    std::vector<UserPresenceState> updates;
    int const code = read_updates(path, now, updates);
    std::cout << compare(router, tried, updates);
    return code;
}

template <PresenceRouter Router>
int answer_explain(Router const& router, UserId const& viewer, UserId const& subject) {
    Explanation const explanation = explain(router, viewer, subject);
    std::cout << explanation;
    return explanation.sees() ? exit_good : exit_no;
}

template <PresenceRouter Router>
int draw_graph(Router const& router, Config const& config, std::string const& path) {
    std::set<UserId> const users(config.users.begin(), config.users.end());
    write_picture(path, routing_graph(router, users).dot());
    return exit_good;
}

/// The configuration, or nullopt if something is wrong with it, which is then printed.
std::optional<Config> load_config(std::string const& path) {
    Config config = read_config(read_file(path));
    for (JsonProblem const& problem : config.problems) std::cerr << path << ": " << problem << '\n';
    if (!config.problems.empty()) return std::nullopt;
    return config;
}

int run(int argc, char const* const* argv) {
    auto const command = read_command_line(argc, argv);
    if (auto const* code = std::get_if<int>(&command)) return *code;
    Options const& options = std::get<Options>(command);

    auto const config = load_config(options.config);
    if (!config) return exit_failed;
    auto const now = [&] { return options.now ? *options.now : read_clock(); };
    auto const policy = make_policy(*config);
    if (options.interested) return answer_interested(policy, *options.interested);
    if (options.sees) return answer_sees(policy, options.sees->first, options.sees->second);
    if (options.explain) return answer_explain(policy, options.explain->first, options.explain->second);
    if (options.graph) return draw_graph(policy, *config, *options.graph);
    if (options.compare) {
        auto const tried = load_config(*options.compare);
        if (!tried) return exit_failed;
        return answer_compare(policy, make_policy(*tried), options.updates, now);
    }
    return route(policy, options.updates, options.by_server, now);
}

} // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    try {
        int const code = run(argc, argv);
        // A full disk shows itself only now, and half an answer must not pass for a whole one.
        if (!std::cout.flush()) throw std::runtime_error{"standard output cannot be written"};
        return code;
    } catch (std::exception const& error) {
        std::cerr << "route_presence: " << error.what() << '\n';
        return exit_failed;
    }
}
