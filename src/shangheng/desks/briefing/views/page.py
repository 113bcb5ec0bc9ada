"""What the page of a report shows: the text, where it stands, what can be done now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.access import may
from shangheng.desks.briefing.domain.compose import Composed
from shangheng.desks.briefing.domain.edition import Edition
from shangheng.desks.briefing.models import Report, State
from shangheng.desks.briefing.selectors.building import build
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.selectors.findings import answered, stored_findings
from shangheng.desks.briefing.selectors.restatements import changed_numbers, restatements
from shangheng.desks.briefing.services.approving import UNDONE
from shangheng.desks.briefing.services.downloads import font_warnings, signed_on
from shangheng.desks.briefing.services.recording import wrote
from shangheng.desks.briefing.services.writing import brief_of, latest
from shangheng.methods.documents.numbering import numbers

ROAD = (State.DRAFT, State.CHECKED, State.SIGNED, State.ISSUED)


@dataclass(frozen=True)
class Numbered:
    """A block of the web edition with the number of its heading."""

    block: Composed
    number: str


@dataclass(frozen=True)
class Stop:
    """A station on the road of a report: `when` is done, here or ahead."""

    label: str
    when: str


def page_of(user: User, report: Report, *, now: datetime) -> dict[str, Any]:
    """The context of the page."""
    draft = latest(report)
    if report.build is not None:
        edition: Edition | None = edition_of(report.build)
        findings = stored_findings(report.build)
    else:
        built = build(brief_of(report, draft), known_at=now)
        edition, findings = built.edition, built.findings
    found = answered(report, findings)
    stops = [item for item in found if item.stops]
    steps = list(report.steps.select_related("actor").order_by("-pk"))
    return {
        "report": report,
        "draft": draft,
        "edition": edition,
        "blocks": numbered(edition) if edition else [],
        "findings": found,
        "stops": stops,
        "waived": [item for item in found if item.waiver],
        "warned": [i for i in found if not i.stops and not i.waiver],
        "steps": steps,
        "road": road(report),
        "signed_on": signed_on(report),
        "restated": changed_numbers(restatements(report, now=now)),
        "font_warnings": font_warnings(),
        "can": actions(user, report, bool(stops), steps[0] if steps else None),
        "successor": report.successors.order_by("-pk").first(),
    }


def numbered(edition: Edition) -> list[Numbered]:
    """The blocks with the numbers that the program sets."""
    blocks = edition.document().blocks
    return [
        Numbered(block, number)
        for block, number in zip(edition.composed, numbers(blocks), strict=True)
    ]


def road(report: Report) -> list[Stop]:
    """From draft to issued, and where the report stands."""
    state = State(report.state)
    here = ROAD.index(state) if state in ROAD else len(ROAD)
    stops = [
        Stop(str(s.label), "done" if place < here else "here" if place == here else "ahead")
        for place, s in enumerate(ROAD)
    ]
    return stops if state in ROAD else [*stops, Stop(str(state.label), "here")]


def actions(user: User, report: Report, stopped: bool, last: Any) -> dict[str, bool]:
    """What this person can do with the report now."""
    state, built = State(report.state), report.build_id is not None
    draft, checked, signed = (state == s for s in (State.DRAFT, State.CHECKED, State.SIGNED))
    writer = wrote(actor=user, report=report)
    judges = may(user, report, "check") or may(user, report, "sign")
    return {
        "edit": draft and may(user, report, "write"),
        "audit": may(user, report, "write"),
        "build": draft and may(user, report, "write"),
        "check": draft and built and not writer and may(user, report, "check"),
        "waive": (draft or checked) and built and may(user, report, "sign"),
        "sign": checked and not stopped and not writer and may(user, report, "sign"),
        "issue": signed and may(user, report, "issue"),
        "send_back": built and (draft or checked or signed) and judges,
        "undo": bool(last) and last.act in UNDONE and last.actor_id == user.pk,
        "withdraw": state == State.ISSUED and may(user, report, "issue"),
        "revise": state in {State.ISSUED, State.WITHDRAWN} and may(user, report, "write"),
    }
