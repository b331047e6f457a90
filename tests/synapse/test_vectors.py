# SPDX-License-Identifier: BSL-1.0
"""The cases of tests/vectors are what the Synapse that is installed answers today."""
import json
import pathlib

import pytest
import recorder

VECTORS = sorted((pathlib.Path(__file__).parent.parent / "vectors").glob("*.jsonl"))


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_synapse_answers_as_recorded(path):
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(cases) >= 100
    different = [case["id"] for case in cases if recorder.answer(case["in"]) != case["out"]]
    assert different == []
