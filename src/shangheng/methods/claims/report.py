"""The audit as a Word file with comments at the figures, and as an Excel list."""

import io
from collections import defaultdict

import docx
import xlsxwriter
from docx.document import Document as WordDocument
from docx.text.run import Run

from shangheng.methods.claims.audit import Audit
from shangheng.methods.claims.findings import Finding, Severity, Verdict

VERDICT_NAMES = {
    Verdict.OK: "相符", Verdict.INCONSISTENT: "矛盾", Verdict.AMBIGUOUS: "存疑",
    Verdict.UNSUPPORTED: "缺依据", Verdict.UNCHECKABLE: "无法核对",
}  # fmt: skip
SEVERITY_NAMES = {Severity.MAJOR: "重要", Severity.MINOR: "一般", Severity.EDITORIAL: "文字"}
_COMMENTED = (Verdict.INCONSISTENT, Verdict.AMBIGUOUS, Verdict.UNSUPPORTED)
_COLUMNS = (
    ("结论", 10),
    ("程度", 8),
    ("检查", 18),
    ("原文", 60),
    ("算式", 40),
    ("说明", 60),
    ("位置", 14),
    ("指纹", 20),
)
_AUTHOR = "数字审核"


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
    words = f"【{VERDICT_NAMES[finding.verdict]}】{finding.message}"
    if finding.arithmetic:
        words += f"\n{finding.arithmetic}"
    document.add_comment([run], text=_clean(words), author=_AUTHOR, initials="审")


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def summary(audit: Audit) -> str:
    """One line: what was read and how it came out."""
    counts = "、".join(f"{VERDICT_NAMES[v]}{len(audit.with_verdict(v))}处" for v in Verdict)
    coverage = audit.coverage
    return (f"审核覆盖: 读出数量{coverage.quantities}个, 看懂{coverage.understood}个, 参与核对{coverage.checked}个。"
            f"结论: {counts}。")  # fmt: skip


def excel_list(audit: Audit) -> bytes:
    """An .xlsx list of all findings, one a row, with the coverage on a second sheet."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                            "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    sheet = workbook.add_worksheet("审核清单")
    bold = workbook.add_format({"bold": True})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, width)
    for row, finding in enumerate(audit.findings, 1):
        place = ", ".join(f"{start}-{end}" for start, end in finding.spans)
        values = (VERDICT_NAMES[finding.verdict], SEVERITY_NAMES[finding.severity], finding.check,
                  finding.quote, finding.arithmetic, finding.message, place, finding.fingerprint)  # fmt: skip
        for column, value in enumerate(values):
            sheet.write_string(row, column, _clean(value)[:32_000], wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(audit.findings), 1), len(_COLUMNS) - 1)
    workbook.add_worksheet("覆盖").write_string(0, 0, summary(audit))
    workbook.close()
    return buffer.getvalue()
