"""A report of this desk audited like one from outside: its figures against each other."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from shangheng.desks.briefing.domain.claims_text import PROBLEMS, audit_of, structure_of
from shangheng.desks.briefing.domain.edition import Edition
from shangheng.desks.briefing.domain.findings import Finding
from shangheng.methods.claims.findings import Finding as Claim
from shangheng.methods.claims.findings import Severity, Verdict
from shangheng.methods.claims.reading.builder import TextBuilder
from shangheng.methods.claims.reading.document import Document
from shangheng.methods.documents.model import Heading, Table, inlines
from shangheng.methods.documents.numbering import numbers


def as_read(edition: Edition) -> Document:
    """An edition as a reader of the printed page has it, with its tables and without annexes."""
    printed = replace(edition.document(), annexes=())
    builder = TextBuilder()
    builder.paragraph(printed.title)
    for block, number in zip(printed.blocks, numbers(printed.blocks), strict=True):
        if isinstance(block, Table):
            builder.paragraph(block.caption)
            builder.table(
                [
                    [column.title for column in block.columns],
                    *([run.text for run in row] for row in block.rows),
                ]
            )
        else:
            head = number + block.text if isinstance(block, Heading) else ""
            builder.paragraph(head + "".join(run.text for run in inlines(block)))
    return builder.document()


def proofread(edition: Edition) -> Iterator[Finding]:
    """What the audit says of the text: a wrong figure stops the signature, the rest is told.

    Whether a figure agrees with the ledger is not asked here: bound figures are the ledger's own.
    """
    document = as_read(edition)
    for found in audit_of(document.text, structure_of(document)).findings:
        if found.verdict in PROBLEMS:
            yield _told(found)


def _told(found: Claim) -> Finding:
    grave = (found.verdict, found.severity) == (Verdict.INCONSISTENT, Severity.MAJOR)
    kind = "claims" if grave else "doubt"
    values = {"quote": found.quote, "why": found.message, "sum": found.arithmetic}
    told = _("“%(quote)s”：%(why)s算式：%(sum)s") if found.arithmetic else _("“%(quote)s”：%(why)s")
    return Finding(kind, f"{kind}:{found.fingerprint}", told % values)
