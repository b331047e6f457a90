// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace route_presence {

struct Document {
    nlohmann::json value;
    std::vector<Problem> repeated; // keys that an object has twice: which value counts is nobody's to guess
};

/// Throws: Problem, if `text` is not JSON, or nested deeper than any presence is.
Document read_json(std::string_view text);

} // namespace route_presence
