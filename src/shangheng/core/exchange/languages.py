"""Columns that are titled in the reader's language, and understood in each: files go from desk to desk."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.conf import settings
from django.utils.translation import override

from shangheng.core.exchange.columns import Column


def in_every_language(make: Callable[[], list[Column]]) -> list[Column]:
    """The columns that `make` gives in the running language, with the titles and choices of the others."""
    found = make()
    for language, _name in settings.LANGUAGES:
        with override(language):
            others = make()
        found = [
            replace(
                one,
                aliases=(*one.aliases, other.zh),
                choices={**one.choices, **other.choices, **one.choices},
            )
            for one, other in zip(found, others, strict=True)
        ]
    return found


def listed(columns: Iterable[Column]) -> list[Column]:
    """The columns with one label for each choice: a drop-down lists no other names."""
    return [
        replace(column, choices={label: column.choices[label] for label in column.labels})
        for column in columns
    ]
