"""The vendored icons, drawn inline so that they take the colour of the text."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "ui" / "vendor" / "icons"
BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
FRAME = re.compile(r'<path stroke="none"[^>]*/>')


@cache
def icon_svg(name: str) -> SafeString:
    """Return the icon as a decorative inline SVG. Raises FileNotFoundError when it is not vendored."""
    found = BODY.search((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{name}.svg is no single svg element")
    body = " ".join(FRAME.sub("", found[1]).split())
    return mark_safe(  # noqa: S308 -- a file of this package whose hash is tested
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{body}</svg>'
    )
