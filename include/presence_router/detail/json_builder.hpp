// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/interop/json_problem.hpp>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Builds the value as nlohmann's own parser does, but notices repeated keys, of which that keeps the last
/// without a word, and bounds the depth, so that a line of brackets does not take a multiple of its size in
/// memory.
class JsonBuilder final : public nlohmann::json::json_sax_t {
    using Json = nlohmann::json;

public:
    static constexpr std::size_t deepest = 32;

    /// What is told of repeated keys takes at most `longest_report` bytes of pointers: a key as long as half
    /// the text may stand above as many repeated ones as the other half has room for.
    explicit JsonBuilder(std::size_t longest_report) : room_{longest_report} {}

    Json value;
    std::vector<JsonProblem> repeated; // in the order of the text
    std::string failure;
    std::size_t failed_at = 0; // as many bytes had been read; 0 if the place is not known

    bool null() override { return put(nullptr); }
    bool boolean(bool truth) override { return put(truth); }
    bool number_integer(number_integer_t number) override { return put(number); }
    bool number_unsigned(number_unsigned_t number) override { return put(number); }
    bool number_float(number_float_t number, string_t const&) override { return put(number); }
    bool string(string_t& text) override { return put(std::move(text)); }
    bool binary(binary_t& bytes) override { return put(std::move(bytes)); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        open_.back().key = std::move(name);
        if (!open_.back().value->contains(open_.back().key)) return true;
        repeated.push_back({here(), "is there twice"});
        if (repeated.back().where.size() > room_) {
            failure = "more repeated keys than can be told";
            return false;
        }
        room_ -= repeated.back().where.size();
        return true;
    }

    bool parse_error(std::size_t position, std::string const&, Json::exception const& error) override {
        // "[id] where: while doing what - reason; last read: ...": the reason is ours to place, and what was
        // read last may be megabytes.
        std::string_view reason = error.what();
        for (std::string_view const lead : {"] ", ": ", " - "}) {
            auto const at = reason.find(lead);
            if (at != reason.npos) reason.remove_prefix(at + lead.size());
        }
        constexpr std::size_t longest = 100; // what is left may quote a number, of any length
        failure = reason.substr(0, (std::min)(longest, reason.find("; last read")));
        failed_at = position;
        return false;
    }

private:
    struct Open {
        Json* value; // stays where it is: while it is open, its parent gets no other child
        std::string key;
    };

    Json* place(Json&& child) {
        if (open_.empty()) return &(value = std::move(child));
        Json& parent = *open_.back().value;
        if (parent.is_object()) return &(parent[open_.back().key] = std::move(child));
        parent.push_back(std::move(child));
        return &parent.back();
    }

    bool put(Json&& child) {
        place(std::move(child));
        return true;
    }

    bool open(Json&& child) {
        if (open_.size() == deepest) {
            failure = "nested deeper than " + std::to_string(deepest) + " levels";
            return false;
        }
        open_.push_back({place(std::move(child)), {}});
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    std::string here() const {
        std::string pointer;
        for (auto const& [container, key] : open_)
            pointer += container->is_array() ? '/' + std::to_string(container->size() - 1)
                                             : (Json::json_pointer{} / key).to_string();
        return pointer;
    }

    std::vector<Open> open_;
    std::size_t room_;
};

} // namespace presence_router::inline v0::detail
