"""Holding cases against their logs, and the logs against the audit: what triggers cannot stop."""

from collections import defaultdict
from collections.abc import Iterator

from shangheng.core.audit.checks import Finding
from shangheng.core.audit.models import Row
from shangheng.engines.cases.domain import history
from shangheng.engines.cases.models import Case, Step
from shangheng.engines.cases.selectors.cases import entry_of
from shangheng.methods.wording import say

CHUNK = 500


def verify() -> Iterator[Finding]:
    """Cases that are not what their steps come to, and steps that the audit does not know so."""
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield from _cases(keys[start : start + CHUNK])


def _cases(keys: list[int]) -> Iterator[Finding]:
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(case__in=keys).select_related("undoes").order_by("number"):
        steps[step.case_id].append(step)
    audited = _audited(keys)
    for case in Case.objects.filter(pk__in=keys).order_by("pk"):
        own = steps[case.pk]
        target = f"cases.case:{case.pk}"
        if not _follows(case, own):
            message = say("事项 #%(pk)d 与它的办理记录不符。", pk=case.pk)
            yield Finding("cases", "altered", target, message)
        if [_told(step) for step in own] != audited[case.pk]:
            message = say("事项 #%(pk)d 的办理记录与留痕不符。", pk=case.pk)
            yield Finding("cases", "altered", target, message)


def _follows(case: Case, steps: list[Step]) -> bool:
    try:
        state = history.replay(
            entry_of(step, step.undoes.number if step.undoes else None) for step in steps
        )
    except history.BrokenLog:
        return False
    row = (case.stage, case.owner_id, case.unit_id, case.visit, case.entered_at, case.paused)
    return row == (
        state.stage, state.owner, state.unit, state.visit, state.since, state.paused,
    )  # fmt: skip


def _told(step: Step) -> tuple[object, ...]:
    """A step as its audit row has it."""
    return (f"cases.{step.act}", step.number, step.stage, step.owner_id, step.unit_id, step.reason)


def _audited(keys: list[int]) -> dict[int, list[tuple[object, ...]]]:
    found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    acts = [f"cases.{act}" for act in history.Act]
    targets = [f"cases.case:{key}" for key in keys]
    for row in Row.objects.filter(target__in=targets, act__in=acts).order_by("number"):
        after = row.after if isinstance(row.after, dict) else {}
        told = (after.get(key) for key in ("step", "stage", "owner", "unit"))
        found[int(row.target.partition(":")[2])].append((row.act, *told, after.get("reason", "")))
    return found
