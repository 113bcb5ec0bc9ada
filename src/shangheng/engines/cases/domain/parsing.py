"""From a file of `rules/workflows` to a `Workflow`; every error names file, place and what is wrong."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from shangheng.engines.cases.domain.reader import Reader
from shangheng.engines.cases.domain.workflow import (
    Clock,
    Condition,
    EvidenceNeed,
    Field,
    FieldNeed,
    Named,
    Source,
    Stage,
    Transition,
    Version,
    Workflow,
)

_ID = re.compile(r"[a-z][a-z0-9_]*")


def parse_workflow(file: str, row: Any) -> Workflow:
    """The workflow of one file. Raises BadRule."""
    top = Reader(file, "", row)
    fields = {each.id: each for each in (_field(reader) for reader in top.rows("fields", []))}
    workflow = Workflow(
        **_name(top),
        subject=top.text("subject"),
        fields=fields,
        versions=tuple(_version(each, fields) for each in top.rows("versions")),
    )
    top.done()
    _check_versions(top, workflow)
    return workflow


def _name(row: Reader) -> dict[str, str]:
    code = row.text("id")
    if not _ID.fullmatch(code):
        raise row.bad(f"{code!r} is no id: small letters, digits and _ only", "id")
    return {"id": code, "zh": row.text("zh"), "en": row.text("en")}


def _field(row: Reader) -> Field:
    return Field(**_name(row))


def _version(row: Reader, fields: dict[str, Field]) -> Version:
    source = row.into("source", row.get("source", dict))
    version = Version(
        number=row.get("number", int),
        valid_from=row.day("valid_from"),
        valid_to=row.get("valid_to", (date, type(None))),
        source=Source(source.text("title"), source.text("where")),
        verified=row.flag("verified"),
        start=row.text("start"),
        stages=tuple(_stage(each) for each in row.rows("stages")),
        transitions=tuple(_transition(each, fields) for each in row.rows("transitions")),
        pauses=tuple(Named(**_name(each)) for each in row.rows("pauses", [])),
    )
    source.done()
    _check_ids(row, version)
    return version


def _stage(row: Reader) -> Stage:
    return Stage(
        **_name(row),
        milestone=row.flag("milestone", False),
        final=row.flag("final", False),
        returns=row.texts("returns", []),
        clock=_clock(row),
    )


def _clock(row: Reader) -> Clock | None:
    told = row.get("clock", dict, None)
    if told is None:
        return None
    reader = row.into("clock", told)
    clock = Clock(
        reader.get("days", int), reader.get("soon", int, 1), reader.get("escalate", int, None)
    )
    reader.done()
    if clock.days < 1 or not 0 <= clock.soon <= clock.days:
        raise reader.bad("days must be at least 1, soon between 0 and days")
    if clock.escalate is not None and clock.escalate < 1:
        raise reader.bad("must be at least 1 working day", "escalate")
    return clock


def _transition(row: Reader, fields: dict[str, Field]) -> Transition:
    return Transition(
        **_name(row),
        origins=row.texts("from"),
        target=row.text("to"),
        permission=row.text("permission"),
        fields=tuple(_field_need(each, fields) for each in row.rows("fields", [])),
        evidence=tuple(
            EvidenceNeed(each.texts("any_of"), _condition(each, fields))
            for each in row.rows("evidence", [])
        ),
        not_owner=row.flag("not_owner", False),
        reason=row.flag("reason", False),
    )


def _field_need(row: Reader, fields: dict[str, Field]) -> FieldNeed:
    name = _known(row, "field", fields)
    return FieldNeed(name, row.get("is", object, None), _condition(row, fields))


def _condition(row: Reader, fields: dict[str, Field]) -> Condition | None:
    told = row.get("when", dict, None)
    if told is None:
        return None
    reader = row.into("when", told)
    condition = Condition(_known(reader, "field", fields), reader.get("is", object))
    reader.done()
    return condition


def _known(row: Reader, key: str, fields: dict[str, Field]) -> str:
    name = row.text(key)
    if name not in fields:
        raise row.bad(f"{name!r} does not stand under fields at the top", key)
    return name


def _check_ids(row: Reader, version: Version) -> None:
    """Every id once, and every id that is named exists."""
    stages = {stage.id for stage in version.stages}
    for key, things in (
        ("stages", version.stages),
        ("transitions", version.transitions),
        ("pauses", version.pauses),
    ):
        ids = [thing.id for thing in things]
        if twice := sorted({code for code in ids if ids.count(code) > 1}):
            raise row.bad(f"{twice[0]!r} stands twice", key)
    _must_exist(row, "start", [version.start], stages)
    for place, stage in enumerate(version.stages):
        _must_exist(row, f"stages[{place}].returns", stage.returns, stages)
    for place, each in enumerate(version.transitions):
        _must_exist(row, f"transitions[{place}]", [*each.origins, each.target], stages)
        if not each.origins:
            raise row.bad("starts nowhere", f"transitions[{place}].from")


def _must_exist(row: Reader, key: str, named: Iterable[str], stages: set[str]) -> None:
    for code in named:
        if code not in stages:
            raise row.bad(f"there is no stage {code!r}", key)


def _check_versions(top: Reader, workflow: Workflow) -> None:
    if not workflow.versions:
        raise top.bad("there is no version", "versions")
    numbers = [version.number for version in workflow.versions]
    if numbers != sorted(set(numbers)):
        raise top.bad("numbers must rise", "versions")
    for earlier, later in pairwise(workflow.versions):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise top.bad(
                f"version {earlier.number} must end before version {later.number} begins",
                "versions",
            )
