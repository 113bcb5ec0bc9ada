"""Write docs/reference/permissions.md from the rules: what each role may do."""

import sys
from pathlib import Path
from typing import Any

from shangheng import rules

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "permissions.md"
HEAD = """# Permissions and roles · 权限与角色

Written from `rules/permissions.yaml` and `rules/roles.yaml` by `scripts/permissions_doc.py`.
Every page asks for exactly one permission. A person is granted a role with a data scope; the
scope named here is what a role is granted with unless another is chosen: `all` records, those of
`chosen` units, of the own unit and those below (`unit_tree`), of the own `unit`, or the `own` ones.
A scope narrows which records are seen; the name of an actor on a visible record is never hidden.
Roles that cannot be held together with others keep those who manage rights and those who audit out
of the business (三员分立). Nobody changes their own rights, and the last administrator stays.

"""


def page() -> str:
    """The whole page."""
    permissions: list[dict[str, Any]] = rules.load("permissions.yaml")
    roles: list[dict[str, Any]] = rules.load("roles.yaml")
    lines = [
        "## Permissions · 权限",
        "",
        "| Code | 名称 | Name | Meaning | Roles |",
        "|---|---|---|---|---|",
    ]
    for permission in permissions:
        code = permission["code"]
        holders = "、".join(role["zh"] for role in roles if code in role["permissions"])
        about = permission["about"]["en"]
        lines.append(
            f"| `{code}` | {permission['zh']} | {permission['en']} | {about} | {holders} |"
        )
    lines += [
        "",
        "## Roles · 角色",
        "",
        "| Code | 名称 | Name | Meaning | Scope by default | With other roles |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{role['code']}` | {role['zh']} | {role['en']} | {role['about']['en']} | "
        f"`{role['scope']}` | {'no' if role['alone'] else 'yes'} |"
        for role in roles
    ]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
