"""Reading leads: those that somebody may see, what gates and the search read of them."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.urls import reverse

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.models import User
from shangheng.core.dictionaries.selectors import value
from shangheng.core.search.declaring import Document
from shangheng.desks.investment.models import Lead
from shangheng.engines.registry.access import person_for
from shangheng.engines.registry.models import Contact


def leads_for(actor: User) -> QuerySet[Lead]:
    """The leads that somebody may see: those of their units, and the whole pool (公海), out of which
    everybody who deals with leads may claim."""
    rows = Lead.objects.select_related(
        "case__owner", "case__unit", "investor", "first_talker", "claimed_by", "project"
    )
    if not allows(actor, "investment.view"):
        return rows.none()
    scope = scope_of(actor, "investment.view")
    if scope.everything:
        return rows
    near = Q(case__unit__in=scope.unit_ids) | Q(claimed_by=None, case__closed=False)
    if scope.own:
        near |= Q(case__owner=actor)
    return rows.filter(near)


def lead_values(pk: int) -> Mapping[str, object]:
    """What the gates of the workflow ask a lead for, by the ids of its fields."""
    row = Lead.objects.select_related("investor", "project").get(pk=pk)
    return {
        "source": row.source,
        "investor": row.investor and row.investor.name,
        "contact": row.contact_name,
        "assessment": row.assessment,
        "duplicate_checked": row.duplicate_checked,
        "reply": row.reply,
        "project": row.project and row.project.name,
    }


def source_name(code: str) -> str:
    """The name of a source in the reader's language."""
    found = value("lead_sources", code)
    return found.name if found else code


def contact_for(actor: User, row: Lead) -> str:
    """Whom to speak to, masked for those who need not know it."""
    if not row.contact_name:
        return ""
    contact = Contact(name=row.contact_name, phone=row.contact_phone)
    seen = person_for(actor, contact)
    return " ".join(part for part in (seen.name, seen.phone) if part)


def lead_url(pk: int) -> str:
    """The page of a lead."""
    return reverse("lead", args=[pk])


def searched() -> QuerySet[Lead]:
    """Everything, with what is found of it."""
    return Lead.objects.select_related("case__unit", "investor")


def document(row: Lead) -> Document:
    """How the search finds a lead: by its title, its number, and the investor."""
    unit = row.matter.unit
    others = [row.investor.name] if row.investor else []
    return Document(
        key=str(row.pk),
        title=row.title,
        url=lead_url(row.pk),
        about=" · ".join([f"#{row.pk}", *([unit.name] if unit else []), *others]),
        also=tuple(others),
        body=row.content,
        codes=(str(row.pk),),
        unit_id=row.matter.unit_id,
        owner_id=row.matter.owner_id,
    )


def place_of(pk: int) -> Place | None:
    """Unit and owner, for the explanation of rights."""
    row = Lead.objects.filter(pk=pk).values_list("case__unit", "case__owner").first()
    return Place(*row) if row else None
