"""The dictionaries there are (字典): each app declares its own in ``AppConfig.ready()``.

A dictionary is a list of values that people choose from. Its built-in values stand in a file of
`rules/`; what the administrator adds, renames, orders or retires stands beside them in the database.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


class UnknownDictionary(LookupError):
    """A dictionary that nobody declares."""


@dataclass(frozen=True)
class Dictionary:
    """One list of values. `file` of `rules/` holds rows with code, zh, en, perhaps validity and source."""

    code: str
    label: str | Promise
    about: str | Promise
    file: str


_dictionaries: dict[str, Dictionary] = {}


def register(*declared: Dictionary) -> None:
    """Add dictionaries, or replace those declared under the same codes."""
    for one in declared:
        _dictionaries[one.code] = one


def dictionaries() -> list[Dictionary]:
    """Every dictionary by its code."""
    return [one for _code, one in sorted(_dictionaries.items())]


def dictionary(code: str) -> Dictionary:
    """The dictionary of that code. Raises UnknownDictionary."""
    try:
        return _dictionaries[code]
    except KeyError:
        raise UnknownDictionary(f"there is no dictionary {code!r}") from None
