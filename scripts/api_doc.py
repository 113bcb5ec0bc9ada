"""Write docs/reference/api.md from the description of the API: every operation, field and answer."""

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shangheng.core.api.reading import Row

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "api.md"
HEAD = """# API · 接口

Written from the description of the API (`/api/v1/openapi.json`) by `scripts/api_doc.py`. How to call
it: [use-the-api.md](../how-to/use-the-api.md); why it is as it is: [api.md](../explanation/api.md).
Every operation also answers 400, 401, 403, 422, 429 and 500 as
RFC 9457 problems; below stand only the answers beyond those.

"""
COMMON = {"304", "400", "401", "403", "422", "429", "500"}


def page() -> str:
    """The whole page; Django must be set up."""
    from django.utils import translation

    from shangheng.core.api.reading import sections
    from shangheng.core.api.schema import description

    lines: list[str] = []
    with translation.override("en"):
        for section in sections(description()):
            lines += [f"## {section.code}", ""]
            for one in section.operations:
                lines += [
                    f"### {one.method} {one.path}",
                    "",
                    f"`{one.code}` · {one.title}. {one.about}",
                    "",
                ]
                lines += [f"Permission: `{one.permission}`.", ""]
                lines += _table("Parameter", one.parameters)
                lines += _table("Field of the body", one.body)
                for answer in one.answers:
                    if answer.status not in COMMON:
                        lines += [f"**{answer.status}** {answer.about}", ""]
                        lines += _table("Field", answer.rows)
    return HEAD + "\n".join(lines).rstrip() + "\n"


def _table(title: str, rows: "list[Row]") -> list[str]:
    if not rows:
        return []
    lines = [f"| {title} | Type | Required | Meaning |", "|---|---|---|---|"]
    for row in rows:
        kind = row.kind.replace("|", "\\|")
        lines.append(f"| `{row.name}` | {kind} | {'yes' if row.required else ''} | {row.about} |")
    return [*lines, ""]


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "shangheng.config.settings"
    os.environ["SHANGHENG_DATA"] = tempfile.mkdtemp()
    import django

    django.setup()
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
