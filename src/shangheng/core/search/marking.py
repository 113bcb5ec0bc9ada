"""Marking what was found: characters, words, numbers, and characters whose pinyin was typed."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from shangheng.core.search.tokens import HAN, RUN, normal, plain_number, spellings, syllables_of

AROUND = 24  # characters before and after what was found in a long text
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
RUN_OF_HAN = re.compile(rf"{HAN}+")


def marked(text: str, asked: str) -> SafeString:
    """`text` as HTML, with what `asked` names in it marked."""
    return _html(text, _spans(text, asked))


def excerpt(text: str, asked: str) -> SafeString:
    """The place of a long text where `asked` first stands; "" where it does not."""
    spans = _spans(text, asked)
    if not spans:
        return SafeString()
    begin = max(spans[0][0] - AROUND, 0)
    end = min(spans[0][1] + AROUND, len(text))
    inside = [(a - begin, b - begin) for a, b in spans if begin <= a and b <= end]
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return SafeString(f"{before}{_html(text[begin:end], inside)}{after}")


def _html(text: str, spans: list[tuple[int, int]]) -> SafeString:
    parts, at = [], 0
    for begin, end in spans:
        if begin >= at:
            parts += [conditional_escape(text[at:begin]), "<mark>"]
            parts += [conditional_escape(text[begin:end]), "</mark>"]
            at = end
    return mark_safe("".join([*parts, conditional_escape(text[at:])]))  # noqa: S308 - escaped above


def _spans(text: str, asked: str) -> list[tuple[int, int]]:
    """Where in `text` something of `asked` stands."""
    plain = normal(text)
    if len(plain) != len(text):
        return []  # full-width letters became longer: nothing is marked rather than the wrong place
    spans: list[tuple[int, int]] = []
    for run in RUN.finditer(normal(asked)):
        told = run.group()
        found = [(one.start(), one.end()) for one in re.finditer(re.escape(told), plain)]
        if run["number"]:
            found += _numbers(plain, plain_number(told))
        elif run["word"] and not found:
            found = _sounds(plain, told)
        spans += found
    return sorted(set(spans))


def _numbers(text: str, number: str) -> list[tuple[int, int]]:
    found = []
    for one in NUMBER.finditer(text):
        plain = plain_number(one.group())
        if plain.startswith(number) or plain.replace(".", "").startswith(number):
            found.append((one.start(), one.end()))
    return found


def _sounds(text: str, word: str) -> list[tuple[int, int]]:
    """Runs of characters whose initials or whose syllables are `word`."""
    found = []
    spelt = spellings(word)
    for run in RUN_OF_HAN.finditer(text):
        syllables = syllables_of(run.group())
        if len(syllables) != len(run.group()):
            continue
        initials = "".join(one[:1] for one in syllables)
        at = initials.find(word)
        if at >= 0:
            found.append((run.start() + at, run.start() + at + len(word)))
            continue
        for at in range(len(syllables) - len(spelt) + 1) if spelt else ():
            whole = syllables[at : at + len(spelt) - 1] == spelt[:-1]
            if whole and syllables[at + len(spelt) - 1].startswith(spelt[-1]):
                found.append((run.start() + at, run.start() + at + len(spelt)))
    return found
