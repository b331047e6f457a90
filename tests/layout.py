# SPDX-License-Identifier: BSL-1.0
"""What the tree promises about itself, held against the files. Every breach is printed, not only the first."""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
TESTS = ROOT / "tests"
TOP_LEVEL = {"include", "tests", "examples", "CMakeLists.txt", "CMakePresets.json", "meson.build", "README.md",
             "LICENSE"}
WITHOUT_SPDX = {".dot", ".json", ".jsonl", ".md", ".svg", ""}  # data and prose have no place for it


def files():
    """The files of the project: what git knows or would add, or, in a copy without git, all of them."""
    git = shutil.which("git")
    listed = git and subprocess.run([git, "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                                    capture_output=True, text=True)
    if listed and listed.returncode == 0 and listed.stdout:
        paths = [ROOT / line for line in listed.stdout.splitlines()]
    else:
        ignored = re.compile(r"(^|/)(\.git|build|build-[^/]*|__pycache__)(/|$)")  # by .gitignore, and git itself
        paths = [path for path in ROOT.rglob("*") if not ignored.search(relative(path))]
    return [path for path in paths if path.is_file()]


def relative(path, to=ROOT):
    return path.relative_to(to).as_posix()


def first_include(path):
    found = re.search(r"^#\s*include\s*[<\"]([^>\"]+)", path.read_text(), re.MULTILINE)
    return found and found[1]


def top_level(paths):
    names = {relative(path).split("/")[0] for path in paths}
    for name in sorted(names - TOP_LEVEL):
        if not name.startswith("."):
            yield f"{name}: stands at the top level, which holds only {', '.join(sorted(TOP_LEVEL))}"


def licences(paths):
    for path in paths:
        if path.suffix in WITHOUT_SPDX and path.name != "run":
            continue
        lines = path.read_text(errors="replace").splitlines()[:2] or [""]
        line = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
        if "SPDX-License-Identifier: BSL-1.0" not in line and "SPDX" not in lines[0]:
            yield f"{relative(path)}: the first line (after any #!) names no licence: SPDX-License-Identifier: BSL-1.0"


def mirrored_headers(headers):
    """Each public header has a test of the same path that includes it first: so it compiles alone."""
    for header in headers:
        name = relative(header, INCLUDE)
        if "/detail/" in name:
            continue
        test = (TESTS / name).with_suffix(".test.cpp")
        if not test.exists():
            yield f"include/{name}: no test mirrors it ({relative(test)})"
        elif first_include(test) != name:
            yield f"{relative(test)}: the first include must be <{name}>, the header under test"


def includes(headers):
    for header in headers:
        for include in re.findall(r"^#\s*include\s*[<\"]([^>\"]+)", header.read_text(), re.MULTILINE):
            if include == "range/v3/all.hpp":
                yield f"{relative(header)}: includes {include}; name the leaf headers"
            if include.startswith("presence_router/") and not (INCLUDE / include).exists():
                yield f"{relative(header)}: includes {include}, which does not exist"


def umbrella(headers):
    """presence_router.hpp brings all public headers, itself or by another list, but for those included by name."""
    brought, left = set(), ["presence_router/presence_router.hpp"]
    while left:
        name = left.pop()
        if name not in brought:
            brought.add(name)
            left += re.findall(r"^#include <(presence_router/[^>]+)", (INCLUDE / name).read_text(), re.MULTILINE)
    for header in headers:
        name = relative(header, INCLUDE)
        by_name = name.startswith(("presence_router/laws/", "presence_router/interop/"))
        if "/detail/" not in name and by_name == (name in brought):
            yield f"include/{name}: is {'' if by_name else 'not '}included by presence_router.hpp"


def macros(headers):
    """Only config.hpp leaves macros behind, and all are ours by name."""
    for header in headers:
        text = header.read_text()
        for macro in sorted(set(re.findall(r"^#\s*define\s+(\w+)", text, re.MULTILINE))):
            if not macro.startswith("PRESENCE_ROUTER_"):
                yield f"{relative(header)}: defines {macro}, a name that is not ours"
            elif header.name != "config.hpp" and not re.search(rf"^#\s*undef\s+{macro}\b", text, re.MULTILINE):
                yield f"{relative(header)}: defines {macro} and leaves it defined"


def long_lines(headers):
    """clang-format breaks code, and leaves comments as they are."""
    limit = int(re.search(r"^ColumnLimit: (\d+)", (ROOT / ".clang-format").read_text(), re.MULTILINE)[1])
    for header in headers:
        for number, line in enumerate(header.read_text().splitlines(), 1):
            if len(line) > limit:
                yield f"{relative(header)}:{number}: {len(line)} characters, more than {limit}"


def listed(headers):
    """The builds list headers, suites and rejects by name; no file may be forgotten, none named that is gone."""
    cmake = (ROOT / "CMakeLists.txt").read_text()
    names = set(re.search(r"set\(headers\n(.*?)\)", cmake, re.DOTALL)[1].split())
    there = {relative(header, INCLUDE / "presence_router") for header in headers}
    yield from (f"CMakeLists.txt: the header {name} is missing" for name in sorted(there - names))
    yield from (f"CMakeLists.txt: the header {name} does not exist" for name in sorted(names - there))

    sources = {relative(path, TESTS) for path in TESTS.rglob("*.test.cpp")}
    rejects = {path.stem for path in (TESTS / "rejects").glob("*.cpp")}
    for build in ("CMakeLists.txt", "meson.build"):
        text = (TESTS / build).read_text()
        words = set(re.findall(r"[\w./]+", text))
        for name in sorted((sources | rejects) - words):
            yield f"tests/{build}: {name} is not named"
        for name in sorted(word for word in words if word.endswith(".test.cpp")):
            if "/" in name and name not in sources:
                yield f"tests/{build}: {name} does not exist"


def test_names(paths):
    """Catch2 refuses at run time, and whole, a program with two test cases of one name."""
    where = {}
    for path in paths:
        if path.name.endswith(".test.cpp"):
            for name in re.findall(r'TEST_CASE\("([^"]*)"', path.read_text()):
                where.setdefault(name, []).append(relative(path))
    for name, places in where.items():
        if len(places) > 1:
            yield f'{" and ".join(places)}: two test cases are called "{name}"'


def test_namespaces(paths):
    """One program holds them all, and two types of one name in it would be taken for one another."""
    where = {}
    for path in paths:
        if path.name.endswith(".test.cpp") and path.is_relative_to(TESTS / "presence_router"):
            for name in set(re.findall(r"^namespace (\w+) \{", path.read_text(), re.MULTILINE)) - {"presence_router"}:
                where.setdefault(name, []).append(relative(path))
    for name, places in where.items():
        if len(places) > 1:
            yield f"{' and '.join(sorted(places))}: two tests have a namespace {name}"


def versions():
    config = (INCLUDE / "presence_router" / "config.hpp").read_text()
    version = ".".join(re.findall(r"define PRESENCE_ROUTER_VERSION_\w+ (\d+)", config))
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield f"config.hpp: the version reads {version!r}"
    named = {"meson.build": r"\bversion: '([^']*)'", "README.md": r"presence[-_]router[ /@-]v?(\d+\.\d+(?:\.\d+)?)"}
    for file, pattern in named.items():
        path = ROOT / file
        for found in re.findall(pattern, path.read_text()) if path.exists() else []:
            if not f"{version}.".startswith(f"{found}."):
                yield f"{file}: names version {found}, config.hpp says {version}"


def main():
    paths = files()
    headers = sorted(INCLUDE.rglob("*.hpp"))
    breaches = [*top_level(paths), *licences(paths), *mirrored_headers(headers), *includes(headers),
                *umbrella(headers), *macros(headers), *long_lines(headers), *listed(headers),
                *test_names(paths), *test_namespaces(paths), *versions()]
    print(*breaches, sep="\n")
    print(f"{len(paths)} files and {len(headers)} headers looked at, {len(breaches)} breaches")
    return 1 if breaches or not headers else 0


sys.exit(main())
