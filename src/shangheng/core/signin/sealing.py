"""What is kept so that the database alone gives nothing away: encrypted, or as a keyed hash."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac


class KeyChanged(Exception):
    """The platform's secret key is not the one with which this was sealed."""


def sealed(text: str) -> str:
    """`text`, encrypted with a key that comes from the platform's secret key."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What was sealed. Raises KeyChanged."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise KeyChanged from error


def fingerprint(text: str) -> str:
    """A keyed hash, by which a recovery code is known again."""
    return salted_hmac("shangheng.signin.recovery", text, algorithm="sha256").hexdigest()


def _box() -> Fernet:
    key = hashlib.sha256(b"shangheng.signin.totp" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
