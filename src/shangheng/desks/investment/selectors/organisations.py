"""Reading organisations of the registry as the desk shows them: one with all that is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng import rules
from shangheng.core.accounts.models import User
from shangheng.core.search.declaring import Document
from shangheng.core.ui.addresses import numbered
from shangheng.core.ui.templatetags.ui import day
from shangheng.desks.investment.models import Arrival, Lead, Project
from shangheng.desks.investment.selectors.leads import leads_for
from shangheng.desks.investment.selectors.money import arrivals_for
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.cases.selectors.cases import stage_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.registry.access import Person, person_for
from shangheng.engines.registry.domain.codes import problems_of
from shangheng.engines.registry.industries import industry_name
from shangheng.engines.registry.matching import find_similar
from shangheng.engines.registry.models import (
    Contact,
    FieldSource,
    Kind,
    Membership,
    Merge,
    Organisation,
)
from shangheng.engines.registry.relations import relations
from shangheng.engines.registry.services.merging import TAKEN, field_name
from shangheng.engines.registry.services.organisations import DESCRIBED
from shangheng.methods.wording import named

KIND = "organisations"
PARTIES = {
    "investor": gettext_lazy("投资方"),
    "group": gettext_lazy("所属集团"),
    "company": gettext_lazy("落地企业"),
}
MOST = 50  # projects, leads and arrivals on the page of one organisation
SURE = 99.5


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an organisation: in words, where it is known from, what stood there before."""

    field: str
    label: str
    value: str
    source: FieldSource | None
    before: Sequence[tuple[str, FieldSource]]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge for reading: what moved, which fields were taken over."""

    row: Merge
    moved: Sequence[tuple[str, int]]
    taken: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Resembling:
    """Another organisation that may be the same, with why."""

    row: Organisation
    score: int
    why: Sequence[str]


def organisations() -> QuerySet[Organisation]:
    """Every organisation that was not merged away."""
    return Organisation.objects.filter(merged_into=None)


def organisation_url(pk: int) -> str:
    """The page of an organisation."""
    return numbered("organisation", pk)


def searched() -> QuerySet[Organisation]:
    """Every organisation, with what is found of it."""
    return organisations().prefetch_related("names")


def document(row: Organisation) -> Document:
    """How the search finds an organisation: by every name that it has or had, its code, its number."""
    others = tuple(one.name for one in row.names.all() if one.name != row.name)
    return Document(
        key=str(row.pk),
        title=row.name,
        url=organisation_url(row.pk),
        about=" · ".join(part for part in (f"#{row.pk}", row.code, *others) if part),
        also=others,
        codes=tuple(code for code in (row.code, str(row.pk)) if code),
    )


def list_names() -> dict[str, str]:
    """The lists on which organisations may stand, by code."""
    return {
        row["code"]: named(row["zh"], row["en"]) for row in rules.load("organisation_lists.yaml")
    }


def list_text(row: Membership) -> str:
    """A place on a list, in words."""
    name = list_names().get(row.list, row.list)
    told = {"year": row.year, "name": name, "rank": row.rank}
    return (
        _("%(year)d年%(name)s第%(rank)d位") % told if row.rank else _("%(year)d年%(name)s") % told
    )


def facts_of(row: Organisation) -> list[Fact]:
    """What is known of an organisation, field by field; two queries at most."""
    known: dict[str, list[FieldSource]] = {field: [] for field in DESCRIBED}
    for one in row.sources.select_related("recorded_by"):
        known.setdefault(one.field, []).append(one)
    return [
        Fact(
            field,
            field_name(field),
            worded(field, _held(row, field)),
            known[field][-1] if known[field] else None,
            [(worded(field, one.value) or "—", one) for one in reversed(known[field][:-1])],
        )
        for field in DESCRIBED
    ]


def _held(row: Organisation, field: str) -> object:
    return row.parent_id if field == "parent" else getattr(row, field)


def worded(field: str, value: object) -> str:
    """The value of a field as a person reads it; "" for none."""
    if value in {None, ""}:
        return ""
    match field:
        case "kind":
            return str(dict(Kind.choices).get(str(value), value))
        case "industry":
            return f"{industry_name(str(value))} {value}"
        case "area":
            name = catalogue.area_name(str(value))
            return name if name == value else f"{name} {value}"
        case "parent" | "parent_id":
            found = Organisation.objects.filter(pk=int(str(value))).first()
            return found.name if found else f"#{value}"
        case "founded_on":
            return day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value)


def code_warnings(row: Organisation) -> list[str]:
    """What is wrong with a code that was kept nevertheless."""
    return [problem.message for problem in problems_of(row.code)] if row.code else []


def projects_of(actor: User, row: Organisation) -> list[tuple[Project, str, str]]:
    """The projects of an organisation that somebody may see, the newest first: with its part in each
    and the stage."""
    party = Q(investor=row) | Q(group=row) | Q(company=row)
    return [
        (one, "、".join(_parts(one, row)), stage_of(one.matter).name)
        for one in projects_for(actor).filter(party).order_by("-pk")[: MOST + 1]
    ]


def _parts(project: Project, row: Organisation) -> Iterator[str]:
    for field, label in PARTIES.items():
        if getattr(project, f"{field}_id") == row.pk:
            yield str(label)


def leads_of(actor: User, row: Organisation) -> list[tuple[Lead, str]]:
    """The leads about an organisation that somebody may see, with their stages."""
    rows = leads_for(actor).filter(investor=row).order_by("-pk")[: MOST + 1]
    return [(one, stage_of(one.matter).name) for one in rows]


def arrivals_of(actor: User, row: Organisation) -> list[Arrival]:
    """Money that an organisation has paid and that counts, of projects that somebody may see."""
    rows = arrivals_for(actor).filter(payer=row, taken_back_at=None)
    return list(rows.order_by("-paid_on", "-pk")[: MOST + 1])


def people_of(actor: User, rows: Sequence[Organisation]) -> list[tuple[Contact, Person]]:
    """The contacts of organisations, those in use first, as somebody may see them."""
    found = Contact.objects.filter(organisation__in=rows).select_related("organisation")
    return [(one, person_for(actor, one)) for one in found.order_by("-is_active", "pk")]


def merges_of(row: Organisation) -> list[Merged]:
    """What was merged into an organisation and where it was itself merged, the latest first."""
    found = Merge.objects.filter(Q(kept=row) | Q(gone=row))
    return [merged(one) for one in found.select_related("kept", "gone", "merged_by", "undone_by")]


def merged(row: Merge) -> Merged:
    """A merge in words."""
    return Merged(
        row,
        moved_in_words({key: len(rows) for key, rows in row.moved.items()}),
        [
            (field_name(field), worded(field, before) or "—", worded(field, after))
            for field, (before, after) in row.taken.items()
        ],
    )


def moved_in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many rows of which relation, in words; nothing of those without any."""
    names = {one.key: one.name for one in relations()}
    return [(names.get(key, key), count) for key, count in counts.items() if count]


def resembling(row: Organisation) -> list[Resembling]:
    """Organisations that may be the same as one, the likeliest first, each with every reason."""
    found: dict[int, tuple[float, list[str]]] = {}
    for name in row.names.all():
        for one in find_similar(name.name):
            if one.organisation.pk != row.pk:
                points, why = found.setdefault(one.organisation.pk, (one.score, []))
                why.append(_alike(name.name, one.name, one.score))
                found[one.organisation.pk] = (max(points, one.score), why)
    for pk, reason in _shared(row):
        found.setdefault(pk, (0.0, []))[1].append(reason)
    rows = organisations().in_bulk(found)
    ranked = sorted(found.items(), key=lambda one: (-one[1][0], -len(one[1][1]), one[0]))
    return [
        Resembling(rows[pk], round(points), list(dict.fromkeys(why)))
        for pk, (points, why) in ranked
        if pk in rows
    ]


def _alike(own: str, other: str, score: float) -> str:
    told = {"own": own, "other": other, "score": round(score)}
    if score >= SURE:
        return _("都叫过“%(other)s”") % told
    return _("“%(own)s”与“%(other)s”相近，相似度%(score)d") % told


def _shared(row: Organisation) -> Iterator[tuple[int, str]]:
    """Others with the same address, or a contact with the same telephone number."""
    others = organisations().exclude(pk=row.pk)
    if row.address:
        for pk in others.filter(address=row.address).values_list("pk", flat=True)[:MOST]:
            yield pk, _("住所相同")
    phones = [one.phone for one in row.contacts.all() if one.phone]
    if phones:
        same = others.filter(contacts__phone__in=phones).distinct()
        for pk in same.values_list("pk", flat=True)[:MOST]:
            yield pk, _("有联系人的电话相同")


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of two organisations: as it stands in each, and what a merge does with it."""

    field: str
    label: str
    kept: str
    gone: str
    fate: str  # "same", "filled" (the kept one has none), "open" (somebody has to choose), "stays"


def choices_of(
    kept: Organisation, gone: Organisation, differing: Mapping[str, tuple[object, object]]
) -> list[Choice]:
    """The fields of two organisations side by side; empty in both is left out."""
    found = []
    for field in TAKEN:
        ours, theirs = getattr(kept, field), getattr(gone, field)
        if ours in {None, ""} and theirs in {None, ""}:
            continue
        fate = "stays" if theirs in {None, ""} else "same"
        if field in differing:
            fate = "filled" if ours in {None, ""} else "open"
        label = field_name(field)
        found.append(Choice(field, label, worded(field, ours), worded(field, theirs), fate))
    return found
