// SPDX-License-Identifier: BSL-1.0
#include "json_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace route_presence {

namespace {

using nlohmann::json;

/// Builds the value as nlohmann's own parser does, but notices repeated keys, of which that keeps the last
/// without a word, and bounds the depth, so that a line of brackets does not take a multiple of its size in
/// memory.
class Builder final : public json::json_sax_t {
public:
    Document document;
    std::string failure;
    std::size_t failed_at = 0; // as many bytes had been read; 0 if the place is not known

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, string_t const&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t& value) override { return put(std::move(value)); }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        open_.back().key = std::move(name);
        if (open_.back().value->contains(open_.back().key))
            document.repeated.push_back({here(), "is there twice"});
        return true;
    }

    bool parse_error(std::size_t position, std::string const&, json::exception const& error) override {
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
        json* value; // stays where it is: while it is open, its parent gets no other child
        std::string key;
    };

    json* place(json&& value) {
        if (open_.empty()) return &(document.value = std::move(value));
        json& parent = *open_.back().value;
        if (parent.is_object()) return &(parent[open_.back().key] = std::move(value));
        parent.push_back(std::move(value));
        return &parent.back();
    }

    bool put(json&& value) {
        place(std::move(value));
        return true;
    }

    bool open(json&& value) {
        constexpr std::size_t deepest = 32;
        if (open_.size() == deepest) {
            failure = "nested deeper than " + std::to_string(deepest) + " levels";
            return false;
        }
        open_.push_back({place(std::move(value)), {}});
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    std::string here() const {
        std::string pointer;
        for (auto const& [value, key] : open_)
            pointer += value->is_array() ? '/' + std::to_string(value->size() - 1) : pointer_to(key);
        return pointer;
    }

    std::vector<Open> open_;
};

std::string place_of(std::size_t byte, std::string_view text) {
    std::string_view const before = text.substr(0, byte == 0 ? 0 : byte - 1);
    auto const newline = before.rfind('\n');
    std::string const column = "column " + std::to_string(byte - (newline == before.npos ? 0 : newline + 1));
    if (text.find('\n') == text.npos) return column;
    return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ", " + column;
}

} // namespace

Document read_json(std::string_view text) {
    if (text.empty())
        throw Problem{"", "is not JSON: it is empty"}; // nlohmann's versions say this in two ways
    // nlohmann's parser takes a NUL for the end, and would let anything follow it.
    if (auto const nul = text.find('\0'); nul != text.npos)
        throw Problem{"", "is not JSON: NUL at " + place_of(nul + 1, text)};
    Builder builder;
    if (json::sax_parse(text, &builder)) return std::move(builder.document);
    std::string const place = builder.failed_at == 0 ? "" : " at " + place_of(builder.failed_at, text);
    throw Problem{"", "is not JSON: " + builder.failure + place};
}

} // namespace route_presence
