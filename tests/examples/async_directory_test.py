# SPDX-License-Identifier: BSL-1.0
"""async_directory_test.py PROGRAM: what examples/async_directory shows, and that nobody waits for the slow."""
import subprocess
import sys
import time
import unittest

TIMEOUT = 60
PLAIN = ["  @alice:x receives the presence of {@bob:x}",
         "  @alice:x is told of @bob:x",
         "  @monitor:x is told of @bob:x @carol:x"]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=TIMEOUT, check=False)


class Scenes(unittest.TestCase):
    maxDiff = None

    def shown(self, scene):
        result = run(scene)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        first, *lines = result.stdout.splitlines()
        self.assertEqual(first, f"the directory is {scene}:")
        return lines

    def test_up(self):
        self.assertEqual(self.shown("up"), ["  @alice:x receives the presence of {@bob:x, @carol:x}",
                                            "  @alice:x is told of @bob:x @carol:x",
                                            "  @monitor:x is told of @bob:x @carol:x"])

    def failed(self, why):
        complaint = f"  the directory failed: {why}"
        return [complaint, PLAIN[0], complaint, *PLAIN[1:]]

    def test_slow(self):
        self.assertEqual(self.shown("slow"), self.failed("no answer within 50 ms"))

    def test_down(self):
        self.assertEqual(self.shown("down"), self.failed("Connection refused"))

    def test_cancelled(self):
        self.assertEqual(self.shown("cancelled"), ["  the host has given up"] * 2)

    def test_nobody_waits_for_a_directory_that_needs_an_hour(self):
        began = time.monotonic()
        result = run()
        self.assertLess(time.monotonic() - began, TIMEOUT / 2)
        self.assertEqual(result.returncode, 0)
        self.assertEqual([line for line in result.stdout.splitlines() if not line.startswith(" ")],
                         [f"the directory is {scene}:" for scene in ("up", "slow", "down", "cancelled")])

    def test_another_name(self):
        result = run("down", "sideways")
        self.assertEqual((result.returncode, result.stderr), (2, "sideways: no such scene\n"))
        self.assertTrue(result.stdout.startswith("the directory is down:\n"))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
