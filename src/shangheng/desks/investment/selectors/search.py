"""What the search finds besides leads and projects: money that arrived or left, and spaces."""

from django.db.models import QuerySet
from django.urls import reverse

from shangheng.core.search.declaring import Document
from shangheng.desks.investment.models import Arrival, Outflow, Project, Space
from shangheng.desks.investment.selectors.money import arrival_url
from shangheng.engines.registry.models import Organisation


def arrivals() -> QuerySet[Arrival]:
    """Every arrival, with what is found of it."""
    return Arrival.objects.select_related("project__case", "payer")


def arrival_document(row: Arrival) -> Document:
    """An arrival by its project, its payer, the number of its voucher and its own."""
    return _paid(row, arrival_url(row.pk), row.payer, (row.number, row.number_key))


def outflows() -> QuerySet[Outflow]:
    """Everything that left, with what is found of it."""
    return Outflow.objects.select_related("project__case", "payee")


def outflow_document(row: Outflow) -> Document:
    """Money that left by its project, whom it went to, and what for."""
    url = reverse("project-money", args=[row.project_id]) + "#outflows"
    return _paid(row, url, row.payee, (), row.purpose)


def _paid(
    row: Arrival | Outflow,
    url: str,
    party: Organisation | None,
    codes: tuple[str, ...],
    purpose: str = "",
) -> Document:
    names = (party.name,) if party else ()
    amount = f"{row.plain_amount:f}万{row.currency}"  # zh-data: a unit of measure
    told = [f"#{row.pk}", row.paid_on.isoformat(), amount, *codes[:1], *names]
    case = row.project.matter
    return Document(
        key=str(row.pk),
        title=row.project.name,
        url=url,
        about=" · ".join(part for part in told if part),
        also=names,
        body=f"{purpose} {row.note}".strip(),
        codes=(str(row.pk), *codes),
        unit_id=case.unit_id,
        owner_id=case.owner_id,
    )


def spaces() -> QuerySet[Space]:
    """Every space."""
    return Space.objects.select_related("unit")


def space_document(row: Space) -> Document:
    """A space by its name, its number and where it lies."""
    return Document(
        key=str(row.pk),
        title=row.name,
        url=reverse("space", args=[row.pk]),
        about=" · ".join(part for part in (row.code, row.site, row.unit.name) if part),
        also=(row.site,) if row.site else (),
        body=f"{row.address} {row.note}".strip(),
        codes=(row.code, str(row.pk)),
    )


def found_with(*projects: Project) -> list[Project | Arrival | Outflow]:
    """Projects and what is found under their names and by whose they are."""
    return [
        *projects,
        *Arrival.objects.filter(project__in=projects),
        *Outflow.objects.filter(project__in=projects),
    ]
