"""Texts of the description, in the language of whoever reads it."""

from typing import cast

from django.utils.translation import gettext_lazy


def lazy(text: str) -> str:
    """`text` for places that want a string and only pass it on until it is written."""
    return cast("str", gettext_lazy(text))
