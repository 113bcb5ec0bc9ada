"""E-mail: whether the bureau has it, and how messages are handed over."""

import smtplib
import ssl
from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.notices.messages import message_of
from shangheng.core.notices.models import Delivery, Preference
from shangheng.core.notices.outgoing import Failed, cause_of

SECONDS = 15

FINAL = 500


def is_set_up() -> bool:
    """Whether a mail server is named in the settings."""
    return settings.MAIL_SERVER is not None


def preference(delivery: Delivery) -> Preference:
    """How the receiver of a mail wants to be told."""
    receiver = cast("User", delivery.receiver)
    return getattr(receiver, "notice_preference", None) or Preference(person=receiver)


def send(rows: Sequence[Delivery]) -> None:
    """Hand over one mail: a notice, or several as a digest. Raises Failed."""
    wish = preference(rows[0])
    server = settings.MAIL_SERVER
    receiver = cast("User", rows[0].receiver)
    if server is None or not wish.email or not receiver.is_active:
        raise Failed(_("没有接邮件服务器，或者收件人没有邮箱、已停用。"), permanent=True)
    with translation.override(wish.language):
        mail = _mail(rows, wish.email)
    try:
        _hand_over(server, mail)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, text = next(iter(refusal.recipients.values()))
        raise Failed(_told(code, text), permanent=code >= FINAL) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise Failed(_told(refusal.smtp_code, refusal.smtp_error)) from refusal
    except (smtplib.SMTPException, OSError) as problem:
        raise Failed(_("邮件服务器连不上：%s") % cause_of(problem)) from problem


def _hand_over(server: Any, mail: EmailMessage) -> None:
    """Give a mail to the server; a certificate that is not valid is refused."""
    context = ssl.create_default_context()
    if server.ssl:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with connection:
        if server.tls:
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(mail.message())


def _mail(rows: Sequence[Delivery], address: str) -> EmailMessage:
    messages = [message_of(row) for row in rows]
    first = messages[0]
    if rows[0].digest:
        subject = _("商衡每日汇总：%d条消息") % len(rows)
    else:
        subject = _("商衡：%s") % first.subject
    text = "\n\n".join(
        "\n".join(
            part
            for part in (
                message.subject,
                f"{message.kind_name} · {timezone.localtime(message.at):%Y-%m-%d %H:%M}",
                message.body,
                message.url,
            )
            if part
        )
        for message in messages
    )
    foot = _("不想再收这类邮件，请在平台的“消息设置”里改。")
    domain = settings.MAIL_FROM.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=f"{text}\n\n-- \n{foot}\n",
        from_email=settings.MAIL_FROM,
        to=[address],
        headers={"Message-ID": f"<{first.uid}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _told(code: int, text: bytes | str) -> str:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return _("邮件服务器拒收：%(code)d %(said)s") % {"code": code, "said": said[:200]}
