"""`shangheng report TEMPLATE --period 2021 --out summary.docx`: a report from the ledger as a file."""

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shangheng.desks.briefing.domain.edition import Edition
    from shangheng.desks.briefing.domain.findings import Finding
    from shangheng.desks.briefing.domain.template import Template
    from shangheng.engines.ledger.domain.period import Period

KINDS = ("docx", "pdf", "txt")


class CannotReport(ValueError):
    """The report cannot be made as asked; the message says why."""


@dataclass(frozen=True)
class Written:
    """A report as it was written."""

    path: Path | None
    edition: "Edition"
    findings: tuple["Finding", ...]
    warnings: tuple[str, ...]
    saved: int | None = None

    @property
    def errors(self) -> list["Finding"]:
        """Findings that would stop a signature."""
        return [finding for finding in self.findings if finding.severity == "error"]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `report` to the command line."""
    parser = subparsers.add_parser("report", help="生成材料 build a report from the ledger")
    parser.add_argument("template", help="模板 template, such as work-summary or data-bulletin")
    parser.add_argument("--period", required=True, help="时期 2021 or 2021-01/2021-10")
    parser.add_argument("--known", help="数据截至 as known on a day, such as 2022-01-10")
    parser.add_argument("--area", help="区划代码 area code (default: the bureau's own)")
    parser.add_argument(
        "--out", type=Path, help="输出文件 file to write: .docx, .pdf or .txt (default: the text)"
    )
    for kind in KINDS:
        name = {"docx": "word", "txt": "text"}.get(kind, kind)
        about = f"不论扩展名，按此格式 write {name}, whatever the extension"
        parser.add_argument(f"--{name}", dest="kind", action="store_const", const=kind, help=about)
    parser.add_argument(
        "--save", metavar="USERNAME", help="存为此人的材料 keep it as a report of this person"
    )
    parser.add_argument(
        "--strict", action="store_true", help="有问题时返回1 exit with 1 when anything is found"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build and write; 1 when asked to be strict and something was found, 2 for bad use."""
    import django

    django.setup()
    try:
        known = date.fromisoformat(arguments.known) if arguments.known else None
        written = write_report(
            arguments.template,
            arguments.period,
            arguments.out,
            known=known,
            area=arguments.area or "",
            kind=arguments.kind or "",
            save_as=arguments.save or "",
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(as_json(written), ensure_ascii=False, indent=1))
    else:
        _print(written)
    return 1 if arguments.strict and written.errors else 0


def write_report(
    template: str,
    period: str,
    out: Path | None = None,
    *,
    known: date | None = None,
    area: str = "",
    kind: str = "",
    save_as: str = "",
) -> Written:
    """Build a report and write it to `out` (by its extension, or as `kind`).

    Nothing is stored unless `save_as` names the person who shall own it. Raises CannotReport,
    BadPeriod or UnknownTemplate.
    """
    from shangheng.desks.briefing import catalogue
    from shangheng.desks.briefing.services.downloads import MEDIA, render
    from shangheng.engines.ledger.domain.period import Period

    span = Period.parse(period)
    chosen = catalogue.template(template.replace("-", "_"), span.end.last)
    kind = kind or (out.suffix.lstrip(".").lower() if out else "txt")
    if kind not in MEDIA:
        raise CannotReport(
            f"不能写成“.{kind}”，可用 {', '.join(KINDS)}。 Cannot write .{kind}; use {', '.join(KINDS)}."
        )
    build = _saved if save_as else _built
    edition, findings, saved = build(chosen, span, area, known, save_as)
    file = render(edition, kind)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(file.content)
    return Written(out, edition, findings, file.warnings, saved)


def as_json(written: Written) -> dict[str, Any]:
    """A report for scripts; numbers are texts, so that nothing is lost."""
    edition = written.edition
    return {
        "title": edition.title,
        "period": str(edition.period),
        "as_known_at": edition.known_at.isoformat(),
        "text_hash": edition.text_hash,
        "out": None if written.path is None else str(written.path),
        "report": written.saved,
        "figures": [
            {
                "label": shown.backing.label,
                "text": shown.text,
                "value": str(shown.value),
                "unit": shown.unit,
                "evidence": shown.backing.vouchers,
                "reference": shown.reference,
            }
            for shown in edition.shown
        ],
        "findings": [
            {"kind": f.kind, "severity": f.severity, "line": f.line, "message": f.message}
            for f in written.findings
        ],
        "warnings": list(written.warnings),
    }


def _print(written: Written) -> None:
    from shangheng.methods.documents.plain import to_text

    if written.path is None:
        print(to_text(written.edition.document(draft=True)), end="")
    else:
        print(written.path)
    for warning in written.warnings:
        print(f"提示 note: {warning}", file=sys.stderr)
    for finding in written.errors:
        print(f"问题 finding: {finding.message}", file=sys.stderr)


Result = tuple["Edition", "tuple[Finding, ...]", int | None]


def _built(
    chosen: "Template", span: "Period", area: str, known: date | None, save_as: str
) -> Result:
    """Built for this once; nothing is stored."""
    del save_as
    from django.conf import settings
    from django.utils import timezone

    from shangheng.desks.briefing.selectors.building import Brief, build
    from shangheng.desks.briefing.services.writing import suggested_title

    bureau = settings.BUREAU_NAME
    title = suggested_title(chosen.code, span, bureau)
    brief = Brief(title, bureau, span, area or settings.HOME_AREA, chosen.text)
    built = build(brief, known_at=_instant(known) or timezone.now())
    if built.edition is None:
        raise CannotReport(built.findings[0].message)
    return built.edition, built.findings, None


def _saved(
    chosen: "Template", span: "Period", area: str, known: date | None, save_as: str
) -> Result:
    """Kept as a report of its owner, pinned."""
    from django.db import transaction
    from django.utils import timezone

    from shangheng.core.accounts.models import User
    from shangheng.desks.briefing.selectors.editions import edition_of
    from shangheng.desks.briefing.selectors.findings import stored_findings
    from shangheng.desks.briefing.services.writing import build_report, create_report

    owner = User.objects.filter(username=save_as).first()
    if owner is None:
        raise CannotReport(f"没有登录名为“{save_as}”的人员。 There is nobody called {save_as}.")
    now = timezone.now()
    with transaction.atomic():
        report = create_report(actor=owner, at=now, template=chosen.code, period=span, area=area)
        made = build_report(actor=owner, at=now, report=report, known_at=_instant(known))
    return edition_of(made), stored_findings(made), report.pk


def _instant(known: date | None) -> datetime | None:
    """The end of a day in the bureau's time; None for now. Raises CannotReport for a day to come."""
    from django.utils import timezone

    today = timezone.localdate()
    if known is None or known == today:
        return None
    if known > today:
        raise CannotReport(f"{known} 还没有到。 {known} has not come yet.")
    return timezone.make_aware(datetime.combine(known, time.max))
