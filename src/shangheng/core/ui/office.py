"""What of the lower rooms the search finds: people and units."""

from django.db.models import QuerySet
from django.urls import reverse

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.search.declaring import Document


def people() -> QuerySet[User]:
    """Everybody who ever could log in."""
    return User.objects.all()


def person_document(row: User) -> Document:
    """A person by name and login name."""
    return Document(
        key=str(row.pk),
        title=row.display_name or row.username,
        url=reverse("person", args=[row.pk]),
        about=row.username,
        codes=(row.username,),
    )


def units() -> QuerySet[OrgUnit]:
    """Every unit."""
    return OrgUnit.objects.all()


def unit_document(row: OrgUnit) -> Document:
    """A unit by its names and its code."""
    return Document(
        key=str(row.pk),
        title=row.name,
        english=row.name_en,
        url=f"{reverse('units')}#unit-{row.pk}",
        about=row.code,
        codes=(row.code,),
    )
