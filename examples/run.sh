#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs what is missing, builds the examples and runs them: the quick start, the policies, a directory that
# is asked over a socket, then sample presence through route_presence. Arguments go to route_presence instead of the sample: examples/run.sh --help
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tests/support/packages.sh"
need g++ cmake ninja-build librange-v3-dev nlohmann-json3-dev libcli11-dev libasio-dev || true

build=$here/../build/examples
cmake -G Ninja -S "$here/.." -B "$build" -DCMAKE_BUILD_TYPE=Release -DPRESENCE_ROUTER_BUILD_TESTS=OFF >/dev/null
cmake --build "$build"

if (($#)); then
    exec "$build/examples/route_presence" "$@"
fi
printf '\n# quick_start\n'
"$build/examples/quick_start"
printf '\n# policies\n'
"$build/examples/policies"
if [[ -x $build/examples/async_directory ]]; then # built where Asio is installed
    printf '\n# async_directory\n'
    "$build/examples/async_directory"
fi
printf '\n# route_presence config.json updates.jsonl\n'
cd "$here/route_presence"
"$build/examples/route_presence" config.json updates.jsonl
