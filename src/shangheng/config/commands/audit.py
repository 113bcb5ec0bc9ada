"""`shangheng audit verify`: prove that nobody has touched the audit and the ledger."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shangheng.core.audit.services import Findings


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit` to the command line."""
    parser = subparsers.add_parser("audit", help="审计 the audit")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser(
        "verify",
        help="核对审计链,指出被改动、删除、插入、调换的记录 "
        "name every row that was altered, removed, inserted or moved",
    )
    verify.add_argument("--json", action="store_true", help="输出 JSON answer as JSON")
    verify.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Verify and print what was found; 1 when anything was."""
    import django

    django.setup()
    from shangheng.core.audit.services import verify

    findings = verify()
    if arguments.json:
        print(json.dumps(as_json(findings), ensure_ascii=False, indent=2))
    else:
        print(as_text(findings))
    return 0 if findings.ok else 1


def as_json(findings: "Findings") -> dict[str, object]:
    """The answer of `--json`."""
    return {
        "ok": findings.ok,
        "rows": findings.rows,
        "head": {"number": findings.head_number, "hash": findings.head_hash},
        "noted": findings.noted,
        "checks": list(findings.checks),
        "findings": [asdict(finding) for finding in findings.findings],
    }


def as_text(findings: "Findings") -> str:
    """The answer for people."""
    lines = [f"{one.check}  {one.kind}  {one.target}  {one.message}" for one in findings.findings]
    found = f"发现{len(lines)}处问题 {len(lines)} findings" if lines else "没有发现问题 no findings"
    return "\n".join(
        [
            *lines,
            f"核对 checks: {', '.join(findings.checks)}",
            f"审计 rows: {findings.rows}",
            f"库外留记 heads noted outside the database: {findings.noted}",
            f"末条 head: {findings.head_number} {findings.head_hash}",
            f"结果 result: {found}",
        ]
    )
