"""A catalogue of sixty made-up indicators, so that the cockpit has as many figures to show."""

from pathlib import Path

import yaml

from shangheng import rules

FLOWS, RECOGNISED, STOCKS, COUNTS = 50, 10, 4, 6


def codes(form: str) -> list[str]:
    """The codes of the flows, stocks or counts."""
    number = {"flow": FLOWS, "stock": STOCKS, "count": COUNTS}[form]
    return [f"bench.{form}_{i:02d}" for i in range(number)]


def use_benchmark_rules(folder: Path) -> None:
    """Point the catalogue at the made-up indicators; units of measure stay the product's own."""
    (folder / "indicators").mkdir(parents=True)
    rows = [_indicator(code, "flow", i < RECOGNISED) for i, code in enumerate(codes("flow"))]
    rows += [_indicator(code, "stock", False) for code in codes("stock")]
    rows += [_indicator(code, "count", False) for code in codes("count")]
    _write(folder / "indicators" / "bench.yaml", rows)
    _write(folder / "sections.yaml", [{"code": "bench", "zh": "压测", "en": "Bench", "about": ""}])
    for path in rules.FOLDER.glob("*.yaml"):
        target = folder / path.name
        if not target.exists():
            target.write_bytes(path.read_bytes())
    rules.FOLDER = folder


def _indicator(code: str, form: str, recognised: bool) -> dict[str, object]:
    definition = {
        "number": 1,
        "valid_from": "2010-01-01",
        "valid_to": None,
        "form": form,
        "unit": "家" if form == "count" else "亿元",
        "decimals": 2,
        "scope": "made up",
        "source": {"title": "benchmark", "where": ""},
        "verified": False,
        "recognition": "市招商办" if recognised else None,
    }
    return {
        "code": code,
        "zh": code,
        "en": code,
        "section": "bench",
        "owner": "swj",
        "polarity": "higher",
        "versions": [definition],
    }


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    text = yaml.safe_dump(rows, allow_unicode=True)
    path.write_text(text.replace("'2010-01-01'", "2010-01-01"), encoding="utf-8")
