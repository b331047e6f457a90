#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs Synapse and the module into a virtual environment, and tests them together.
#
#   tests/synapse/run.sh install          Synapse, and what the tests need
#   tests/synapse/run.sh test [OPTION...] installs the module and runs the tests; the options are pytest's
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build/synapse
python=$build/venv/bin/python

case ${1-} in
install)
    [[ -x $python ]] || python3 -m venv "$build/venv"
    "$python" -m pip install --quiet matrix-synapse matrix-nio pytest hypothesis
    ;;
test)
    shift
    "$python" -m pip install --quiet --force-reinstall --no-deps "$here/../../examples/synapse_module"
    seed=$((RANDOM * 32768 + RANDOM))
    echo "seed $seed; --hypothesis-seed=$seed draws the same cases again"
    "$python" -m pytest "$here" --hypothesis-seed=$seed -p no:cacheprovider \
        -W ignore::DeprecationWarning -o junit_logging=all --junitxml="$build/junit.xml" "$@"
    ;;
*) sed -n '3,6s/^# \{0,1\}//p' "$0" ;;
esac
