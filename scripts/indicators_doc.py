"""Write `docs/reference/indicators.md` from the rules, so that every indicator is documented.

python scripts/indicators_doc.py            writes the page
python scripts/indicators_doc.py --check    exit code 1 where the page is out of date
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from shangheng.engines.ledger.domain.indicator import Definition, Form, Formula, Identity, Indicator

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "indicators.md"

HEAD = """# Indicators

Every indicator that the ledger keeps, from `src/shangheng/rules/indicators/`; this page is written
by `scripts/indicators_doc.py`.

- **Form**: `flow` adds up over the period, `stock` and `rank` are the last value, `count` is the
  number of distinct subjects plus what was posted without names, `share` and `ratio` are recomputed
  from their parts, `growth` compares the same months of two years.
- **Verified**: *yes* where the definition was found in a public text that governs the bureau; *no*
  where the text names the figure but its counting rule (口径) was not found.
- **Identities** are checked on every post: *refuses* stops the post, *shows* raises a conflict.
"""


def render(indicators: Iterable[Indicator], sections: Iterable[Mapping[str, str]]) -> str:
    """The page as Markdown: one table for each section that has indicators, latest versions."""
    everything = list(indicators)
    parts = [HEAD]
    for section in sections:
        rows = [item for item in everything if item.section == section["code"]]
        if rows:
            parts.append(_section(section, rows))
    return "\n".join(parts)


def _section(section: Mapping[str, str], rows: list[Indicator]) -> str:
    lines = [
        f"## {section['zh']} {section['en']}",
        "",
        f"{section['about']}。",
        "",
        "| Code | Name | Unit | Form | Scope (口径) | Source | Verified |",
        "|---|---|---|---|---|---|---|",
        *(_row(item, item.versions[-1]) for item in rows),
        "",
    ]
    identities = [(item, i) for item in rows for i in item.versions[-1].identities]
    if identities:
        lines += ["Identities:", "", *(_identity(item, i) for item, i in identities), ""]
    return "\n".join(lines)


def _row(item: Indicator, definition: Definition) -> str:
    names = f"**{item.zh}**<br>{item.en}"
    if item.aliases:
        names += f"<br>also {'、'.join(item.aliases)}"
    scope = definition.scope
    if definition.recognition:
        scope += f"<br>Recognised by {definition.recognition}"
    cells = (
        f"`{item.code}` v{definition.number}",
        names,
        definition.unit,
        _form(definition),
        scope,
        f"{definition.source.title}，{definition.source.where}",
        "yes" if definition.verified else "no",
    )
    return f"| {' | '.join(cells)} |"


def _form(definition: Definition) -> str:
    if definition.formula is None:
        return f"{definition.form}"
    return f"{definition.form}: {_formula(definition.form, definition.formula)}"


def _formula(form: Form, formula: Formula) -> str:
    numerator = " + ".join(f"`{code}`" for code in formula.numerator)
    if form is Form.GROWTH:
        return f"of {numerator}"
    denominator = " + ".join(f"`{code}`" for code in formula.denominator)
    return f"{numerator} ÷ {denominator} × {formula.scale}"


def _identity(item: Indicator, identity: Identity) -> str:
    left = " + ".join(f"`{code}`" for code in identity.left)
    if identity.sum_by:
        left = f"sum of `{item.code}` by {identity.sum_by}"
    right = " + ".join(f"`{code}`" for code in identity.right)
    effect = "refuses" if identity.refuses else "shows"
    return f"- {identity.id}: {left} {identity.relation} {right} ({effect})"


def main(arguments: list[str]) -> int:
    """Write the page, or only check it; Django must be set up."""
    from shangheng.engines.ledger import catalogue

    text = render(catalogue.indicators().values(), catalogue.sections())
    if "--check" in arguments:
        return 0 if PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "shangheng.config.settings"
    os.environ["SHANGHENG_DATA"] = tempfile.mkdtemp()
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
