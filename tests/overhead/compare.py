# SPDX-License-Identifier: BSL-1.0
"""compare.py OVERHEAD: a chain costs no more instructions than the loops written by hand.

Counted by callgrind inside the function `measured`: unlike time, a count does not vary. Both sides of a case must
print the same checksum, for a lane that skips work would win."""
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support.compiler import SKIPPED

# The library's instructions over those of the loops by hand. Around a sink behind a condition GCC 12 keeps a flag
# that tells whether the sink's variable was written: one instruction a route, which the shortest loop shows.
BAR = 1.01
BARS = {"filtered_tables.routes": 1.02, "filtered_tables.subjects": 1.03}
CALLGRIND = ["valgrind", "--tool=callgrind", "--toggle-collect=measured", "--callgrind-out-file=/dev/null"]


def count(*program):
    """The instructions of one run and what it printed."""
    result = subprocess.run([*CALLGRIND, *program], capture_output=True, text=True)
    collected = re.search(r"Collected : (\d+)", result.stderr)
    if result.returncode or not collected or collected[1] == "0":
        sys.exit(f"{' '.join(program)}: exit code {result.returncode}\n{result.stderr}")
    return int(collected[1]), result.stdout


def main(overhead):
    if not shutil.which("valgrind"):
        print("left out: valgrind is not installed")
        return SKIPPED
    if subprocess.run(["valgrind", "-q", "true"], capture_output=True).returncode:
        print("left out: valgrind does not run here (it needs /proc)")
        return SKIPPED
    failed = False
    print(f"{'case':40} {'library':>12} {'by hand':>12}  ratio")
    for case in subprocess.run([overhead], capture_output=True, text=True, check=True).stdout.split():
        (library, one), (by_hand, other) = count(overhead, case, "library"), count(overhead, case, "by_hand")
        bar = next((bar for start, bar in BARS.items() if case.startswith(start)), BAR)
        wrong = "other work" if one != other else f"more than {bar}" if library > bar * by_hand else ""
        print(f"{case:40} {library:12} {by_hand:12}  {library / by_hand:.4f}  {wrong}", flush=True)
        failed |= bool(wrong)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
