// SPDX-License-Identifier: BSL-1.0
#include "picture.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

namespace route_presence {

namespace {

[[noreturn]] void fail(std::string const& what) {
    throw std::runtime_error{what + ": " + std::generic_category().message(errno)};
}

/// What `dot` makes of the text. Neither text nor file name goes through a shell; and since the input is a file and
/// only the output a pipe, neither process can wait for the other for ever.
std::string run_dot(std::string const& text, char const* format) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const input{std::tmpfile(), std::fclose};
    if (!input || std::fwrite(text.data(), 1, text.size(), input.get()) != text.size() ||
        std::fflush(input.get()) != 0)
        fail("a temporary file cannot be written");
    std::rewind(input.get());

    std::array<int, 2> output{};
    if (pipe(output.data()) != 0) fail("dot cannot be run");
    pid_t const child = fork();
    if (child == 0) {
        dup2(fileno(input.get()), STDIN_FILENO);
        dup2(output[1], STDOUT_FILENO);
        close(output[0]);
        close(output[1]);
        execlp("dot", "dot", format, static_cast<char*>(nullptr));
        _exit(errno == ENOENT ? 127 : 126);
    }
    close(output[1]);
    std::string picture;
    if (child > 0) {
        std::array<char, 8192> piece{};
        ssize_t size = 0;
        while ((size = read(output[0], piece.data(), piece.size())) > 0 || (size < 0 && errno == EINTR))
            if (size > 0) picture.append(piece.data(), static_cast<std::size_t>(size));
    }
    close(output[0]);
    int status = -1;
    if (child < 0 || waitpid(child, &status, 0) < 0) fail("dot cannot be run");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        throw std::runtime_error{
            "there is no program dot to make the picture: install Graphviz, or name a .dot file"};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error{"dot failed, and made no picture"};
    return picture;
}

} // namespace

void write_picture(std::string const& path, std::string const& dot) {
    if (path == "-") {
        std::cout << dot;
        return;
    }
    std::string const kind = std::filesystem::path{path}.extension().string();
    std::string content;
    if (kind == ".dot" || kind == ".gv") content = dot;
    else if (kind == ".svg") content = run_dot(dot, "-Tsvg");
    else if (kind == ".png") content = run_dot(dot, "-Tpng");
    else throw std::runtime_error{path + ": a graph is written to a file named .dot, .gv, .svg or .png"};
    errno = 0;
    std::ofstream file{path, std::ios::binary};
    if (!(file << content).flush()) fail(path);
}

} // namespace route_presence
