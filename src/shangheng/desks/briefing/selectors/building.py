"""Building an edition: reading a text, asking the ledger, finding what is doubtful."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shangheng.desks.briefing.catalogue import lexicon
from shangheng.desks.briefing.domain.edition import Edition
from shangheng.desks.briefing.domain.findings import Finding
from shangheng.desks.briefing.domain.markup import Script, parse
from shangheng.desks.briefing.domain.told import BadMarkup
from shangheng.desks.briefing.selectors.answering import Answering
from shangheng.desks.briefing.selectors.asking import Ask, Reading
from shangheng.desks.briefing.selectors.checking import Checking
from shangheng.desks.briefing.selectors.proofing import proofread
from shangheng.engines.ledger.domain.period import Period

DOCUMENT_LANGUAGE = "zh-hans"


@dataclass(frozen=True)
class Brief:
    """What is to be built: a text about a period of an area, with its title and who reports."""

    title: str
    bureau: str
    period: Period
    area: str
    text: str


@dataclass(frozen=True)
class Built:
    """An edition with what was found in it. `edition` is None where the text cannot be read."""

    edition: Edition | None
    findings: tuple[Finding, ...]


def build(brief: Brief, *, known_at: datetime) -> Built:
    """The edition of a text as known at an instant; a text that cannot be read is a finding.

    In the language of documents, whoever asks: findings are waived word for word.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _build(brief, known_at)


def _build(brief: Brief, known_at: datetime) -> Built:
    try:
        script = parse(brief.text)
    except BadMarkup as error:
        return Built(None, (markup_finding(error),))
    asks = asks_of(script, brief.period, brief.area)
    reading = Reading(asks.values(), known_at)
    found = Answering(reading).all(asks.values())
    answers = {source: found[ask] for source, ask in asks.items()}
    checking = Checking(script, asks, answers, reading)
    edition = Edition(
        title=brief.title,
        bureau=brief.bureau,
        period=brief.period,
        known_at=known_at,
        known_on=timezone.localtime(known_at).date(),
        script=script,
        answers=answers,
        notes=checking.notes(),
        lexicon=lexicon(),
    )
    return Built(edition, (*checking.findings(), *proofread(edition)))


def asks_of(script: Script, period: Period, area: str) -> dict[str, Ask]:
    """What the bindings of a text ask, by binding."""
    return {binding.source: Ask(binding, period, area) for binding in script.bindings()}


def markup_finding(error: BadMarkup) -> Finding:
    """A text that cannot be read, as a finding."""
    message = _("第%(line)d行：%(problem)s") % {"line": error.line, "problem": error.told(_)}
    return Finding("markup", f"markup:{error.line}", message, line=error.line)
