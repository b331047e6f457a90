# SPDX-License-Identifier: BSL-1.0
"""builds_agree.py BUILD: CMake and Meson register the same tests. Both configure the tree afresh, without building."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from support.compiler import ROOT, SKIPPED, Compiler


def output(*argv):
    result = subprocess.run([str(word) for word in argv], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        print(result.stdout)
        sys.exit(f"{' '.join(map(str, argv))}: exit code {result.returncode}")
    return result.stdout


def cmake_tests(build):
    output("cmake", "-G", "Ninja", "-S", ROOT, "-B", build)
    return {test["name"] for test in json.loads(output("ctest", "--test-dir", build, "--show-only=json-v1"))["tests"]}


def meson_tests(build):
    output("meson", "setup", build, ROOT)
    tests = json.loads((build / "meson-info" / "intro-tests.json").read_text())
    return {test["name"] for test in tests}


def main(build):
    if not all(map(shutil.which, ("cmake", "meson", "ninja"))):
        print("left out: cmake, meson and ninja are needed")
        return SKIPPED
    compiler = Compiler(build)
    os.environ["CXX"] = compiler.driver
    os.environ["CXXFLAGS"] = " ".join(compiler.kept_flags())
    with tempfile.TemporaryDirectory() as work:
        cmake, meson = cmake_tests(pathlib.Path(work) / "cmake"), meson_tests(pathlib.Path(work) / "meson")
    print(*(f"only CMake has {name}" for name in sorted(cmake - meson)), sep="\n")
    print(*(f"only Meson has {name}" for name in sorted(meson - cmake)), sep="\n")
    print(f"{len(cmake & meson)} tests in both")
    return 1 if cmake != meson or not cmake else 0


sys.exit(main(*sys.argv[1:]))
