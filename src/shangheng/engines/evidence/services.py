"""Keeping evidence, handing it out, and proving that it is what was handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.http import content_disposition_header

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit.services import record
from shangheng.core.dictionaries import selectors as dictionaries
from shangheng.core.exchange import scanning
from shangheng.core.search.services import index
from shangheng.engines.evidence import files, old_excel
from shangheng.engines.evidence.domain.media import XLS, UnacceptableFile, clean_name, identify
from shangheng.engines.evidence.domain.preview import Preview
from shangheng.engines.evidence.domain.preview import preview as preview_of
from shangheng.engines.evidence.models import Document
from shangheng.methods.wording import say

__all__ = [
    "DamagedEvidence",
    "Finding",
    "Flaw",
    "UnacceptableFile",
    "Upload",
    "download",
    "keep",
    "open_bytes",
    "preview",
    "safe_headers",
    "store",
    "verify",
    "verify_all",
]

VOUCHER_KINDS = "voucher_kinds"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in; `kind` is a value of the dictionary `VOUCHER_KINDS` or empty."""

    name: str
    content: bytes
    kind: str = ""


class Flaw(StrEnum):
    """What is wrong with a kept file."""

    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Finding:
    """A document whose file is not what was handed in."""

    document: Document
    flaw: Flaw

    def __str__(self) -> str:
        if self.flaw is Flaw.MISSING:
            return say(
                "凭证%(pk)d“%(name)s”的文件不见了，请从备份恢复或重新上传原件。", **self._named
            )
        return say(
            "凭证%(pk)d“%(name)s”的文件被改动过，请从备份恢复或重新上传原件。", **self._named
        )

    @property
    def _named(self) -> dict[str, object]:
        return {"pk": self.document.pk, "name": self.document.name}


class DamagedEvidence(Exception):
    """The kept file is missing or altered, so it is not handed out."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def store(
    *,
    actor: User,
    at: datetime,
    name: str,
    content: bytes,
    kind: str = "",
    unit: OrgUnit | None = None,
    is_sample: bool = False,
) -> Document:
    """Keep a file as evidence. Its row is there only when its bytes are safely on the disk.

    Raises UnacceptableFile, when the file is too large, of
    a type that is not accepted, damaged, encrypted, not what its name says, or malware; ValueError when
    `kind` is no value of the dictionary `VOUCHER_KINDS`.
    """
    name = clean_name(name)
    _check_size(name, content)
    media = identify(name, content)
    if kind and dictionaries.value(VOUCHER_KINDS, kind) is None:
        raise ValueError(f"{kind!r} is no value of the dictionary {VOUCHER_KINDS}")
    try:
        scanning.must_be_clean(name, content)
    except scanning.NotClean as error:
        raise UnacceptableFile(str(error)) from error
    kept = files.put(content)
    with transaction.atomic(savepoint=False):
        document = Document.objects.create(
            sha256=files.digest_of(content),
            size=len(content),
            media_type=media.mime,
            name=name,
            kind=kind,
            unit=unit,
            uploaded_by=actor,
            uploaded_at=at,
            is_sample=is_sample,
        )
        index(document)
        after = {"sha256": document.sha256, "size": document.size, "file": kept.value}
        _record("evidence.store", actor, at, document, after)
    return document


def keep(
    *,
    actor: User,
    at: datetime,
    upload: Upload | None,
    kind: str = "",
    unit: OrgUnit | None = None,
    is_sample: bool = False,
) -> Document | None:
    """Keep what was handed in, if anything was, as `kind` or else as its own. Raises as `store`."""
    if upload is None:
        return None
    return store(
        actor=actor,
        at=at,
        name=upload.name,
        content=upload.content,
        kind=kind or upload.kind,
        unit=unit,
        is_sample=is_sample,
    )


def _check_size(name: str, content: bytes) -> None:
    limit: int = settings.EVIDENCE_MAX_BYTES
    if len(content) > limit:
        raise UnacceptableFile(
            say(
                "文件“%(name)s”有%(size)s MB，超过上限%(limit)d MB。请压缩图片、降低扫描分辨率或分成几个文件后再上传。",
                name=name,
                size=f"{len(content) / 1024**2:.1f}",
                limit=limit // 1024**2,
            )
        )


def _record(
    act: str, actor: User, at: datetime, document: Document, after: dict[str, object] | None = None
) -> None:
    target = f"evidence.document:{document.pk}"
    record(actor=actor, act=act, at=at, target=target, label=document.name, after=after)


def open_bytes(document: Document) -> bytes:
    """The bytes that were handed in. Raises DamagedEvidence rather than give others."""
    content = _read(document)
    if isinstance(content, Flaw):
        raise DamagedEvidence(Finding(document, content))
    return content


def _read(document: Document) -> bytes | Flaw:
    try:
        content = files.path_of(document.sha256).read_bytes()
    except FileNotFoundError:
        return Flaw.MISSING
    return content if files.digest_of(content) == document.sha256 else Flaw.ALTERED


def download(*, actor: User, at: datetime, document: Document) -> bytes:
    """`open_bytes`, leaving a row in the audit trail."""
    content = open_bytes(document)
    with transaction.atomic():
        _record("evidence.download", actor, at, document)
    return content


def safe_headers(document: Document) -> dict[str, str]:
    """Headers under which a stranger's file may leave the server without being run by a browser."""
    disposition = content_disposition_header(as_attachment=True, filename=document.name)
    return {
        "Content-Type": document.media_type,
        "Content-Disposition": disposition or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }


def preview(document: Document, page: int = 1) -> Preview:
    """What a page can show of the document. Raises DamagedEvidence."""
    content = open_bytes(document)
    if document.media_type == XLS.mime:
        return old_excel.preview(content)
    return preview_of(document.media_type, content, page)


def verify(document: Document) -> Finding | None:
    """Recompute the hash of the kept file; None when it is what was handed in."""
    content = _read(document)
    return Finding(document, content) if isinstance(content, Flaw) else None


def verify_all() -> Iterator[Finding]:
    """Findings on all documents, each content read once."""
    last: tuple[str, Flaw | None] = ("", None)
    for document in Document.objects.order_by("sha256", "pk").iterator():
        if document.sha256 != last[0]:
            finding = verify(document)
            last = (document.sha256, finding.flaw if finding else None)
        if last[1] is not None:
            yield Finding(document, last[1])
