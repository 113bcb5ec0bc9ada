"""The audit as a Word file with comments at the figures, and as an Excel list."""

import io
from collections import defaultdict

import docx
import xlsxwriter
from docx.document import Document as WordDocument
from docx.text.run import Run

from shangheng.methods.claims.audit import Audit
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.wording import say

_COMMENTED = (Verdict.INCONSISTENT, Verdict.AMBIGUOUS, Verdict.UNSUPPORTED)
_WIDTHS = (10, 8, 18, 60, 40, 60, 14, 20)


def verdict_name(verdict: Verdict) -> str:
    """A verdict in the reader's language."""
    return {
        Verdict.OK: say("相符"), Verdict.INCONSISTENT: say("矛盾"), Verdict.AMBIGUOUS: say("存疑"),
        Verdict.UNSUPPORTED: say("缺依据"), Verdict.UNCHECKABLE: say("无法核对"),
    }[verdict]  # fmt: skip


def severity_name(severity: Severity) -> str:
    """A severity in the reader's language."""
    names = {
        Severity.MAJOR: say("重要"),
        Severity.MINOR: say("一般"),
        Severity.EDITORIAL: say("文字"),
    }
    return names[severity]


def _titles() -> tuple[str, ...]:
    return (
        say("结论"),
        say("程度"),
        say("检查"),
        say("原文"),
        say("算式"),
        say("说明"),
        say("位置"),
        say("指纹"),
    )


def word_report(audit: Audit) -> bytes:
    """A .docx of the audited text with a comment at each figure that does not hold.

    A comment sits at the last span of its finding, where the claim is made; findings that hold or
    cannot be checked are only counted in the summary at the end.
    """
    document = docx.Document()
    findings: dict[int, list[Finding]] = defaultdict(list)
    for finding in audit.findings:
        if finding.verdict in _COMMENTED and finding.spans:
            findings[finding.spans[-1][0]].append(finding)
    places = sorted(findings)
    for block in audit.document.blocks:
        paragraph = document.add_paragraph()
        at = block.start
        for place in places:
            if block.start <= place < block.end and place >= at:
                end = min(max(f.spans[-1][1] for f in findings[place]), block.end)
                paragraph.add_run(_clean(audit.document.text[at:place]))
                run = paragraph.add_run(_clean(audit.document.text[place:end]))
                for finding in findings[place]:
                    _comment(document, run, finding)
                at = end
        paragraph.add_run(_clean(audit.document.text[at : block.end]))
    document.add_paragraph(summary(audit))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _comment(document: WordDocument, run: Run, finding: Finding) -> None:
    words = say(
        "【%(verdict)s】%(message)s", verdict=verdict_name(finding.verdict), message=finding.message
    )
    if finding.arithmetic:
        words += f"\n{finding.arithmetic}"
    document.add_comment([run], text=_clean(words), author=say("数字审核"), initials=say("审"))


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def summary(audit: Audit) -> str:
    """One line: what was read and how it came out."""
    counts = ", ".join(f"{verdict_name(v)} {len(audit.with_verdict(v))}" for v in Verdict)
    coverage = audit.coverage
    return say("审核覆盖: 读出数量%(quantities)s个, 看懂%(understood)s个, 参与核对%(checked)s个。结论: %(counts)s。",
               quantities=coverage.quantities, understood=coverage.understood, checked=coverage.checked,
               counts=counts)  # fmt: skip


def excel_list(audit: Audit) -> bytes:
    """An .xlsx list of all findings, one a row, with the coverage on a second sheet."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                            "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    sheet = workbook.add_worksheet(say("审核清单"))
    bold = workbook.add_format({"bold": True})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(zip(_titles(), _WIDTHS, strict=True)):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, width)
    for row, finding in enumerate(audit.findings, 1):
        place = ", ".join(f"{start}-{end}" for start, end in finding.spans)
        values = (verdict_name(finding.verdict), severity_name(finding.severity), finding.check,
                  finding.quote, finding.arithmetic, finding.message, place, finding.fingerprint)  # fmt: skip
        for column, value in enumerate(values):
            sheet.write_string(row, column, _clean(value)[:32_000], wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(audit.findings), 1), len(_WIDTHS) - 1)
    workbook.add_worksheet(say("覆盖")).write_string(0, 0, summary(audit))
    workbook.close()
    return buffer.getvalue()
