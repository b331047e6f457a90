# SPDX-License-Identifier: BSL-1.0
"""readme.py BUILD: the code of README.md is compiled, and run.

A block ```cpp is a whole source file: it must compile, and if it has a main it must return 0. The blocks
```cpp rejects must not compile."""
import pathlib
import re
import subprocess
import sys
import tempfile

from support.compiler import MODEL_WITH_JSON, ROOT, Compiler


def check(compiler, code, work, rejected):
    source, program = work / "block.cpp", work / "block"
    source.write_text(code)
    runs = not rejected and re.search(r"\bint main\(", code)
    result = compiler.run(source, *(["-o", program] if runs else ["-fsyntax-only"]))
    if rejected:
        return "compiles, and should not" if result.returncode == 0 else None
    if result.returncode:
        return "does not compile\n" + result.stdout
    if runs and (code := subprocess.run([program], timeout=60).returncode):
        return f"returns {code}"


def main(build):
    plain, with_json = Compiler(build), Compiler(build, MODEL_WITH_JSON)
    text = (ROOT / "README.md").read_text()
    blocks = list(re.finditer(r"^```(cpp[^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        for block in blocks:
            compiler = with_json if "presence_router/interop/" in block[2] else plain
            wrong = check(compiler, block[2], pathlib.Path(work), block[1].strip() == "cpp rejects")
            line = text.count("\n", 0, block.start()) + 1
            print(f"README.md:{line}: {wrong or 'ok'}")
            failures += bool(wrong)
    print(f"{len(blocks)} blocks, {failures} wrong")
    return 1 if failures or not blocks else 0


sys.exit(main(*sys.argv[1:]))
