"""`shangheng claims check FILE`: audit the figures of a work report."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shangheng.methods.claims.audit import Audit


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `claims` to the command line."""
    parser = subparsers.add_parser("claims", help="审核材料中的数字 audit the figures of a report")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("check", help="审核一份材料 audit one report")
    check.add_argument("file", help="txt, html, docx, xlsx, pdf; - 读标准输入 standard input")
    check.add_argument(
        "--lang",
        choices=["zh", "en"],
        help="结论用哪种语言 language of the findings, by default that of LANG",
    )
    check.add_argument("--json", action="store_true", help="输出 JSON answer as JSON")
    check.add_argument("--all", action="store_true", help="也列出相符的 list what holds as well")
    check.add_argument("--word", metavar="FILE", help="写出带批注的 Word write a commented .docx")
    check.add_argument("--excel", metavar="FILE", help="写出 Excel 清单 write a list as .xlsx")
    check.add_argument(
        "--against-ledger", action="store_true", help="与台账对照 compare with the ledger"
    )
    check.add_argument(
        "--as-known", metavar="DATE", help="按哪一天所知对照 as known on a day, such as 2022-01-31"
    )
    check.set_defaults(run=run)


def _usual_language() -> str:
    """The language that the shell asks for: English when LANG says so, else Chinese."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if asked.startswith("en") else "zh"


def _voice(language: str) -> AbstractContextManager[object]:
    """In which language the findings are said inside; English needs the catalogue of the web frame."""
    if language == "zh":
        return nullcontext()
    import django
    from django.utils import translation

    django.setup()
    return translation.override(language)


def run(arguments: argparse.Namespace) -> int:
    """Audit the file: 0 when nothing is inconsistent, 1 when something is, 2 when unreadable."""
    with _voice(arguments.lang or _usual_language()):
        return _check(arguments)


def _check(arguments: argparse.Namespace) -> int:
    """The method is imported here: other commands need not wait for its dictionaries."""
    from shangheng.methods.claims.audit import audit
    from shangheng.methods.claims.findings import Verdict
    from shangheng.methods.claims.output import audit_data
    from shangheng.methods.claims.reading.document import UnreadableReport
    from shangheng.methods.claims.reading.read import read_report

    try:
        result = audit(read_report(*_content(arguments.file)))
        if arguments.against_ledger or arguments.as_known:
            result = _against_ledger(result, arguments.as_known)
        _write_files(result, word=arguments.word, excel=arguments.excel)
    except (OSError, ValueError, UnreadableReport) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(audit_data(result), ensure_ascii=False, indent=1))
    else:
        _print(result, everything=arguments.all)
    return int(bool(result.with_verdict(Verdict.INCONSISTENT)))


def _against_ledger(result: "Audit", as_known: str | None) -> "Audit":
    """The audit with what the ledger says; raises ValueError for a day that cannot be read."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.config.commands.figure import known_instant
    from shangheng.desks.briefing.selectors.claims_ledger import against_ledger

    known = known_instant(as_known) if as_known else None
    return against_ledger(result, now=timezone.now(), as_known=known)


def claims_command(argv: Sequence[str]) -> int:
    """Run `claims` with its own arguments, as `shangheng claims …` does."""
    parser = argparse.ArgumentParser(prog="shangheng")
    add_parser(parser.add_subparsers(required=True))
    return run(parser.parse_args(["claims", *argv]))


def _content(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "report.txt", sys.stdin.buffer.read()
    return file, Path(file).read_bytes()


def _write_files(result: "Audit", *, word: str | None, excel: str | None) -> None:
    from shangheng.methods.claims.report import excel_list, word_report

    if word:
        Path(word).write_bytes(word_report(result))
    if excel:
        Path(excel).write_bytes(excel_list(result))


def _print(result: "Audit", *, everything: bool) -> None:
    from shangheng.methods.claims.findings import Verdict
    from shangheng.methods.claims.report import severity_name, summary, verdict_name
    from shangheng.methods.wording import say

    shown = (Verdict.INCONSISTENT, Verdict.AMBIGUOUS, Verdict.UNSUPPORTED)
    for note in result.document.notes:
        print(say("注: %(note)s", note=note.message))
    for finding in result.findings:
        if everything or finding.verdict in shown:
            names = f"[{verdict_name(finding.verdict)}·{severity_name(finding.severity)}]"
            print(f"{names} {' '.join(finding.quote.split())}\n    {finding.message}")
            if finding.arithmetic:
                print(f"    {finding.arithmetic}")
    print(summary(result))
