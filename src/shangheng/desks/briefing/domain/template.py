"""Report templates: dated data with a head in YAML and a text in the markup of reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shangheng.desks.briefing.domain.markup import parse, parse_inline
from shangheng.desks.briefing.domain.told import Refused, _
from shangheng.methods.wording import named

_FENCE = "---\n"
_PARTS = 2


@dataclass(frozen=True)
class Template:
    """One version of a template, valid for periods that end from `valid_from` to `valid_to`."""

    code: str
    version: int
    valid_from: date
    valid_to: date | None
    zh: str
    en: str
    about: str
    about_en: str
    title: str
    text: str

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return named(self.zh, self.en)

    @property
    def explanation(self) -> str:
        """What it is for, in the reader's language."""
        return named(self.about, self.about_en)

    def holds_on(self, day: date) -> bool:
        """Whether it is meant for a period that ends on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class BadTemplate(Refused):
    """A template file that cannot be used."""


def split(content: str) -> tuple[str, str]:
    """The head and the text of a template file. Raises BadTemplate."""
    opening, *rest = content.split(_FENCE, 2)
    if opening or len(rest) != _PARTS:
        raise BadTemplate(_("模板应以一行 --- 开头，表头之后再有一行 ---，然后是正文。"))
    return rest[0], rest[1]


def build_template(head: Mapping[str, Any], text: str) -> Template:
    """A template from the values of its head and its text. Raises BadMarkup, KeyError."""
    parse(text)
    parse_inline(head["title"])
    return Template(
        code=head["code"],
        version=int(head["version"]),
        valid_from=head["valid_from"],
        valid_to=head["valid_to"],
        zh=head["zh"],
        en=head["en"],
        about=head["about"],
        about_en=head["about_en"],
        title=head["title"],
        text=text.strip() + "\n",
    )
