"""The shape that each status has beside its word."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "recognised": '<path d="M1 1h8v8h-8z"/>',
    "submitted": '<path fill-rule="evenodd" d="M1 1h8v8h-8zM5 2v6h3v-6z"/>',
    "claimed": '<path class="hollow" d="M1.5 1.5h7v7h-7z"/>',
    "rejected": '<path class="hollow" d="M1.5 1.5h7v7h-7zM1.5 1.5l7 7M8.5 1.5l-7 7"/>',
}


@cache
def status_mark(code: str) -> SafeString:
    """The shape of a status, as inline SVG; decoration, so that its word must stand beside it."""
    frame = '<svg class="status-mark" viewBox="0 0 10 10" aria-hidden="true">{}</svg>'
    return mark_safe(frame.format(SHAPES[code]))  # noqa: S308 - a constant
