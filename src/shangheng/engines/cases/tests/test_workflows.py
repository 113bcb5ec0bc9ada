"""Every workflow of the rules is sound, and an unsound one says where and what."""

import copy
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain import coverage, graph
from shangheng.engines.cases.domain.drawing import draw
from shangheng.engines.cases.domain.parsing import parse_workflow
from shangheng.engines.cases.domain.reader import BadRule
from shangheng.engines.cases.domain.workflow import UnknownWorkflow, Version, Workflow
from shangheng.engines.cases.tests.rules import SMALL, first, small

VERSIONS = [(w, v) for w in rulebook.workflows().values() for v in w.versions]
every_version = pytest.mark.parametrize(
    ("workflow", "version"), VERSIONS, ids=[f"{w.id} v{v.number}" for w, v in VERSIONS]
)


@every_version
def test_every_workflow_of_the_rules_is_sound(workflow: Workflow, version: Version) -> None:
    assert coverage.problems(workflow, version, rulebook.known()) == []


@every_version
def test_every_stage_is_played_through_with_dates(workflow: Workflow, version: Version) -> None:
    for stage in version.stages:
        path = coverage.shortest_path(version, stage.id)
        visits = coverage.simulate(version, rulebook.calendar(), date(2021, 3, 1), path)
        assert visits[-1].stage == stage
        assert [visit.entered for visit in visits] == sorted(visit.entered for visit in visits)


def test_a_lead_that_uses_up_every_clock_is_answered_on_the_eleventh_working_day() -> None:
    version = rulebook.version("investment_lead", 1)
    path = coverage.shortest_path(version, "following")
    visits = coverage.simulate(version, rulebook.calendar(), date(2021, 9, 17), path)
    assert [(visit.stage.id, visit.due) for visit in visits] == [
        ("registered", date(2021, 9, 18)),  # a Saturday that is worked
        ("assessing", date(2021, 9, 24)),  # after Mid-Autumn
        ("replying", date(2021, 10, 9)),  # a worked Sunday in between, and National Day
        ("following", date(2021, 10, 22)),
    ]
    shorter = coverage.simulate(
        version, rulebook.calendar(), date(2021, 9, 17), path, {"registered": 2}
    )
    assert shorter[1].entered == date(2021, 9, 22)


def test_a_path_that_does_not_hang_together_is_refused() -> None:
    version = first(small())
    with pytest.raises(UnknownWorkflow, match="approve does not start at draft"):
        coverage.simulate(
            version, rulebook.calendar(), date(2021, 3, 1), [version.transition("approve")]
        )


STAGES = SMALL["versions"][0]["stages"]
TRANSITIONS = SMALL["versions"][0]["transitions"]
LOST = {"id": "lost", "zh": "孤", "en": "Lost"}


def bent(place: int, **changes: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = copy.deepcopy(TRANSITIONS)
    rows[place] |= changes
    return rows


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stages": [*STAGES, LOST]}, "stage lost: no way leads there from draft"),
        ({"stages": [*STAGES, LOST]}, "stage lost: no way leads from there to a final stage"),
        (
            {"transitions": bent(0, permission="cases.dance")},
            "transition send: there is no permission cases.dance",
        ),
        (
            {"transitions": bent(0, evidence=[{"any_of": ["photo"]}])},
            "transition send: unknown kind of evidence in ['photo']",
        ),
        (
            {
                "transitions": bent(
                    0, fields=[{"field": "foreign", "is": True}, {"field": "foreign", "is": False}]
                )
            },
            "transition send: foreign cannot have two values",
        ),
        (
            {"stages": [STAGES[0] | {"clock": {"days": 400}}, *STAGES[1:]]},
            "stage draft: 400 working days is over a year",
        ),
        (
            {"transitions": [*TRANSITIONS, bent(1)[1] | {"id": "on", "from": ["done"]}]},
            "stage done: is final, yet a transition leaves it",
        ),
    ],
)
def test_an_unsound_workflow_says_what_is_wrong(changes: dict[str, Any], told: str) -> None:
    workflow = small(**changes)
    assert told in coverage.problems(workflow, first(workflow), rulebook.known())


def test_a_permission_that_no_role_holds_is_noticed() -> None:
    workflow, known = small(), rulebook.known()
    nobody = coverage.Known(known.evidence, {"cases.act": frozenset()})
    found = coverage.problems(workflow, first(workflow), nobody)
    assert "transition send: no role holds cases.act" in found


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"start": "nowhere"}, "versions[0].start: there is no stage 'nowhere'"),
        ({"number": "1"}, "versions[0].number: '1' is not of the expected type"),
        ({"stages": [*STAGES, STAGES[0]]}, "versions[0].stages: 'draft' stands twice"),
        ({"transitions": bent(0, to="away")}, "transitions[0]: there is no stage 'away'"),
        ({"transitions": bent(0, froom=[])}, "transitions[0]: unknown key 'froom'"),
        (
            {"transitions": bent(0, fields=[{"field": "colour"}])},
            "transitions[0].fields[0].field: 'colour' does not stand under fields at the top",
        ),
        (
            {"stages": [STAGES[0] | {"clock": {"days": 0}}, *STAGES[1:]]},
            "stages[0].clock: days must be at least 1",
        ),
        ({"stages": [STAGES[0] | {"id": "Draft"}]}, "stages[0].id: 'Draft' is no id"),
    ],
)
def test_a_broken_rule_says_file_place_and_what(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(BadRule, match=re.escape("small.yaml: ") + ".*" + re.escape(told)):
        small(**changes)


def test_versions_follow_each_other_in_time() -> None:
    row = copy.deepcopy(SMALL)
    row["versions"].append(row["versions"][0] | {"number": 2, "valid_from": date(2022, 1, 1)})
    with pytest.raises(BadRule, match="version 1 must end before version 2 begins"):
        parse_workflow("small.yaml", row)
    row["versions"][0]["valid_to"] = date(2021, 12, 31)
    workflow = parse_workflow("small.yaml", row)
    assert [workflow.on(date(year, 12, 31)).number for year in (2021, 2022)] == [1, 2]
    with pytest.raises(UnknownWorkflow, match="no version for 2018-12-31"):
        workflow.on(date(2018, 12, 31))


@every_version
def test_the_graph_shows_every_stage_and_way_in_both_languages(
    workflow: Workflow, version: Version
) -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            root = ET.fromstring(graph.svg(workflow.name, version, version.start))
            told = " ".join(root.itertext())
            assert root.get("role") == "img"
            assert workflow.name in root.get("aria-label", "")
            for thing in (*version.stages, *version.transitions):
                assert thing.name in told
            rows = graph.table(version)
            ways = [way for row in rows for way in row.onward]
            assert len(ways) == sum(len(each.origins) for each in version.transitions)


@every_version
def test_no_two_rails_lie_on_one_another(workflow: Workflow, version: Version) -> None:
    rails = draw(version, "退回").rails
    for rail in rails:
        for other in rails:
            if rail is not other and rail.x == other.x:
                assert rail.heights[-1] < other.heights[0] or other.heights[-1] < rail.heights[0]


def test_names_in_the_graph_cannot_break_out_of_it() -> None:
    workflow = small(stages=[STAGES[0] | {"zh": "<b>&", "en": "<b>&"}, *STAGES[1:]])
    assert "<b>" not in graph.svg(workflow.name, first(workflow))
