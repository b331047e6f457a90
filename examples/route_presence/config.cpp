// SPDX-License-Identifier: BSL-1.0
#include "config.hpp"

#include <presence_router/glob.hpp>
#include <presence_router/interop/json_text.hpp>
#include <presence_router/user_id.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace route_presence {

namespace {

using nlohmann::json;
using presence_router::FromJson;
using presence_router::Glob;
using presence_router::UserId;

std::string pointer_to(std::string const& key) { return (json::json_pointer{} / key).to_string(); }

class ConfigReader {
public:
    Config read(std::string_view text) && {
        FromJson<json> document = presence_router::json_from_text(text);
        config_.problems = std::move(document.problems);
        if (document.value) read_sections(*document.value);
        return std::move(config_);
    }

private:
    void read_sections(json const& object) {
        if (!object.is_object()) {
            report({"", std::string{"has to be an object, is "} + object.type_name()});
            return;
        }
        for (auto const& [key, value] : object.items()) {
            if (key == "routes") read_routes(value);
            else if (key == "receive_all") config_.receive_all = read_users(value, "/receive_all");
            else if (key == "exclude") config_.exclude = read_users(value, "/exclude");
            else if (key == "allow_servers") config_.allow_servers = read_globs(value, "/allow_servers");
            else if (key == "deny_servers") config_.deny_servers = read_globs(value, "/deny_servers");
            // A key that is passed over may be a misspelt rule, and presence that leaks because of it.
            else
                report({pointer_to(key), "is none of the keys \"routes\", \"receive_all\", \"exclude\", "
                                         "\"allow_servers\" and \"deny_servers\""});
        }
    }

    void read_routes(json const& routes) {
        if (!routes.is_object()) {
            report({"/routes", std::string{"has to be an object of viewers, is "} + routes.type_name()});
            return;
        }
        for (auto const& [key, value] : routes.items()) {
            std::string const where = "/routes" + pointer_to(key);
            std::optional<UserId> const viewer = read_user(key, where);
            for (UserId const& subject : read_users(value, where))
                if (viewer) config_.routes.add(*viewer, subject);
        }
    }

    std::vector<UserId> read_users(json const& users, std::string const& where) {
        return read_array<UserId>(users, where, "user ids", [this](json const& user, std::string const& at) {
            return read_user(user, at);
        });
    }

    std::vector<Glob> read_globs(json const& globs, std::string const& where) {
        return read_array<Glob>(globs, where, "globs", [this](json const& glob, std::string const& at) {
            std::string const* const text = read_text(glob, at);
            return text ? std::optional{Glob{*text}} : std::nullopt;
        });
    }

    template <class T, class Read>
    std::vector<T> read_array(json const& array, std::string const& where, char const* of, Read read) {
        std::vector<T> result;
        if (!array.is_array()) {
            report({where, std::string{"has to be an array of "} + of + ", is " + array.type_name()});
            return result;
        }
        for (std::size_t index = 0; index < array.size(); ++index)
            if (std::optional<T> value = read(array[index], where + '/' + std::to_string(index)))
                result.push_back(std::move(*value));
        return result;
    }

    std::optional<UserId> read_user(json const& user, std::string const& where) {
        std::string const* const text = read_text(user, where);
        return text ? read_user(*text, where) : std::nullopt;
    }

    std::optional<UserId> read_user(std::string const& text, std::string const& where) {
        if (auto const error = UserId::error_in(text)) {
            report({where, error->what()});
            return std::nullopt;
        }
        return *config_.users.emplace(text).first;
    }

    std::string const* read_text(json const& value, std::string const& where) {
        if (!value.is_string()) report({where, std::string{"has to be a string, is "} + value.type_name()});
        return value.get_ptr<std::string const*>();
    }

    void report(presence_router::JsonProblem problem) { config_.problems.push_back(std::move(problem)); }

    Config config_;
};

} // namespace

Config read_config(std::string_view text) { return ConfigReader{}.read(text); }

} // namespace route_presence
