"""The rule files agree with one another, and the reference page agrees with them."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from shangheng import rules
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import POSTED, Definition, Form

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"code", "zh", "en", "aliases", "section", "owner", "polarity", "headline", "versions"}
VERSION_FIELDS = {
    "number",
    "valid_from",
    "valid_to",
    "form",
    "unit",
    "decimals",
    "scope",
    "source",
    "verified",
    "recognition",
    "evidence",
    "dimensions",
    "formula",
    "identities",
}
IDENTITY_FIELDS = {"id", "left", "sum_by", "relation", "right", "severity"}
LISTS = {
    "sections.yaml": {"code", "zh", "en", "about", "about_en"},
    "units.yaml": {"code", "en", "base", "exponent", "kind"},
    "areas.yaml": {"code", "zh", "en", "verified", "source"},
    "tiers.yaml": {"code", "zh", "en", "order", "verified", "source"},
    "voucher_kinds.yaml": {"code", "zh", "en", "source", "verified"},
    "dimensions.yaml": {"code", "zh", "en", "values"},
    "rejection_reasons.yaml": {"code", "zh", "en", "valid_from", "valid_to", "source", "verified"},
}
REQUIRED = {
    "investment.capital_in_place": Form.FLOW,
    "investment.industrial_capital": Form.FLOW,
    "investment.industrial_share": Form.SHARE,
    "investment.projects_signed": Form.COUNT,
    "investment.agreed_amount": Form.FLOW,
    "investment.projects_tracked": Form.COUNT,
    "investment.trips": Form.FLOW,
    "foreign.utilised": Form.FLOW,
    "foreign.fdi": Form.FLOW,
    "retail.total": Form.FLOW,
    "trade.total": Form.FLOW,
    "trade.total_growth": Form.GROWTH,
    "enterprises.small_to_large": Form.COUNT,
    "enterprises.above_limit_new": Form.COUNT,
    "assessment.rank": Form.RANK,
}


def raw_indicators() -> list[dict[str, Any]]:
    return [row for name in rules.files("indicators") for row in rules.load(name)]


def definitions() -> list[tuple[str, Definition]]:
    return [(i.code, v) for i in catalogue.indicators().values() for v in i.versions]


@pytest.mark.parametrize(("name", "fields"), LISTS.items())
def test_each_list_has_its_fields_and_unique_codes(name: str, fields: set[str]) -> None:
    rows = rules.load(name)
    assert all(set(row) == fields for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)


def test_no_indicator_misses_a_field_or_has_one_that_nobody_reads() -> None:
    for row in raw_indicators():
        assert set(row) == FIELDS, row["code"]
        for version in row["versions"]:
            assert set(version) == VERSION_FIELDS, row["code"]
            assert all(set(i) <= IDENTITY_FIELDS for i in version["identities"]), row["code"]


def test_the_codes_that_others_rely_on_stand_in_their_form() -> None:
    found = catalogue.indicators()
    assert {code: found[code].versions[-1].form for code in REQUIRED} == REQUIRED


def test_every_code_in_a_definition_is_declared() -> None:
    codes = set(catalogue.indicators())
    kinds = {row["code"] for row in rules.load("voucher_kinds.yaml")}
    axes = {
        row["code"]: {value["code"] for value in row["values"]}
        for row in rules.load("dimensions.yaml")
    }
    for code, version in definitions():
        parts = version.formula.numerator + version.formula.denominator if version.formula else ()
        related = {c for i in version.identities for c in i.left + i.right}
        assert {*parts, *related} <= codes, code
        assert version.unit in catalogue.units(), code
        assert set(version.evidence) <= kinds, code
        assert all(set(values) <= axes[axis] for axis, values in version.dimensions.items()), code


def test_what_is_posted_names_its_evidence_and_what_is_computed_has_none() -> None:
    for code, version in definitions():
        assert bool(version.evidence) == (version.form in POSTED), code


def test_an_identity_has_a_left_side_and_a_name_of_its_own() -> None:
    found = [i for _, version in definitions() for i in version.identities]
    assert len({i.id for i in found}) == len(found)
    assert all(bool(i.left) != bool(i.sum_by) for i in found)


def test_no_spelling_names_two_indicators() -> None:
    names = [n for i in catalogue.indicators().values() for n in {i.zh, *i.aliases}]
    assert sorted(names) == sorted(set(names))


def test_a_definition_that_was_not_found_says_so() -> None:
    for code, version in definitions():
        if any(word in version.scope for word in ("未查到", "未写", "未给", "只是下限")):
            assert not version.verified, code


def test_the_reference_page_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "indicators_doc.py"))
    text = script["render"](catalogue.indicators().values(), catalogue.sections())
    assert script["PAGE"].read_text(encoding="utf-8") == text
