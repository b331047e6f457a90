// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

/// A place in a JSON document, and the value there if there is one. It borrows the document, the key and the
/// node it was reached from; the pointer is put together only when something is wrong.
class JsonNode {
public:
    explicit JsonNode(nlohmann::json const& root) : value_{&root} {}

    /// Requires: `parent` is there, and an object.
    JsonNode(JsonNode const& parent, std::string_view key) : parent_{&parent}, key_{key} {
        auto const found = parent.value().find(key);
        if (found != parent.value().end()) value_ = &*found;
    }

    /// Requires: `parent` is there, and an array of more than `index` elements.
    JsonNode(JsonNode const& parent, std::size_t index)
        : parent_{&parent}, index_{index}, value_{&parent.value()[index]} {}

    JsonNode(JsonNode const&& parent, std::string_view key) = delete; // it would be gone
    JsonNode(JsonNode const&& parent, std::size_t index) = delete;

    explicit operator bool() const { return value_ != nullptr; }
    [[nodiscard]] nlohmann::json const& value() const { return *value_; }

    [[nodiscard]] std::string pointer() const {
        if (parent_ == nullptr) return {};
        if (parent_->value().is_array()) return parent_->pointer() + '/' + std::to_string(index_);
        return parent_->pointer() + (nlohmann::json::json_pointer{} / std::string{key_}).to_string();
    }

private:
    JsonNode const* parent_ = nullptr;
    std::string_view key_;
    std::size_t index_ = 0;
    nlohmann::json const* value_ = nullptr;
};

} // namespace presence_router::inline v0::detail
