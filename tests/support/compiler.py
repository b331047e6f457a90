# SPDX-License-Identifier: BSL-1.0
"""The compiler and the flags of the build a script is run for, read from its compilation database, so that
no script has to be told of either and CMake and Meson serve alike."""
import json
import os
import pathlib
import shlex
import subprocess

TESTS = pathlib.Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SKIPPED = 77  # the exit code of a test that cannot be run here; its output says why

# A plain program of ours: its flags are those of every test.
MODEL = TESTS / "hostile_macros.cpp"
MODEL_WITH_JSON = TESTS / "no_exceptions_json.cpp"


class Compiler:
    def __init__(self, build, model=MODEL):
        database = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
        for entry in database:
            self.directory = pathlib.Path(entry["directory"])
            if (self.directory / entry["file"]).resolve() == model:
                break
        else:
            raise SystemExit(f"{build}: the compilation database does not name {model}")
        words = shlex.split(entry["command"])
        if pathlib.Path(words[0]).name == "ccache":
            words = words[1:]
        self.driver = words[0]
        self.flags = ["-fdiagnostics-color=never"]
        words = iter(words[1:])
        for word in words:
            if word in ("-o", "-MF", "-MQ", "-MT"):
                next(words)
            elif word not in ("-c", "-MD", "-MMD", "-fdiagnostics-color=always", entry["file"]):
                self.flags.append(word)

    def run(self, *arguments, text=None):
        """Runs the compiler with the build's flags and `arguments`; `text` is its standard input."""
        return subprocess.run([self.driver, *self.flags, *map(str, arguments)], cwd=self.directory, input=text,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env={**os.environ, "LC_ALL": "C"})

    def kept_flags(self):
        """The flags another build needs to be like this one: standard library and sanitizers."""
        return [flag for flag in self.flags if flag.startswith(("-stdlib=", "-fsanitize", "-fno-sanitize"))]
