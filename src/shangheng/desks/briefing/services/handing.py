"""Reports pass to somebody else when their owner leaves."""

from datetime import datetime

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.search.services import index
from shangheng.desks.briefing.models import Report
from shangheng.desks.briefing.services.recording import record


def hand_over_reports(
    *, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]
) -> None:
    """Make `receiver` the owner of these reports of `giver`; who wrote what stays as it is."""
    reports = Report.objects.select_for_update(of=("self",)).filter(pk__in=keys, owner=giver)
    for report in reports.order_by("pk"):
        report.owner = receiver
        report.save(update_fields=["owner"])
        index(report)
        record(
            actor=actor,
            at=at,
            act="hand_over",
            report=report,
            before={"owner": giver.username},
            after={"owner": receiver.username},
        )


def pass_reports_to_unit(
    *, actor: User, at: datetime, unit: OrgUnit, to: OrgUnit, keys: list[int]
) -> None:
    """Let another unit answer for these reports of a unit; their owners stay."""
    reports = Report.objects.select_for_update(of=("self",)).filter(pk__in=keys, unit=unit)
    for report in reports.order_by("pk"):
        report.unit = to
        report.save(update_fields=["unit"])
        index(report)
        record(
            actor=actor,
            at=at,
            act="hand_over",
            report=report,
            before={"unit": unit.code},
            after={"unit": to.code},
        )
