"""What cases are about. A desk registers its kind in ``AppConfig.ready()``; the engine knows none.

A case names its subject by type and id. What gates ask for are fields of the subject, read through
its kind at the moment of asking, so that no value stands in two places.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise


class UnknownSubject(LookupError):
    """A kind of subject that no desk has registered."""


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject: its code (`investment.project`), name, fields by id, and page."""

    code: str
    label: str | Promise
    values: Callable[[int], Mapping[str, object]]
    url: Callable[[int], str]


_kinds: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Let cases be about subjects of a kind; registered again, it replaces."""
    _kinds[kind.code] = kind


def subject_kind(code: str) -> SubjectKind:
    """The kind of that code. Raises UnknownSubject."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownSubject(f"register a kind of subject {code!r}") from None
