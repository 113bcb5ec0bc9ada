"""Writing reports: opening, saving the text, pinning a build, starting a new edition."""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.search.services import index
from shangheng.desks.briefing import catalogue
from shangheng.desks.briefing.domain.compose import Composer, Setting
from shangheng.desks.briefing.domain.pieces import to_data
from shangheng.desks.briefing.domain.told import _
from shangheng.desks.briefing.models import (
    BoundFigure,
    Build,
    CannotDo,
    Draft,
    Report,
    StaleText,
    State,
)
from shangheng.desks.briefing.selectors.building import Brief, Built, build
from shangheng.desks.briefing.services.recording import held, record
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.services.sealing import seal


def suggested_title(template: str, period: Period, bureau: str) -> str:
    """The title that a template gives to a report over a period. Raises UnknownTemplate."""
    chosen = catalogue.template(template, period.end.last)
    return Composer(Setting(period, bureau), {}, {}, "").title(chosen.title)


@transaction.atomic
def create_report(
    *,
    actor: User,
    at: datetime,
    template: str,
    period: Period,
    title: str = "",
    area: str = "",
    unit: OrgUnit | None = None,
) -> Report:
    """Open a report with the text of a template; the writer owns it. Raises UnknownTemplate."""
    chosen = catalogue.template(template, period.end.last)
    bureau = settings.BUREAU_NAME
    report = Report.objects.create(
        template=chosen.code,
        template_version=chosen.version,
        period=str(period),
        area=area or settings.HOME_AREA,
        title=title.strip() or suggested_title(template, period, bureau),
        bureau=bureau,
        unit=unit or actor.unit,
        owner=actor,
        created_at=at,
    )
    _add_draft(actor, at, report, chosen.text, gettext("取自模板"))
    after = {"template": f"{chosen.code} v{chosen.version}", "period": report.period}
    record(actor=actor, at=at, act="create", report=report, after=after)
    return report


@transaction.atomic
def save_draft(
    *,
    actor: User,
    at: datetime,
    report: Report,
    text: str,
    base: int,
    title: str = "",
    note: str = "",
) -> Draft:
    """Add a version of the text; a build of an older one is no longer the report's.

    `base` is the number of the version that was edited. Raises StaleText when somebody else has
    saved since, CannotDo when the report is no draft any more.
    """
    current = held(report, State.DRAFT)
    last = latest(current)
    if last.number != base:
        raise StaleText(
            _("%(who)s已在您之后保存了第%(number)d稿，您的改动没有保存；请对照后再改。"),
            who=last.author.display_name,
            number=last.number,
            theirs=last,
        )
    text = text.replace("\r\n", "\n").strip() + "\n"
    current.title = title.strip() or current.title
    if (text, current.title) == (last.text, last.title):
        return last
    current.build = None
    current.save(update_fields=["title", "build"])
    draft = _add_draft(actor, at, current, text, note.strip())
    record(actor=actor, at=at, act="save", report=current, after={"number": draft.number})
    return draft


@transaction.atomic
def build_report(
    *, actor: User, at: datetime, report: Report, known_at: datetime | None = None
) -> Build:
    """Pin the latest text: every figure as known at `known_at` (now), never to change again.

    Raises CannotDo when the text cannot be read, or the instant has not come yet.
    """
    current = held(report, State.DRAFT)
    if known_at is not None and known_at > at:
        raise CannotDo(_("数据截至时间还没有到，请选今天或更早的日子。"))
    pinned = seal(at=known_at or at)
    draft = latest(current)
    built = build(brief_of(current, draft), known_at=pinned)
    made = _keep(actor, at, current, draft, built)
    current.build = made
    current.save(update_fields=["build"])
    after = {"build": made.pk, "known_at": pinned.isoformat(), "text_hash": made.text_hash}
    record(actor=actor, at=at, act="build", report=current, after=after)
    return made


@transaction.atomic
def revise(*, actor: User, at: datetime, report: Report) -> Report:
    """Open a new edition of an issued report with its text; it is replaced when that is issued.

    Raises CannotDo while another new edition is open.
    """
    current = held(report, State.ISSUED, State.WITHDRAWN)
    if current.successors.exclude(state__in=[State.WITHDRAWN, State.SUPERSEDED]).exists():
        raise CannotDo(_("这份材料已有修订稿，请在修订稿上继续。"))
    text = latest(current).text
    revision = Report.objects.create(
        template=current.template,
        template_version=current.template_version,
        period=current.period,
        area=current.area,
        title=current.title,
        bureau=current.bureau,
        unit=current.unit,
        owner=actor,
        supersedes=current,
        created_at=at,
    )
    _add_draft(actor, at, revision, text, gettext("取自原材料"))
    record(actor=actor, at=at, act="create", report=revision, after={"supersedes": current.pk})
    return revision


def brief_of(report: Report, draft: Draft) -> Brief:
    """What is to be built of a version of the text."""
    return Brief(draft.title, report.bureau, report.span, report.area, draft.text)


def latest(report: Report) -> Draft:
    """The latest version of the text."""
    return report.drafts.select_related("author").order_by("-number")[0]


def _add_draft(actor: User, at: datetime, report: Report, text: str, note: str) -> Draft:
    last = report.drafts.aggregate(last=Max("number"))["last"] or 0
    draft = Draft.objects.create(
        report=report,
        number=last + 1,
        title=report.title,
        text=text,
        author=actor,
        saved_at=at,
        note=note,
    )
    index(report)
    return draft


def _keep(actor: User, at: datetime, report: Report, draft: Draft, built: Built) -> Build:
    edition = built.edition
    if edition is None:
        raise CannotDo(_("正文有写错的地方，改好才能生成：%(why)s"), why=built.findings[0].message)
    made = Build.objects.create(
        report=report,
        draft=draft,
        title=edition.title,
        bureau=edition.bureau,
        known_at=edition.known_at,
        built_at=at,
        built_by=actor,
        text_hash=edition.text_hash,
        findings=[asdict(finding) for finding in built.findings],
        notes={source: [asdict(note) for note in notes] for source, notes in edition.notes.items()},
    )
    BoundFigure.objects.bulk_create(
        BoundFigure(
            build=made, place=place, source=source, text=answer.text, answer=to_data(answer)
        )
        for place, (source, answer) in enumerate(edition.answers.items())
    )
    return made
