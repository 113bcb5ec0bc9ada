"""Measure the claims audit on generated reports: precision and recall by family of errors.

    python benchmarks/claims.py                    prints the table of the test grammar
    python benchmarks/claims.py --grammar development --show
    python benchmarks/claims.py --write            renews docs/reference/claims-accuracy.md

Every report is made by a seed. A seeded error counts as found when an inconsistent finding touches
its passage; an inconsistent finding that touches no passage with an error is a false accusation.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.report import Passage, write_report
from shangheng.methods.claims.audit import Audit, audit_text
from shangheng.methods.claims.findings import Verdict

_PAGE = Path(__file__).parents[1] / "docs" / "reference" / "claims-accuracy.md"


class Score:
    """Counts by family: errors seeded, errors found, false accusations, passages."""

    def __init__(self) -> None:
        self.seeded: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.clean: Counter[str] = Counter()
        self.quantities = 0

    def add(self, audit: Audit, passages: list[Passage], *, show: bool) -> None:
        """Compare the findings on one report with what was seeded."""
        self.quantities += audit.coverage.quantities
        accused = audit.with_verdict(Verdict.INCONSISTENT)
        for passage in passages:
            (self.seeded if passage.wrong else self.clean)[passage.family] += 1
            touching = [f for f in accused if _touch(passage, f.spans)]
            if passage.wrong and touching:
                self.found[passage.family] += 1
            elif passage.wrong and show:
                print("MISSED", passage.family, _words(audit, passage))
        for finding in accused:
            if not any(p.wrong and _touch(p, finding.spans) for p in passages):
                owner = next((p for p in passages if _touch(p, finding.spans)), None)
                self.false[owner.family if owner else "elsewhere"] += 1
                if show:
                    print("FALSE", finding.check, finding.quote, finding.arithmetic)


def _touch(passage: Passage, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(low < end and start < high for low, high in passage.spans for start, end in spans)


def _words(audit: Audit, passage: Passage) -> str:
    return " | ".join(audit.document.text[start:end] for start, end in passage.spans)


def measure(
    families: Mapping[str, Sequence[Rule]], reports: int, *, first: int, show: bool
) -> Score:
    """Audit `reports` generated reports, seeds from `first` on."""
    score = Score()
    for seed in range(first, first + reports):
        text, passages = write_report(seed, families)
        score.add(audit_text(text), passages, show=show)
    return score


def table(score: Score) -> list[str]:
    """The Markdown table by family, with the totals."""
    lines = [
        "| Family | Passages without error | Errors seeded | Found | Recall | False accusations | Precision |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    counts = (score.clean, score.seeded, score.found, score.false)
    families = sorted(set().union(*counts))
    lines.extend(_row(family, *(count[family] for count in counts)) for family in families)
    lines.append(_row("**All**", *(count.total() for count in counts)))
    return lines


def _row(name: str, clean: int, seeded: int, found: int, false: int) -> str:
    recall = f"{found / seeded:.1%}" if seeded else "–"
    precision = f"{found / (found + false):.1%}" if found + false else "–"
    return f"| {name} | {clean} | {seeded} | {found} | {recall} | {false} | {precision} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--grammar", choices=["development", "validation", "held_out"], default="held_out"
    )
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    families = import_module(f"benchmarks.claims_corpus.{options.grammar}").FAMILIES
    score = measure(families, options.reports, first=options.first, show=options.show)
    print("\n".join(table(score)))
    if options.write:
        _PAGE.parent.mkdir(parents=True, exist_ok=True)
        _PAGE.write_text(page(score, options.reports), encoding="utf-8")


if __name__ == "__main__":
    main()
