from datetime import date

import pytest

from shangheng.desks.briefing import catalogue
from shangheng.desks.briefing.domain.binding import Measure
from shangheng.desks.briefing.domain.lint import typed_numbers
from shangheng.desks.briefing.domain.markup import parse
from shangheng.desks.briefing.domain.template import BadTemplate, Template, split
from shangheng.desks.briefing.selectors.asking import Ask
from shangheng.engines.ledger import catalogue as ledger
from shangheng.engines.ledger.domain.period import Period
from tests.house.tree import ROOT

SECTIONS = {row["code"] for row in ledger.sections()}
ORIGINAL = ROOT.parent / "shared" / "reference" / "2021-work-summary.txt"
LONGEST = 16  # characters in a row that two texts about the same facts may share


@pytest.mark.parametrize("template", catalogue.templates(), ids=lambda each: each.code)
def test_every_binding_of_a_template_asks_for_something_known(template: Template) -> None:
    period = Period.parse("2021")
    asks = [Ask(binding, period, "420112") for binding in parse(template.text).bindings()]
    assert asks
    assert [ask.binding.source for ask in asks if not ask.known] == []


@pytest.mark.parametrize("template", catalogue.templates(), ids=lambda each: each.code)
def test_no_template_has_a_typed_number(template: Template) -> None:
    assert typed_numbers(parse(template.text)) == ()


def test_the_work_summary_covers_every_line_of_business() -> None:
    bindings = parse(catalogue.template("work_summary", date(2021, 12, 31)).text).bindings()
    figures = [each for each in bindings if each.measure is not Measure.TABLE]
    covered = {ledger.indicator(binding.code).section for binding in figures}
    assert covered == SECTIONS


def test_a_template_is_chosen_by_the_end_of_its_period() -> None:
    assert catalogue.template("work_summary", date(2021, 12, 31)).version == 2
    with pytest.raises(catalogue.UnknownTemplate, match="2020-12-31"):
        catalogue.template("work_summary", date(2020, 12, 31))


def test_a_file_without_a_head_is_no_template() -> None:
    with pytest.raises(BadTemplate):
        split("没有表头")


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the published summary is not at hand")
def test_no_sentence_of_the_published_summary_is_copied() -> None:
    original = ORIGINAL.read_text(encoding="utf-8")
    text = catalogue.template("work_summary", date(2021, 12, 31)).text
    words = "".join(text.split())
    copied = {
        words[i : i + LONGEST]
        for i in range(len(words) - LONGEST)
        if words[i : i + LONGEST] in original
    }
    assert copied == set()
