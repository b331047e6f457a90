# SPDX-License-Identifier: BSL-1.0
"""run.py BUILD WAY: builds examples/quick_start.cpp from outside, as a user of the library would, and runs it.
With BUILD's compiler, standard library and sanitizers; nothing is taken from BUILD's own files."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support.compiler import ROOT, SKIPPED, Compiler

CONSUMERS = ROOT / "tests" / "consumers"
PROGRAM = ROOT / "examples" / "quick_start.cpp"


def run(*argv, **keywords):
    print("$", *argv, flush=True)
    subprocess.run([str(word) for word in argv], check=True, **keywords)


def version():
    config = (ROOT / "include" / "presence_router" / "config.hpp").read_text()
    return ".".join(re.findall(r"define PRESENCE_ROUTER_VERSION_\w+ (\d+)", config))


def needs(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        print("left out: not installed:", *missing)
        raise SystemExit(SKIPPED)


def copy_of_the_tree(to):
    shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(".git", "build", "build-*", "__pycache__"))


def cmake(source, build, *arguments):
    run("cmake", "-G", "Ninja", "-S", source, "-B", build, f"-DPROGRAM={PROGRAM}", *arguments)
    run("cmake", "--build", build)


def meson(source, build, **keywords):
    shutil.copy(PROGRAM, source / "program.cpp")  # Meson wants a project's sources inside it
    run("meson", "setup", "--buildtype=plain", build, source, **keywords)
    run("meson", "compile", "-C", build)


def subdirectory(work):
    needs("cmake", "ninja")
    cmake(CONSUMERS / "subdirectory", work / "build", f"-DLIBRARY={ROOT}")
    run(work / "build" / "consumer")
    run("cmake", "--install", work / "build", "--prefix", work / "stage")
    if list((work / "stage").rglob("*.hpp")):
        sys.exit("installing the program installs the library too")


def subproject(work):
    needs("meson", "ninja", "cmake")
    shutil.copytree(CONSUMERS / "subproject", work / "source")
    copy_of_the_tree(work / "source" / "subprojects" / "presence-router")
    meson(work / "source", work / "build")
    run(work / "build" / "consumer")


def installed(work, stage):
    """Uses the library installed in `stage`, by find_package and by pkg-config."""
    cmake(CONSUMERS / "find_package", work / "cmake", f"-DCMAKE_PREFIX_PATH={stage}", f"-DVERSION={version()}")
    run(work / "cmake" / "consumer")
    needs("meson", "pkg-config")
    shutil.copytree(CONSUMERS / "pkg_config", work / "source")
    pkg_config = {**os.environ, "PKG_CONFIG_PATH": str(stage / "share" / "pkgconfig")}
    meson(work / "source", work / "meson", env=pkg_config)
    run(work / "meson" / "consumer")


def install_by_cmake(work):
    needs("cmake", "ninja")
    run("cmake", "-G", "Ninja", "-S", ROOT, "-B", work / "library", "-DPRESENCE_ROUTER_BUILD_TESTS=OFF",
        "-DPRESENCE_ROUTER_BUILD_EXAMPLES=OFF")
    run("cmake", "--install", work / "library", "--prefix", work / "stage")
    return work / "stage"


def install_by_meson(work):
    needs("cmake", "meson", "ninja")
    # As a user's project would have it, so that neither tests nor examples are configured.
    run("meson", "setup", "--buildtype=plain", "--prefix=/usr", work / "library", ROOT)
    run("meson", "install", "-C", work / "library", "--no-rebuild", "--destdir", work / "root",
        stdout=subprocess.DEVNULL)
    return work / "root" / "usr"


def installed_by_cmake(work):
    installed(work, install_by_cmake(work))


def installed_by_meson(work):
    installed(work, install_by_meson(work))


def same_install(work):
    """CMake and Meson install the same files, and they are all the headers there are."""
    def files(stage):
        return {path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()}
    one, other = files(install_by_cmake(work / "cmake")), files(install_by_meson(work / "meson"))
    headers = {path.relative_to(ROOT).as_posix() for path in (ROOT / "include").rglob("*.hpp")}
    print(*sorted(one ^ other), *sorted(headers - one), sep="\n")
    if one != other or headers - one:
        sys.exit("the builds install different files (see above)")


def vendored(work):
    shutil.copytree(ROOT / "include", work / "third_party")
    compiler = Compiler(sys.argv[1])
    run(compiler.driver, "-std=c++20", *compiler.kept_flags(), f"-I{work / 'third_party'}", PROGRAM,
        "-o", work / "consumer")
    run(work / "consumer")


def main(build, way):
    compiler = Compiler(build)
    os.environ["CXX"] = compiler.driver
    os.environ["CXXFLAGS"] = " ".join(compiler.kept_flags())
    os.environ.pop("DESTDIR", None)
    with tempfile.TemporaryDirectory() as work:
        try:
            globals()[way](pathlib.Path(work))
        except subprocess.CalledProcessError as error:
            return f"exit code {error.returncode}"


sys.exit(main(*sys.argv[1:]))
