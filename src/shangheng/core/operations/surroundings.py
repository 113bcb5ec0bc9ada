"""What the platform stands on besides its own data: packages, fonts, the mail server, the certificate."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.utils import timezone

import shangheng
from shangheng.core.operations.findings import found
from shangheng.core.operations.registry import Finding, Level
from shangheng.methods.documents.fonts import plan_fonts

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;?)", re.MULTILINE)
SECONDS = 5
EXPIRES_DAYS = 30


def lock_file() -> Path | None:
    """The lock that this program was tested with: in its package, or beside its sources."""
    package = Path(shangheng.__path__[0])
    places = (package / "requirements.lock", package.parents[1] / "requirements.lock")
    return next((place for place in places if place.exists()), None)


def packages_are_those_of_the_lock() -> Iterator[Finding]:
    """What is installed is what was tested."""
    lock = lock_file()
    if lock is None:
        yield found("packages.lock", Level.WARNING)
        return
    for name, wanted, only_some in LOCKED.findall(lock.read_text(encoding="utf-8")):
        try:
            there = version(name)
        except PackageNotFoundError:
            if not only_some:  # a package for some systems alone may well be missing
                yield found("packages.missing", name=name, wanted=wanted)
            continue
        if there != wanted:
            yield found("packages.other", Level.WARNING, name=name, there=there, wanted=wanted)


def fonts_are_there() -> Iterator[Finding]:
    """PDF is set in the fonts of GB/T 9704."""
    try:
        plan = plan_fonts(settings.REPORT_FONTS, settings.REPORT_FONT_DIRS)
    except FileNotFoundError as problem:
        yield found("fonts.folder", problem=problem)
        return
    if plan.warnings:
        wanted = sorted({warning.wanted for warning in plan.warnings})
        yield found("fonts.missing", Level.WARNING, wanted=wanted)


def mail_server_answers() -> Iterator[Finding]:
    """The mail server that is named takes mail from us. Nothing is sent."""
    server = settings.MAIL_SERVER
    if server is None:
        return
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
            if server.ssl
            else smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        ) as connection:
            if server.tls:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
            connection.noop()
    except (smtplib.SMTPException, OSError) as problem:
        place = f"{server.host}:{server.port}"
        yield found(
            "mail.unreachable", server=place, problem=f"{type(problem).__name__}: {problem}"
        )


def certificate_is_good() -> Iterator[Finding]:
    """Browsers accept the certificate of our address, and go on doing so for a month."""
    parts = urlsplit(settings.ADDRESS)
    if parts.scheme != "https" or not parts.hostname:
        return
    place = (parts.hostname, parts.port or 443)
    try:
        with (
            socket.create_connection(place, timeout=SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=place[0]) as secure,
        ):
            shown = x509.load_der_x509_certificate(secure.getpeercert(binary_form=True) or b"")
    except (OSError, ValueError) as problem:
        yield found("certificate.refused", host=place[0], problem=problem)
        return
    left = (shown.not_valid_after_utc - timezone.now()).days
    if left < EXPIRES_DAYS:
        yield found("certificate.expires", Level.WARNING, host=place[0], days=left)
