"""Report templates and the wording of reports, read once from `rules/reports`."""

from datetime import date
from functools import cache

import yaml

from shangheng import rules
from shangheng.desks.briefing.domain.pieces import Lexicon
from shangheng.desks.briefing.domain.template import Template, build_template, split
from shangheng.desks.briefing.domain.told import Refused, _


class UnknownTemplate(Refused):
    """No template, or no version of it, under that code and date."""


@cache
def templates() -> tuple[Template, ...]:
    """Every version of every template, by code and version."""
    found = []
    for name in rules.files("reports", "md"):
        head, text = split(rules.read(name))
        found.append(build_template(yaml.safe_load(head), text))
    return tuple(sorted(found, key=lambda template: (template.code, template.version)))


def template(code: str, day: date) -> Template:
    """The version of a template for a period that ends on `day`. Raises UnknownTemplate."""
    valid = [each for each in templates() if each.code == code and each.holds_on(day)]
    if not valid:
        raise UnknownTemplate(
            _("没有适用于%(day)s的“%(code)s”模板，可用的有：%(known)s。"),
            code=code,
            day=day.isoformat(),
            known=", ".join(dict.fromkeys(each.code for each in templates())),
        )
    return valid[-1]


@cache
def lexicon() -> Lexicon:
    """The words with which figures are told."""
    return Lexicon(rules.load("reports/wording.yaml"))
