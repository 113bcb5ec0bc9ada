"""Names by which a printed figure can be found again in Word and PDF."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from shangheng.methods.documents.model import Document, FigureRun

_MAX_SLUG = 24  # "F_" + slug + "_" + 8 hex digits + "_9999" stays within Word's 40 characters


@dataclass(frozen=True)
class Bookmark:
    """A printed figure, its bookmark, and the bookmark of its last mention.

    The last mention of a figure is its row in the annex, where it is explained; `target` equals
    `name` there, and for figures that are printed once.
    """

    name: str
    target: str
    run: FigureRun


def bookmarks(document: Document) -> tuple[Bookmark, ...]:
    """One bookmark for each printed figure, in the order of `document.figures()`.

    Names are unique, made from the reference alone and its rank among equal references, and valid
    in Word: a letter first, then letters, digits and underscores, at most 40 characters.
    """
    seen: Counter[str] = Counter()
    named = []
    last: dict[str, str] = {}
    for run in document.figures():
        seen[run.reference] += 1
        name = _name(run.reference, seen[run.reference])
        last[run.reference] = name
        named.append((name, run))
    return tuple(Bookmark(name, last[run.reference], run) for name, run in named)


def _name(reference: str, rank: int) -> str:
    slug = re.sub(r"[^A-Za-z0-9]+", "_", reference).strip("_")[:_MAX_SLUG]
    digest = hashlib.sha256(reference.encode()).hexdigest()[:8]
    name = f"F_{slug}_{digest}"
    return name if rank == 1 else f"{name}_{rank}"
