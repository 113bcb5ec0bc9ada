"""Typed-in numbers: a figure of a report comes from the ledger, never from the keyboard."""

import re
from dataclasses import dataclass

from shangheng.desks.briefing.domain.markup import Script, Text

_AROUND = 12
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"  # zh-data: numerals
_COUNTED = "亿元|万元|亿美元|万美元|家|户|起|辆|处|届|倍|成|人次|个百分点"  # zh-data: units
_LOOSE = "个|次|人|名|件|项|场|批"  # zh-data: units that ordinary words use as well
_TYPED = re.compile(
    r"[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％‰]?"
    rf"|百分之[{_NUMERALS}]+"  # zh-data: per cent in words
    rf"|(?:[{_NUMERALS}]{{2,}}|[二三四五六七八九十两])(?:{_COUNTED})"  # zh-data: counted in words
    rf"|[{_NUMERALS}]*[十百千][{_NUMERALS}]*(?:{_LOOSE})"  # zh-data: counted in words
)


@dataclass(frozen=True)
class Typed:
    """A number that somebody typed; `around` shows where it stands."""

    line: int
    text: str
    around: str


def typed_numbers(script: Script) -> tuple[Typed, ...]:
    """Every number in the words of a report that is bound to nothing.

    Digits count wherever they stand, Chinese numerals where they count something (六十七个, 七家).
    What is meant as it stands goes into [[…]] and is not looked at.
    """
    found = []
    for line, part in script.parts():
        if not isinstance(part, Text):
            continue
        for match in _TYPED.finditer(part.text):
            start = max(0, match.start() - _AROUND)
            around = part.text[start : match.end() + _AROUND]
            found.append(Typed(line, match[0], around))
    return tuple(found)
