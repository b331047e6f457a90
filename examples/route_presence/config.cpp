// SPDX-License-Identifier: BSL-1.0
#include "config.hpp"

#include "fields.hpp"
#include "json_reader.hpp"

#include <presence_router/user_id.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace route_presence {

namespace {

using nlohmann::json;
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
            // A key that is passed over may be a misspelt rule, and presence that leaks because of it.
            else report({pointer_to(key), "is none of the keys \"routes\" and \"receive_all\""});
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
        std::vector<UserId> result;
        if (!users.is_array()) {
            report({where, std::string{"has to be an array of user ids, is "} + users.type_name()});
            return result;
        }
        for (std::size_t index = 0; index < users.size(); ++index)
            if (auto user = read_user(users[index], where + '/' + std::to_string(index)))
                result.push_back(std::move(*user));
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
