"""Addresses and secrets of outlets, kept encrypted in the database.

The key is derived from SHANGHENG_SECRET_KEY, so that a copy of the database alone, a backup say,
lets nobody write to a group or sign a webhook. Whoever changes that key enters them anew.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """What was kept was encrypted with another key."""


def seal(text: str) -> str:
    """A text as the database keeps it."""
    return _key().encrypt(text.encode()).decode()


def unseal(kept: str) -> str:
    """The text. Raises Unreadable."""
    try:
        return _key().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _key() -> Fernet:
    derived = sha256(f"shangheng.notices:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(derived))
