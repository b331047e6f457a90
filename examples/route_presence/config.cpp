// SPDX-License-Identifier: BSL-1.0
#include "config.hpp"

#include "fields.hpp"
#include "json_reader.hpp"

#include <presence_router/glob.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace route_presence {

namespace {

using nlohmann::json;
using presence_router::Glob;
using presence_router::UserId;

class ConfigReader {
public:
    Config read(std::string_view text) && {
        try {
            Document document = read_json(text);
            config_.problems = std::move(document.repeated);
            read_sections(document.value);
        } catch (Problem& problem) {
            config_.problems.push_back(std::move(problem));
        }
        return std::move(config_);
    }

private:
    void read_sections(json const& object) {
        require_object(object);
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
            if (glob.is_string()) return std::optional{Glob{glob.get_ref<std::string const&>()}};
            report({at, std::string{"has to be a string, is "} + glob.type_name()});
            return std::optional<Glob>{};
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
        try {
            return to_user_id(user);
        } catch (Problem const& problem) {
            report({where + problem.where, problem.reason});
            return std::nullopt;
        }
    }

    void report(Problem problem) { config_.problems.push_back(std::move(problem)); }

    Config config_;
};

} // namespace

Config read_config(std::string_view text) { return ConfigReader{}.read(text); }

} // namespace route_presence
