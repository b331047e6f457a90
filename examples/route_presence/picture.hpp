// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace route_presence {

/// Writes a graph in DOT to the file, as a picture if it is to be one by its name: .svg, .png; or as it is: .dot,
/// .gv, and "-" for standard output. Pictures are made by the program `dot`; if that fails the file is not touched.
/// Throws: std::runtime_error that names the file or the program, and what is wrong.
void write_picture(std::string const& path, std::string const& dot);

} // namespace route_presence
