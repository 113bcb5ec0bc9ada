"""A document as a row of the index, in the form that the database at hand searches."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from shangheng.core.search.declaring import Document
from shangheng.core.search.models import KEY_LENGTH
from shangheng.core.search.tokens import GAP, body_tokens, normal, title_tokens

BODY_LENGTH = 20_000  # characters of a text that are kept to show what was found in it
NAME_LENGTH = 300
PLACES = 16_000  # positions that PostgreSQL tells apart


def item_of(kind: str, document: Document) -> dict[str, Any]:
    """The row of a document, by the fields of an `Item`."""
    names = [document.title, document.english, *document.also]
    heading = [token for name in names if name for token in (*title_tokens(name), GAP)]
    body = document.body[:BODY_LENGTH]
    words = body_tokens(f"{document.about} {body}")
    return {
        "kind": kind,
        "key": document.key,
        "title": document.title[:NAME_LENGTH],
        "english": document.english[:NAME_LENGTH],
        "about": document.about[:NAME_LENGTH],
        "url": document.url,
        "body": body,
        "start": normal(document.title)[:KEY_LENGTH],
        "unit_id": document.unit_id,
        "owner_id": document.owner_id,
        "heading": _kept(heading, "A"),
        "words": _kept(words, ""),
        "reach": reach_of(kind, document.unit_id, document.owner_id),
    }


def codes_of(document: Document) -> list[str]:
    """The codes of a document as they are kept."""
    return sorted({normal(code)[:KEY_LENGTH] for code in document.codes if code})


def reach_of(kind: str, unit_id: int | None, owner_id: int | None) -> str:
    """Of which kind it is, and of that whose, as tokens."""
    parts = [f"k{kind}"]
    if unit_id is not None:
        parts.append(f"k{kind}.u{unit_id}")
    if owner_id is not None:
        parts.append(f"k{kind}.o{owner_id}")
    return " ".join(parts)


def _kept(tokens: Sequence[str], weight: str) -> str:
    """For FTS5 the tokens in a row; for PostgreSQL each with its places, as it reads a tsvector."""
    if connection.vendor == "sqlite":
        return " ".join(tokens)
    found: dict[str, str] = {}
    for place, token in enumerate(tokens[:PLACES], 1):
        if token in found:
            found[token] += f",{place}{weight}"
        else:
            found[token] = f"'{token}':{place}{weight}"
    found.pop(GAP, None)
    return " ".join(found.values())
