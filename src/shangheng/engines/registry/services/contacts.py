"""People to speak to in an organisation: added, changed, ended. The audit keeps no personal data."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.database.edits import take
from shangheng.engines.registry.models import Contact, Organisation
from shangheng.engines.registry.services.organisations import Source, must_edit

PERSONAL = ("name", "position", "phone", "email")
KEPT = (*PERSONAL, "source", "as_of")


@transaction.atomic
def add_contact(
    *, actor: User, at: datetime, organisation: Organisation, source: Source, **told: str
) -> Contact:
    """Add a contact (`name`, `position`, `phone`, `email`).

    Raises ValidationError for what the fields refuse, PermissionDenied.
    """
    must_edit(actor)
    contact = Contact(organisation=organisation, source=source.text, as_of=source.as_of, **told)
    contact.full_clean()
    contact.save()
    _record("contact", actor, at, contact)
    return contact


@transaction.atomic
def change_contact(
    *,
    actor: User,
    at: datetime,
    contact: Contact,
    source: Source,
    seen: int | None,
    **told: str,
) -> None:
    """Change a contact of the version `seen`; only for those who see it whole.

    Raises StaleEdit, ValidationError, PermissionDenied.
    """
    must_edit(actor)
    if not allows(actor, "registry.personal"):
        raise PermissionDenied
    take(contact, seen=seen)
    contact.refresh_from_db()
    new = {**told, "source": source.text, "as_of": source.as_of}
    changed = [field for field in KEPT if field in new and getattr(contact, field) != new[field]]
    for field in changed:
        setattr(contact, field, new[field])
    contact.full_clean()
    contact.save(update_fields=changed)
    if changed:
        _record("contact_change", actor, at, contact, changed)


@transaction.atomic
def end_contact(*, actor: User, at: datetime, contact: Contact) -> None:
    """Say that a contact is no longer one to speak to; it stays on record. Raises PermissionDenied."""
    must_edit(actor)
    _set_active(actor, at, contact, to=False)


@transaction.atomic
def resume_contact(*, actor: User, at: datetime, contact: Contact) -> None:
    """Say that an ended contact is one to speak to again. Raises PermissionDenied."""
    must_edit(actor)
    _set_active(actor, at, contact, to=True)


def _set_active(actor: User, at: datetime, contact: Contact, *, to: bool) -> None:
    take(contact, seen=None)
    contact.refresh_from_db()
    if contact.is_active != to:
        contact.is_active = to
        contact.save(update_fields=["is_active"])
        _record("contact_resume" if to else "contact_end", actor, at, contact)


def _record(
    act: str, actor: User, at: datetime, contact: Contact, fields: list[str] | None = None
) -> None:
    organisation = contact.organisation
    record(
        actor=actor,
        act=f"registry.{act}",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=organisation.name,
        after={"contact": contact.pk, **({"changed": fields} if fields else {})},
    )
