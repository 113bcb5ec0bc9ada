"""Sentences in the manner of work reports, each with the right words and with wrong ones.

They were written by hand before the checks could read them: of `work_report_pairs.tsv` 62 of 128 wrong ones
were found on the first run, and one right one was accused; of `bulletin_pairs.tsv` the first 24 follow rules
that were made before, and of the 26 others 20 were found on the first run, none accused; of `bureau_pairs.tsv`
60 of 102, none accused; those of `class_pairs.tsv` say in other words what rules were made for. The last column says why one is not accused.
"""

from pathlib import Path

import pytest

from shangheng.methods.claims.audit import audit_text
from shangheng.methods.claims.findings import Verdict

_LINES = [
    line
    for name in (
        "work_report_pairs.tsv",
        "bulletin_pairs.tsv",
        "bureau_pairs.tsv",
        "class_pairs.tsv",
    )
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
]
_PAIRS = [line.replace("\\n", "\n").split("\t") for line in _LINES]


def _accused(text: str) -> list[str]:
    return [
        f"{f.check}: {f.arithmetic or f.quote}"
        for f in audit_text(text).findings
        if f.verdict == Verdict.INCONSISTENT
    ]


@pytest.mark.parametrize(("sentence", "right"), [(s, right) for s, right, _, _ in _PAIRS])
def test_a_right_sentence_is_not_accused(sentence: str, right: str) -> None:
    assert not _accused(sentence.format(right))


@pytest.mark.parametrize(
    ("sentence", "wrong"), [(s, wrong) for s, _, wrong, why in _PAIRS if not why]
)
def test_a_wrong_sentence_is_found(sentence: str, wrong: str) -> None:
    assert _accused(sentence.format(wrong))
