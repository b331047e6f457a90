#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs what is missing, then configures, builds and runs the tests.
#
#   tests/run.sh                      every leg
#   tests/run.sh --quick              one compiler, no sanitizer: the inner loop
#   tests/run.sh --without-synapse    every leg but the one that installs a Synapse and tries the module in it
#   tests/run.sh LEG...               these legs; the names are those of CMakePresets.json, `meson` and `synapse`
set -u
cd "$(dirname "$0")/.." || exit
source tests/support/packages.sh

every_leg=(gcc clang clang-libcxx gcc-asan clang-asan clang-tsan meson synapse)
without=
case ${1-} in
-h | --help) sed -n '3,8s/^# \{0,1\}//p' "$0" && exit ;;
--quick) legs=(quick) ;;
--without-synapse) legs=("${every_leg[@]}") without=synapse ;;
'') legs=("${every_leg[@]}") ;;
*) legs=("$@") ;;
esac

need python3 g++ cmake ninja-build librange-v3-dev catch2 librapidcheck-dev nlohmann-json3-dev libcli11-dev libasio-dev
if [[ ${legs[*]} != quick ]]; then
    need meson pkgconf valgrind
    need clang-19 libc++-19-dev libc++abi-19-dev libclang-rt-19-dev
    need python3-venv python3-dev
fi

# Two at once where the machine does not say, as a root without /proc does not.
jobs=$(nproc 2>/dev/null || echo 2)
export CMAKE_BUILD_PARALLEL_LEVEL=$jobs CTEST_PARALLEL_LEVEL=$jobs MESON_TESTTHREADS=$jobs
command -v ccache >/dev/null && export CMAKE_CXX_COMPILER_LAUNCHER=ccache
export CTEST_OUTPUT_ON_FAILURE=1
mkdir -p build

# The flags a sanitizer's leg depends on are tried first: where processes may not be traced or their memory is laid
# out otherwise, sanitizers cannot run, and that is no failure of ours.
runs_with() { # COMPILER FLAG...
    local program=build/probe
    echo 'int main() {}' >$program.cpp
    "$@" $program.cpp -o $program && $program
}

# Sets `why` to what keeps a leg from running here, or to nothing.
look_for_obstacle() {
    local compiler=g++
    [[ $1 == clang* ]] && compiler=clang++-19
    why=
    [[ $1 == synapse ]] || command -v $compiler >/dev/null || { why="$compiler is not installed"; return; }
    case $1 in
    clang-libcxx) runs_with $compiler -stdlib=libc++ || why="libc++ is not installed" ;;
    *-asan)
        runs_with $compiler -fsanitize=address,undefined && return
        export ASAN_OPTIONS=detect_leaks=0
        runs_with $compiler -fsanitize=address,undefined && return
        unset ASAN_OPTIONS
        why="the address sanitizer does not run here (it needs /proc)"
        ;;
    synapse)
        [[ $without ]] && why="left out by --without-synapse" && return
        timeout 600 tests/synapse/run.sh install >build/synapse-install.log 2>&1 ||
            why="Synapse cannot be installed by pip here (build/synapse-install.log)"
        ;;
    *-tsan) runs_with $compiler -fsanitize=thread || why="the thread sanitizer does not run here (it needs /proc)" ;;
    meson) command -v meson >/dev/null || why="meson is not installed" ;;
    esac 2>/dev/null
}

run_leg() {
    if [[ $1 == synapse ]]; then
        timeout 900 tests/synapse/run.sh test
    elif [[ $1 == meson ]]; then
        # In C++23, since the CMake leg of the same compiler is C++20; by a flag, since Meson 1.0 knows no such standard.
        # What is marked `once` the CMake legs have run.
        [[ -f build/meson/build.ninja ]] ||
            CXX=g++ CXXFLAGS=-std=c++23 meson setup --buildtype=plain -Dcpp_std=none build/meson &&
            meson compile -C build/meson -j "$jobs" &&
            meson test -C build/meson --no-rebuild --no-suite once --print-errorlogs
    else
        cmake --workflow --preset "$1"
    fi
}

passed=0 failed=0 skipped=0 table= notes=
for leg in "${legs[@]}"; do
    began=$SECONDS
    log=build/$leg.log junit=build/$leg/junit.xml
    [[ $leg == meson ]] && junit=build/meson/meson-logs/testlog.junit.xml
    rm -f "$junit"
    printf '%s ... ' "$leg"

    look_for_obstacle "$leg"
    if [[ $why ]]; then
        counts="0 0 1" found="- the whole leg: $why"
    else
        run_leg "$leg" >"$log" 2>&1
        code=$?
        counts="0 1 0" found="! the leg did not come to its tests"
        if [[ -f $junit ]]; then
            tally=$(python3 tests/support/tally.py "$junit")
            counts=${tally%%$'\n'*} found=${tally#"$counts"}
        fi
        # A leg that fails without a failed test fails as a whole.
        read -r p f s <<<"$counts"
        ((code && !f)) && counts="$p 1 $s" found+=$'\n! the leg ended with exit code '$code
    fi
    read -r p f s <<<"$counts"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    seconds=$((SECONDS - began))
    table+=$(printf '%-14s %8d %8d %8d %8d' "$leg" "$p" "$f" "$s" $seconds)$'\n'
    while read -r line; do [[ $line ]] && notes+="$leg $line"$'\n'; done <<<"$found"
    echo "$p passed, $f failed, $s skipped, $seconds s"
    if ((f)); then
        echo "--- the end of $log ---"
        tail -n 60 "$log"
        echo "---"
    fi
done

printf '\n%-14s %8s %8s %8s %8s\n%s' leg passed failed skipped seconds "$table"
[[ $notes ]] && printf '\nfailed (!) or left out (-):\n%s' "$notes"
[[ ${ASAN_OPTIONS-} == detect_leaks=0 ]] && echo "Leaks were not looked for: processes may not be traced here."
printf '\n%d passed, %d failed, %d skipped\n' $passed $failed $skipped
((failed == 0 && passed > 0))
