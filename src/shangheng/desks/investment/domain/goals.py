"""Structural goals (结构性目标): what a class asks of a project on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shangheng.methods.wording import named, say


@dataclass(frozen=True)
class Version:
    """What a class asks. `min_agreed` is in 亿元 and itself enough; without `sections` any industry
    will do; `judged` says what people have to judge, "" for nothing."""

    number: int
    valid_from: date
    valid_to: date | None
    min_agreed: Decimal | None
    sections: frozenset[str]
    judged_zh: str
    judged_en: str
    source: Mapping[str, str]
    verified: bool

    @property
    def judged(self) -> str:
        """What people have to judge, in the reader's language."""
        return named(self.judged_zh, self.judged_en) if self.judged_zh else ""

    def unmet(self, agreed: Decimal | None, industry: str) -> Iterator[str]:
        """What a project lacks, in words. `agreed` is its investment in 亿元, None while unknown."""
        if self.min_agreed is not None:
            if agreed is None:
                yield say("协议投资额还不知道")
            elif agreed < self.min_agreed:
                yield say(
                    "协议投资%(agreed)s亿元，不到%(least)s亿元",
                    agreed=f"{agreed.normalize():f}",
                    least=self.min_agreed,
                )
        if self.sections and industry[:1] not in self.sections:
            yield say("行业不属于这一类") if industry else say("行业还没有填")


@dataclass(frozen=True)
class GoalClass:
    """One class of structural goals; `within` is the code of the class that it is a part of."""

    code: str
    indicator: str
    zh: str
    en: str
    within: str
    versions: tuple[Version, ...]

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return named(self.zh, self.en)

    def on(self, day: date) -> Version | None:
        """What it asks on a day; None where it did not hold."""
        holding = (
            one
            for one in self.versions
            if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
        )
        return next(holding, None)


def classes_of(rows: Sequence[Mapping[str, Any]]) -> list[GoalClass]:
    """The classes as the rules write them."""
    return [
        GoalClass(
            row["code"],
            row["indicator"],
            row["zh"],
            row["en"],
            row.get("within", ""),
            tuple(_version(one) for one in row["versions"]),
        )
        for row in rows
    ]


def _version(row: Mapping[str, Any]) -> Version:
    least = row["min_agreed"]
    return Version(
        row["number"],
        row["valid_from"],
        row["valid_to"],
        Decimal(least) if least else None,
        frozenset(row["sections"]),
        row["judged"] or "",
        row["judged_en"] or "",
        row["source"],
        row["verified"],
    )
