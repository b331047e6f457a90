# SPDX-License-Identifier: BSL-1.0
"""rejects.py BUILD FILE: the file must not compile, and the compiler must say what the file expects.

Each line `// expect: REGEX` of the file must match somewhere in the compiler's output, and each line
`// within: N` bounds the lines of that output. A rejection for another reason, a typo say, so fails."""
import pathlib
import re
import sys

from support.compiler import Compiler


def main(build, file):
    source = pathlib.Path(file).resolve()
    text = source.read_text()
    expected = re.findall(r"^// expect: (.+)$", text, re.MULTILINE)
    if not expected:
        return f"{file}: no line `// expect: REGEX` says what the compiler should say"
    result = Compiler(build).run("-fsyntax-only", source)
    output = result.stdout
    print(output)
    if result.returncode == 0:
        return f"{file} compiles, and should not"
    missing = [regex for regex in expected if not re.search(regex, output)]
    if missing:
        return "the compiler's output does not match:\n" + "\n".join(missing)
    for limit in re.findall(r"^// within: (\d+)", text, re.MULTILINE):
        if output.count("\n") > int(limit):
            return f"the message takes {output.count(chr(10))} lines, more than {limit}"


sys.exit(main(*sys.argv[1:]))
