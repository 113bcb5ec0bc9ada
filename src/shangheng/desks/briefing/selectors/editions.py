"""A kept build as an edition again: drawn from what was stored, the ledger is not asked."""

from django.utils import timezone

from shangheng.desks.briefing.catalogue import lexicon
from shangheng.desks.briefing.domain.compose import Note
from shangheng.desks.briefing.domain.edition import Edition
from shangheng.desks.briefing.domain.markup import parse
from shangheng.desks.briefing.domain.pieces import from_data
from shangheng.desks.briefing.models import Build


def edition_of(build: Build) -> Edition:
    """The edition that was pinned, exactly as it was."""
    figures = build.figures.order_by("place").values_list("source", "answer")
    return Edition(
        title=build.title,
        bureau=build.bureau,
        period=build.report.span,
        known_at=build.known_at,
        known_on=timezone.localtime(build.known_at).date(),
        script=parse(build.draft.text),
        answers={source: from_data(answer) for source, answer in figures},
        notes={
            source: tuple(Note(**note) for note in notes) for source, notes in build.notes.items()
        },
        lexicon=lexicon(),
    )
