"""Reading projects: those that somebody may see, what gates and the search read of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.models import User
from shangheng.core.search.declaring import Document
from shangheng.core.ui.addresses import numbered
from shangheng.desks.investment.models import Counted, Project
from shangheng.engines.cases.models import Case
from shangheng.engines.ledger import catalogue


def projects_for(actor: User) -> QuerySet[Project]:
    """The projects that somebody may see: those of their units, where these lead or land them, and
    those on whose team they are."""
    rows = Project.objects.select_related(
        "case__owner", "case__unit", "investor", "group", "company", "landing_unit"
    )
    scope = scope_of(actor, "investment.view")
    if scope.everything or not allows(actor, "investment.view"):
        return scope.filter(rows)
    near = Q(landing_unit__in=scope.unit_ids) | Q(case__unit__in=scope.unit_ids)
    if scope.own:
        near |= Q(case__owner=actor)
    teams = Project.team.through.objects.filter(user=actor).values("project")
    return rows.filter(near | Q(pk__in=teams))


def project_values(pk: int) -> Mapping[str, object]:
    """What the gates of the workflow ask a project for, by the ids of its fields."""
    row = Project.objects.select_related("investor", "company").get(pk=pk)
    return {
        "investor": row.investor and row.investor.name,
        "industry": row.industry,
        "agreed_investment": row.agreed_investment,
        "currency": row.currency,
        "company": row.company and row.company.name,
        "needs_land": row.needs_land,
        "land_area": row.land_area,
        "parcel": row.parcel,
        "statistics_code": row.statistics_code,
    }


@dataclass(frozen=True, slots=True)
class InLedger:
    """What a project has in the ledger, with the name of the indicator."""

    row: Counted
    name: str


def counted_of(project: Project) -> list[InLedger]:
    """What stands of a project in the ledger."""
    rows = project.counted.filter(withdrawn_at=None)
    return [InLedger(row, catalogue.indicator(row.indicator).name) for row in rows]


def project_url(pk: int) -> str:
    """The page of a project."""
    return numbered("project", pk)


def searched() -> QuerySet[Project]:
    """Everything, with what is found of it."""
    return Project.objects.select_related("case__unit", "investor", "company")


def document(row: Project) -> Document:
    """How the search finds a project: by its name, its number, and who invests and settles."""
    others = [each.name for each in (row.investor, row.company) if each]
    return document_of(row.pk, row.name, row.note, row.matter, others)


def document_of(pk: int, name: str, note: str, case: Case, others: Sequence[str]) -> Document:
    """The same, of a project that is told by its parts; of its case unit and owner are read."""
    unit = case.unit
    return Document(
        key=str(pk),
        title=name,
        url=project_url(pk),
        about=" · ".join([f"#{pk}", *([unit.name] if unit else []), *others]),
        also=tuple(others),
        body=note,
        codes=(str(pk),),
        unit_id=case.unit_id,
        owner_id=case.owner_id,
    )


def place_of(pk: int) -> Place | None:
    """Unit and owner, for the explanation of rights."""
    row = Project.objects.filter(pk=pk).values_list("case__unit", "case__owner").first()
    return Place(*row) if row else None
