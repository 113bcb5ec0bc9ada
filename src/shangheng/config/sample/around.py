"""What lies around the sample year's projects: leads, obstacles, meetings, events, promises, credit, spaces.

All of it is made up and says so, but for the one obstacle that the summary itself tells of.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from shangheng.config.sample.investment import Event, InvestmentSample, at_noon
from shangheng.config.sample.reading import Row, decimal
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.services import (
    claiming,
    commitments,
    credit,
    events,
    handling,
    leads,
    projects,
    spaces,
)
from shangheng.engines.cases.models import Meeting, Obstacle
from shangheng.engines.cases.services import meetings, obstacles

HALF = Decimal(50)


class AroundProjects:
    """Enters it, each on its day."""

    def __init__(self, desk: InvestmentSample) -> None:
        self.desk, self.told = desk, desk.told
        self.meetings: list[Meeting] = []

    def events(self) -> Iterator[Event]:
        """Everything, with its time; an obstacle is there before the meeting that decides on it."""
        acts: Mapping[str, Callable[[Row], None]] = {
            "leads": self._lead,
            "obstacles": self._obstacle,
            "events": self._event,
            "commitments": self._promise,
            "rulings": self._rule,
            "efforts": self._effort,
        }
        for group, act in acts.items():
            for row in self.told[group]:
                on = row["day"] if "day" in row else self._signed(row)
                yield at_noon(on), group, partial(act, row)
        for row in self.told["meetings"]:
            yield at_noon(row["at"]), row["title"], partial(self._convene, row)
            if "attending" in row:
                yield at_noon(row["day"]), row["title"], partial(self._hold, row)
        end = at_noon(date(2021, 12, 30))
        yield end, "spaces", self._spaces

    def _signed(self, row: Row) -> date:
        return self.desk.plan(row["project"]).steps["sign"]

    def _unit(self, row: Row) -> OrgUnit:
        return self.desk.units[row["unit"]]

    def _officer(self, row: Row) -> User:
        unit = row["unit"] if "unit" in row else self.desk.plan(row["project"]).unit
        return self.desk.officers[unit]

    def _project(self, row: Row) -> Project:
        return self.desk.projects[row["project"]]

    def _lead(self, row: Row) -> None:
        at, officer = at_noon(row["day"]), self._officer(row)
        values = {
            "title": row["title"],
            "source": row["source"],
            "investor": row["investor"],
            "industry": row["industry"],
            "expected_investment": decimal(row["amount"]) if "amount" in row else None,
        }
        lead = leads.enter_lead(
            actor=officer, at=at, values=values, unit=self._unit(row), is_sample=True
        )
        words, ends = self.told["lead_words"], row["ends"]
        if ends in {"claimed", "following"}:
            claiming.claim(actor=officer, at=at, row=lead)
            lead.refresh_from_db()
        if ends == "following":
            claiming.note_duplicates(
                actor=officer, at=at, row=lead, conclusion=words["duplicates"], seen=None
            )
            self._advance(lead, officer, at, "assess", words["assess"])
            self._advance(lead, officer, at, "reply", words["reply"])
        elif ends == "closed":
            self._advance(lead, officer, at, "give_up", {}, words["given_up"])

    def _advance(
        self, lead: Any, officer: User, at: datetime, step: str, values: Row, reason: str = ""
    ) -> None:
        handling.advance(
            actor=officer, at=at, row=lead, transition=step, seen=None, values=values, reason=reason
        )
        lead.refresh_from_db()

    def _obstacle(self, row: Row) -> None:
        officer, at = self._officer(row), at_noon(row["day"])
        made = obstacles.raise_obstacle(
            actor=officer,
            at=at,
            case=self._project(row).matter,
            kind=row["kind"],
            title=row["title"],
            owner=officer,
            due_on=row["due"],
            is_sample=True,
        )
        if "result" in row:
            later = at_noon(row["due"])
            obstacles.close_obstacle(actor=officer, at=later, obstacle=made, result=row["result"])

    def _convene(self, row: Row) -> None:
        """Plan a meeting, and take to it what it is to decide on."""
        meeting = meetings.convene(
            actor=self.desk.head,
            at=at_noon(row["at"]),
            title=row["title"],
            held_on=row["day"],
            chair=row["chair"],
            is_sample=True,
        )
        self.meetings.append(meeting)
        for one in self.told["obstacles"]:
            if one.get("meeting") == row["title"]:
                obstacle = Obstacle.objects.get(title=one["title"])
                obstacles.escalate(
                    actor=obstacle.owner,
                    at=at_noon(row["at"]),
                    obstacle=obstacle,
                    meeting=meeting,
                    asks=one["asks"],
                )

    def _hold(self, row: Row) -> None:
        meeting = next(one for one in self.meetings if one.title == row["title"])
        decided = {one["title"]: one.get("decided", "") for one in self.told["obstacles"]}
        meetings.close_meeting(
            actor=self.desk.head,
            at=at_noon(row["day"]),
            meeting=meeting,
            attending=row["attending"],
            decisions={
                item.pk: meetings.Decision(decided[item.obstacle.title], item.obstacle.owner)
                for item in meeting.items.select_related("obstacle__owner")
            },
        )

    def _event(self, row: Row) -> None:
        officer, at = self._officer(row), at_noon(row["day"])
        event = events.enter_event(
            actor=officer,
            at=at,
            unit=self._unit(row),
            values={
                "kind": row["kind"],
                "name": row["name"],
                "session": row.get("session", ""),
                "starts_on": row["day"],
                "ends_on": row["day"] + timedelta(days=row["days"] - 1),
            },
            is_sample=True,
        )
        for name, applied, allotted in row.get("stands", ()):
            stand = {"organisation": name, "applied": applied, "allotted": allotted}
            events.set_stands(actor=officer, at=at, event=event, values=stand)
        for name, outcome in row.get("projects", {}).items():
            project = self.desk.projects[name]
            events.set_outcome(actor=officer, at=at, event=event, project=project, outcome=outcome)

    def _promise(self, row: Row) -> None:
        officer, signed = self._officer(row), self._signed(row)
        amount = decimal(row["amount"]) if "amount" in row else None
        clause = commitments.promise(
            actor=officer,
            at=at_noon(signed),
            project=self._project(row),
            values={
                "side": row["side"],
                "kind": row["kind"],
                "text": row["text"],
                "amount": amount,
                "unit": row.get("measure", ""),
                "due_on": row["due"],
            },
            is_sample=True,
        )
        if "review" in row:
            commitments.review(
                actor=self.desk.director,
                at=at_noon(signed),
                row=clause,
                outcome=row["review"],
                reviewed_on=signed,
            )
        for done_on, part in row.get("done", ()):
            commitments.progress(
                actor=officer,
                at=at_noon(done_on),
                row=clause,
                done_on=done_on,
                amount=decimal(part),
            )

    def _rule(self, row: Row) -> None:
        parts = [
            credit.Part(self.desk.units[unit], role, HALF) for unit, role in row["shares"].items()
        ]
        credit.rule(
            actor=self.desk.director,
            at=at_noon(row["day"]),
            project=self._project(row),
            parts=parts,
            holds_from=row["day"],
            reason=row["reason"],
        )

    def _effort(self, row: Row) -> None:
        values = {
            "kind": row["kind"],
            "done_on": row["day"],
            "title": row["title"],
            "people": row["people"],
            "project": self._project(row) if "project" in row else None,
        }
        credit.enter_effort(
            actor=self._officer(row),
            at=at_noon(row["day"]),
            unit=self._unit(row),
            values=values,
            is_sample=True,
        )

    def _spaces(self) -> None:
        at = at_noon(date(2021, 12, 30))
        for row in self.told["spaces"]:
            values = {key: row[key] for key in ("code", "name", "kind", "site")}
            values |= {
                field: decimal(row[key]) if key in row else None for field, key in MEASURES.items()
            }
            spaces.enter_space(
                actor=self._officer(row),
                at=at,
                values=values
                | {"unit": self._unit(row), "price_unit": row["per"], "price_on": at.date()},
                state=row.get("state", "free"),
                is_sample=True,
            )
        for row in self.told["needs"]:
            project, officer = self._project(row), self._officer(row)
            land = {"needs_land": True, "land_area": decimal(row["land"])}
            projects.change_project(actor=officer, at=at, row=project, values=land, seen=None)
            need = {"price": decimal(row["price"]), "price_unit": row["per"]}
            spaces.set_need(actor=officer, at=at, project=project, values=need, seen=None)


MEASURES = {
    "area": "area",
    "clear_height": "height",
    "floor_load": "load",
    "power": "power",
    "price": "price",
}
