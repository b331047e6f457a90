# SPDX-License-Identifier: BSL-1.0
"""left_out.py WHY: stands in for a test that this build cannot have, so that it is reported as skipped."""
import sys

print("left out:", *sys.argv[1:])
sys.exit(77)
