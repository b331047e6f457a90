// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include "exit_code.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace route_presence {

namespace {

using presence_router::InvalidUserId;
using presence_router::Timestamp;
using presence_router::UserId;

constexpr char const* description =
    "Routes Matrix presence: reads who may see whom and a stream of presence updates, and writes\n"
    "who receives what.\n";

constexpr char const* footer = R"(CONFIG is a JSON object; every key may be left out:
  {"routes":        {"@alice:example.org": ["@bob:example.com", "@charlie:somewhere.org"]},
   "receive_all":   ["@monitor:example.org"],
   "exclude":       ["@dan:example.org"],
   "allow_servers": ["example.org", "*.example.org"],
   "deny_servers":  ["guests.example.org"]}
Here Alice receives the presence of Bob and Charlie, and the monitor everybody's but Dan's, which
nobody receives. Nobody else receives anything: Bob does not see Alice unless he has a route of his
own. Presence goes to users of the allowed servers only (of all, without that key), and never to
users of the denied ones. In the names of servers * stands for any text and ? for one character.

UPDATES are JSON lines, each of one of these kinds:
  {"push": [{"user_id": "@bob:example.com", "presence": "online", "last_active_ago": 5000}]}
  {"edu_type": "m.presence", "content": {"push": [...]}}
  {"type": "m.presence", "sender": "@bob:example.com", "content": {"presence": "online"}}
that is, the content of a federation EDU, the whole EDU, or a client's event. user_id or sender and
presence (online, unavailable, offline, busy) have to be there; last_active_ago (milliseconds),
status_msg and currently_active may be.

The output has a line for each viewer who received something, in the order of their ids:
  {"viewer": "@alice:example.org", "events": [{"type": "m.presence", "sender": ..., "content": ...}]}
with the events in the order of the input, and an event that is there twice, alike in all, once. With
--by-server it has a line for each m.presence EDU of at most 50 states, the last of each user:
  {"destination": "example.com", "edu": {"edu_type": "m.presence", "content": {"push": [...]}}}
What is wrong with the input goes to standard error, as FILE:LINE: and what and why; everything else is
routed all the same.

Examples:
  route_presence config.json updates.jsonl
  tail -n 1000 presence.log | route_presence config.json
  route_presence config.json --interested @alice:example.org
  route_presence config.json --sees @alice:example.org @bob:example.com && echo visible
  route_presence config.json --explain @alice:example.org @dan:example.org
  route_presence config.json --graph who-sees-whom.svg
  route_presence config.json updates.jsonl --by-server example.org
  route_presence config.json updates.jsonl --compare tried.json

Exit code:
  0  all input was routed or compared; with --sees and --explain: yes
  1  some input was skipped; with --sees and --explain: no
  2  nothing could be done, or the output is not complete: command line, configuration, a file that
     cannot be read, output that cannot be written)";

std::string user_id_error(std::string const& text) {
    try {
        UserId{text};
        return {};
    } catch (InvalidUserId const& error) {
        return error.what();
    }
}

std::string server_name_error(std::string const& text) {
    auto const error = UserId::error_in("@user:" + text);
    return error ? "NAME is no server name: " + std::string{error->reason()} : std::string{};
}

} // namespace

std::variant<Options, int> read_command_line(int argc, char const* const* argv) {
    Options options;
    std::string interested;
    std::pair<std::string, std::string> sees;
    std::pair<std::string, std::string> explain;
    std::int64_t now = 0;

    CLI::App app{description, "route_presence"};
    app.footer(footer);
    app.add_option("CONFIG", options.config, "Who may see whom")->type_name("FILE")->required();
    auto const* const updates =
        app.add_option("UPDATES", options.updates, "Presence updates; standard input if absent or -")
            ->type_name("FILE");
    auto const* const ask_interested =
        app.add_option("--interested", interested, "Write whose presence VIEWER receives; reads no updates")
            ->type_name("VIEWER")
            ->check(user_id_error);
    auto const* const ask_sees =
        app.add_option("--sees", sees, "Write whether VIEWER receives SUBJECT's presence; reads no updates")
            ->type_name("VIEWER SUBJECT")
            ->check(user_id_error);
    auto const* const ask_explain =
        app.add_option("--explain", explain,
                       "Write whether VIEWER receives SUBJECT's presence, and why: what each\n"
                       "router and each rule says of it; reads no updates")
            ->type_name("VIEWER SUBJECT")
            ->check(user_id_error);
    auto const* const draw_graph =
        app.add_option("--graph", options.graph,
                       "Draw who receives whose presence among the users that CONFIG names,\n"
                       "with arrows from the subject to the viewer: FILE.dot (.gv, or - for\n"
                       "standard output) for Graphviz, or a picture, FILE.svg or FILE.png, if\n"
                       "Graphviz is there; reads no updates")
            ->type_name("FILE");
    auto const* const compare_with =
        app.add_option("--compare", options.compare,
                       "Write, instead of what is received, who would gain and who would\n"
                       "lose what of the updates under the configuration OTHER")
            ->type_name("OTHER");
    auto const* const send_from =
        app.add_option("--by-server", options.by_server,
                       "Write, instead of what is received, what the server NAME sends to which\n"
                       "other one: what its own users' viewers there receive")
            ->type_name("NAME")
            ->check(server_name_error);
    constexpr std::int64_t latest = (std::int64_t{1} << 53) - 1;
    auto const* const fixed_now =
        app.add_option("--now", now,
                       "Let updates arrive and be written at this time, in milliseconds\n"
                       "since 1970, for output that can be repeated. Without it the clock\n"
                       "says when, and last_active_ago grows while the input is read")
            ->type_name("MS")
            ->check(CLI::Range(std::int64_t{0}, latest).description(""));

    try {
        app.parse(argc, argv);
        bool const routes = updates->count() > 0 || compare_with->count() > 0 || send_from->count() > 0;
        int const tasks = (routes ? 1 : 0) + (ask_interested->count() > 0 ? 1 : 0) +
                          (ask_sees->count() > 0 ? 1 : 0) + (ask_explain->count() > 0 ? 1 : 0) +
                          (draw_graph->count() > 0 ? 1 : 0);
        if (tasks > 1)
            throw CLI::ValidationError{
                "UPDATES (with --compare or --by-server), --interested, --sees, --explain and --graph",
                "only one of them can be given"};
        if (compare_with->count() > 0 && send_from->count() > 0)
            throw CLI::ValidationError{"--compare and --by-server", "only one of them can be given"};
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? exit_good : exit_failed;
    }

    if (options.updates.empty()) options.updates = "-";
    if (ask_interested->count() > 0) options.interested = UserId{interested};
    if (ask_sees->count() > 0) options.sees = {UserId{sees.first}, UserId{sees.second}};
    if (ask_explain->count() > 0) options.explain = {UserId{explain.first}, UserId{explain.second}};
    if (fixed_now->count() > 0) options.now = Timestamp{std::chrono::milliseconds{now}};
    return options;
}

} // namespace route_presence
