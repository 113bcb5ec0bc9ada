"""What may be the same undertaking: organisations, leads and projects, each with why it was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.selectors.leads import lead_url, leads_for
from shangheng.desks.investment.selectors.organisations import organisation_url
from shangheng.desks.investment.selectors.projects import project_url, projects_for
from shangheng.engines.cases.selectors.cases import stage_of
from shangheng.engines.registry.domain.names import key_of
from shangheng.engines.registry.matching import Match, by_code, find_similar

MOST = 8
SURE = 99.5


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may be meant: what it is, where it stands, why it was found.

    `url` is "" for what the person may not open; unit and owner are told, so that they can ask.
    """

    kind: str
    pk: int
    label: str
    about: str
    why: str
    url: str = ""


def similar(actor: User, text: str, *, but: Lead | Project | None = None) -> list[Found]:
    """Organisations whose names resemble `text`, and the leads and projects that they or their names
    stand in, whichever unit they belong to; without `but` itself and the investor that it names anyway."""
    if len(key_of(text).core) < 2:
        return []
    known = by_code(text)
    matches = [Match(known, text, 100.0)] if known else find_similar(text, limit=MOST)
    may_look = allows(actor, "registry.view")
    found = [
        Found(
            "organisation",
            one.organisation.pk,
            one.organisation.name,
            one.organisation.code,
            _why(one),
            organisation_url(one.organisation.pk) if may_look else "",
        )
        for one in matches
        if but is None or one.organisation.pk != but.investor_id
    ]
    return [*found, *_undertakings(actor, text, matches, but)]


def _undertakings(
    actor: User, text: str, matches: list[Match], but: Lead | Project | None
) -> Iterator[Found]:
    """The newest leads and projects of the organisations, and those whose own name holds the core."""
    of = {one.organisation.pk: one for one in matches}
    core = key_of(text).core
    own_name = Q(name__icontains=core)
    by_org = Q(investor__in=of) | Q(company__in=of) | Q(group__in=of)
    projects = Project.objects.filter(own_name | by_org)
    leads = Lead.objects.filter(Q(title__icontains=core) | Q(investor__in=of))
    if isinstance(but, Project):
        projects = projects.exclude(pk=but.pk)
    if isinstance(but, Lead):
        leads = leads.exclude(pk=but.pk)
    related = ("case__owner", "case__unit", "investor")
    shown_projects = list(projects.select_related(*related)[:MOST])
    shown_leads = list(leads.select_related(*related)[:MOST])
    may_open = {
        "project": _within(projects_for(actor), shown_projects),
        "lead": _within(leads_for(actor), shown_leads),
    }
    for row in shown_projects:
        url = project_url(row.pk) if row.pk in may_open["project"] else ""
        yield Found("project", row.pk, row.name, _where(row), _tie(row, of), url)
    for lead in shown_leads:
        url = lead_url(lead.pk) if lead.pk in may_open["lead"] else ""
        yield Found("lead", lead.pk, lead.title, _where(lead), _tie(lead, of), url)


def _within(rows: Any, shown: list[Any]) -> set[int]:
    return set(rows.filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True))


def _why(match: Match) -> str:
    if match.score >= SURE:
        return _("名称或代码相同")
    if match.name != match.organisation.name:
        words = {"name": match.name, "score": round(match.score)}
        return _("与别名“%(name)s”相近，相似度%(score)d") % words
    return _("名称相近，相似度%d") % round(match.score)


def _tie(row: Lead | Project, of: dict[int, Match]) -> str:
    investor = row.investor
    if investor is not None and investor.pk in of:
        return _("投资方“%s”相同或相近") % investor.name
    return _("名称里有同样的字号")


def _where(row: Lead | Project) -> str:
    case = row.matter
    parts = [stage_of(case).name, case.unit.label if case.unit else "", case.owner.display_name]
    return " · ".join(part for part in parts if part)
