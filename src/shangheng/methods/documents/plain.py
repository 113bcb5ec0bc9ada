"""The text edition: what the document says, for comparing two builds and for the terminal."""

from collections.abc import Iterator, Sequence

from shangheng.methods.documents.model import Block, Document, Heading, Table, inlines
from shangheng.methods.documents.numbering import annex_label, numbers, written_date


def to_text(document: Document) -> str:
    """The document line by line: one line a paragraph, the cells of a table parted by tabs."""
    lines = [document.title, document.subtitle]
    lines += [f"{document.addressee}：" if document.addressee else ""]
    lines += _lines(document.blocks)
    if document.date is not None:
        lines += [document.issuer, written_date(document.date)]
    for number, annex in enumerate(document.annexes, start=1):
        lines += [annex_label(number, len(document.annexes)), annex.title, *_lines(annex.blocks)]
    return "".join(f"{line}\n" for line in lines if line)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block, number in zip(blocks, numbers(blocks), strict=True):
        if isinstance(block, Table):
            yield block.caption
            yield "\t".join(column.title for column in block.columns)
            for row in block.rows:
                yield "\t".join(run.text for run in row)
        else:
            head = number + block.text if isinstance(block, Heading) else ""
            yield head + "".join(run.text for run in inlines(block))
