"""Audit a report: read its claims, run every check, count what was covered."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from shangheng.methods.claims.checks import (
    balances,
    comparisons,
    divisions,
    facts,
    growth,
    growth_targets,
    growth_yearly,
    items,
    lists,
    names,
    numbering,
    ranks,
    remainders,
    restated,
    shares,
    status,
    sums,
    tables,
    targets,
    told,
    told_again,
    told_order,
    told_parts,
    told_ratios,
    told_words,
    words,
)  # fmt: skip
from shangheng.methods.claims.findings import Finding, Verdict, with_fingerprints
from shangheng.methods.claims.reading.document import Document
from shangheng.methods.claims.reading.layout import lay_out
from shangheng.methods.claims.statements.build import read_statements
from shangheng.methods.claims.statements.claim import Kind
from shangheng.methods.claims.statements.statements import Statements

CHECKS: tuple[Callable[[Statements], Iterator[Finding]], ...] = (
    shares.check_share, shares.check_completion, shares.check_rate,
    growth.check_growth_from_base, growth.check_growth_from_change, growth_targets.check_target_growth,
    growth.check_growth_without_base, growth.check_multiple,
    growth.check_doubling, growth_yearly.check_yearly_growth,
    targets.check_target_wording, targets.check_declared_completion, targets.check_gap,
    targets.check_pace,
    targets.check_target_order, targets.check_two_targets, targets.check_target_falls,
    sums.check_total_after_parts, divisions.check_division, divisions.check_bracketed_parts,
    divisions.check_divided_by, divisions.check_new_in_total, sums.check_parts_of_whole, remainders.check_remainder, remainders.check_structure,
    remainders.check_opposite, remainders.check_done_and_undone, remainders.check_stages_overlap, facts.check_same_fact, facts.check_taken_up, facts.check_whole_restated,
    balances.check_balance, balances.check_net, balances.check_named_ratio, balances.check_income_ratio, balances.check_leverage,
    restated.check_running_balance, restated.check_mark_passed, restated.check_told_in_another_measure,
    ranks.check_rank_change, ranks.check_average,
    comparisons.check_ahead_of_average, comparisons.check_over_target, comparisons.check_index,
    comparisons.check_secured_and_hoped, comparisons.check_planned_and_done, comparisons.check_done_of_taken_in, comparisons.check_named_structure,
    lists.check_list_count, items.check_item_threshold, items.check_bracketed_threshold, items.check_named_above, items.check_threshold_count, items.check_counted_twice,
    status.check_done_and_hoped, status.check_done_and_pending, status.check_all_exceeded, status.check_pace_at_year_end,
    status.check_comparator, status.check_missing_target, status.check_tier_words, status.check_future_in_review,
    names.check_spelling, numbering.check_numbering,
    words.check_doubled, words.check_punctuation, words.check_usage, words.check_relative_years,
    words.check_repeated_sentence, words.check_duplicate_body, words.check_crowded, tables.check_tables,
)  # fmt: skip


LAST_CHECKS: tuple[Callable[[Statements, set[int]], Iterator[Finding]], ...] = (
    told.check_told, told_parts.check_parts_told, told_parts.check_shares_told, told_ratios.check_ratios_told, told_words.check_words_told,
    told_again.check_told_again, told_order.check_order_told,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the report was audited: quantities read, understood, used in a relation.

    Figures of a paragraph that is too dense to audit count as read only.
    """

    quantities: int
    understood: int
    checked: int


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings on a report, in order of place, with the coverage."""

    document: Document
    statements: Statements
    findings: tuple[Finding, ...]
    coverage: Coverage

    def with_verdict(self, verdict: Verdict) -> list[Finding]:
        """The findings with one verdict."""
        return [f for f in self.findings if f.verdict is verdict]


def audit(document: Document) -> Audit:
    """Run every check on a report that was read. Pure, deterministic, linear in the text."""
    with _no_collection():
        statements = read_statements(document)
        found = with_fingerprints(_all_findings(statements))
        return Audit(document, statements, tuple(found), _coverage(statements, found))


def _all_findings(statements: Statements) -> Iterator[Finding]:
    """What every check finds; the last ones look only at figures that no other has tied to anything."""
    settled: set[int] = set()
    for check in CHECKS:
        for found in check(statements):
            if found.verdict in (Verdict.OK, Verdict.INCONSISTENT):
                settled.update(found.claims)
            yield found
    for last in LAST_CHECKS:
        yield from last(statements, settled)


@contextmanager
def _no_collection() -> Iterator[None]:
    """An audit makes many objects, all of which it keeps and none in a cycle: a third of its time would go
    into looking for some."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def audit_text(text: str) -> Audit:
    """`audit` of plain text."""
    with _no_collection():
        return audit(lay_out(text))


def _coverage(statements: Statements, findings: list[Finding]) -> Coverage:
    understood = sum(c.kind is not Kind.OTHER for c in statements.claims)
    used = {i for f in findings if f.verdict is not Verdict.UNCHECKABLE for i in f.claims}
    unread = sum(crowd.figures for crowd in statements.crowded)
    return Coverage(len(statements.claims) + unread, understood, len(used))
