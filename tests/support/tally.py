# SPDX-License-Identifier: BSL-1.0
"""tally.py JUNIT: the results of one leg, from the file that CMake or Meson wrote.

The first line is `passed failed skipped`; then a line for each failed test (`! name`) and for each reason to leave
tests out (`- why: names`)."""
import collections
import re
import sys
import xml.etree.ElementTree


def main(junit):
    passed, failed, skipped = 0, [], collections.defaultdict(list)
    for case in xml.etree.ElementTree.parse(junit).iter("testcase"):
        name = case.get("name")
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(f"! {name}")
        elif case.find("skipped") is not None:
            why = re.search(r"left out: (.*)", case.findtext("system-out") or "")
            skipped[why[1] if why else "see the log"].append(name)
        else:
            passed += 1
    print(passed, len(failed), sum(map(len, skipped.values())))
    print(*failed, *(f"- {why}: {', '.join(names)}" for why, names in skipped.items()), sep="\n")


main(*sys.argv[1:])
