"""Refusals that are told in the reader's language: a template and its values."""

from collections.abc import Callable


def _(text: str) -> str:
    """Mark a message for translation; who shows it translates it."""
    return text


class Refused(ValueError):
    """Something that cannot be done; the message says why and what to do.

    `message` is a template for `values`, so that it can be translated before it is filled.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values

    def told(self, translate: Callable[[str], str]) -> str:
        """The message in the language of `translate`."""
        return translate(self.message) % self.values


class BadMarkup(Refused):
    """A place in the text of a report that cannot be read; `line` counts from 1."""

    def __init__(self, message: str, *, line: int = 0, **values: object) -> None:
        super().__init__(message, **values)
        self.line = line
