# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmarks and prints one table: nanoseconds for each contender, how many times as fast as the
obvious C++ it is, and how many times as fast as Synapse's own PresenceRouter, if a Python that can import
`synapse` is at hand."""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent.parent / "include"

# How many times as fast as a peer each contender has to be at least, at every size.
BARS = {
    ("push", "canonical"): {"obvious C++": 3, "Synapse": 1},
    ("push", "streaming"): {"obvious C++": 100, "Synapse": 50},
    ("push", "plan"): {"obvious C++": 10, "radix sort of pairs": 1 / 3},
    ("push", "plan, refilled"): {"obvious C++": 10, "radix sort of pairs": 1 / 3},
    ("push", "users' routers, maps"): {"obvious C++": 1},
    ("push", "users' routers, flat"): {"obvious C++": 2},
    ("pull", "canonical"): {"obvious C++": 1.4},
    ("pull", "streaming"): {"obvious C++": 30},
    ("shared rooms", "SharedRooms"): {"obvious C++": 2, "hash set by hand": 0.5, "hash set, all fit": 0.5,
                                      "buckets by hand": 0.5},
    ("news, all", "presence_for"): {"obvious C++": 5},
    ("news, rooms", "presence_for"): {"obvious C++": 100, "pull set by hand": 2},
    ("4 routers, streaming", "erased"): {"static": 1 / 1.5},
    ("8 routers, streaming", "erased"): {"static": 1 / 1.5},
    ("8 routers, streaming", "registry"): {"static": 1 / 1.5},
}


def output(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def compiled(name, into):
    program = pathlib.Path(into) / name
    compiler = os.environ.get("CXX", "g++").split()
    options = ["-std=c++20", "-O2", "-DNDEBUG", "-pthread", f"-I{INCLUDE}", f"-I{HERE.parent}"]
    subprocess.run([*compiler, *options, HERE / f"{name}.cpp", "-o", program], check=True)
    return program


def can_import_synapse(python):
    try:
        return subprocess.run([python, "-c", "import synapse.events.presence_router"], cwd="/",
                              stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def table(lines, synapse):
    """Prints the lines, Synapse's beside the C++ of the same size; answers which bars were missed."""
    rows = [line.split("\t") for line in lines]
    times = {(row[0], row[1], row[2]): float(row[3]) for row in rows}
    times |= {(row[0], row[1], row[2]): float(row[3]) for row in (line.split("\t") for line in synapse)}
    order = {}
    for benchmark, size, contender in times:
        order.setdefault((benchmark, size), []).append(contender)
    print(f"{'benchmark':20} {'size':>14}  {'contender':22} {'ns':>9} {'obvious C++':>12} {'Synapse':>9}")
    missed = []
    for (benchmark, size), contenders in order.items():
        for contender in contenders:
            time = times[benchmark, size, contender]
            bars = BARS.get((benchmark, contender), {})
            ratios = {peer: times[benchmark, size, peer] / time
                      for peer in {"obvious C++", "Synapse", *bars} if (benchmark, size, peer) in times}
            cells = " ".join(f"{ratios[peer]:{width}.2f}" if peer in ratios else " " * width
                             for peer, width in (("obvious C++", 12), ("Synapse", 9)))
            print(f"{benchmark:20} {size:>14}  {contender:22} {time:9.2f} {cells}".rstrip())
            for peer, bar in bars.items():
                if ratios.get(peer, bar) < bar:
                    missed.append(f"{benchmark} {size}: {contender} is {ratios[peer]:.2f} times "
                                  f"as fast as {peer}, not {round(bar, 2)}")
        print()
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path,
                        help="directory of the built programs; without it they are compiled with $CXX")
    parser.add_argument("--synapse-python", metavar="PYTHON", default=sys.executable,
                        help="a Python with matrix-synapse installed (default: this one)")
    usual = ["async", "pull", "push", "recipient_tracker", "route_table", "runtime", "shared_rooms", "sync"]
    parser.add_argument("--only", nargs="+", default=usual, choices=[*usual, "growth"],
                        help="which benchmarks (default: all but growth)")
    parser.add_argument("--check", action="store_true", help="fail if a bar is missed")
    given = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        lines = []
        for name in given.only:
            source, *options = ("push", "--growth") if name == "growth" else (name,)
            program = given.build / source if given.build else compiled(source, scratch)
            lines += output(program, *options).splitlines()
    synapse = []
    if can_import_synapse(given.synapse_python):
        ran = {line.split("\t")[0] for line in lines}
        for line in output(given.synapse_python, HERE / "time_synapse.py").splitlines():
            synapse += [line] if line.split("\t")[0] in ran else []
    else:
        print(f"without Synapse: {given.synapse_python} cannot import it; see --synapse-python\n")
    missed = table(lines, synapse)
    for line in missed:
        print("missed:", line)
    return 1 if given.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
