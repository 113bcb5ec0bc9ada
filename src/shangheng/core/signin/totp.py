"""Codes of an authenticator app (RFC 6238 over RFC 4226): six digits, SHA-1, 30 seconds."""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

SECONDS, DIGITS = 30, 6
DRIFT = 1  # steps by which the clock of a telephone may be off


def new_secret() -> str:
    """160 random bits in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of a time step.

    >>> code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59 // 30)  # RFC 6238, appendix B
    '287082'
    """
    key = base64.b32decode(secret)
    digest = hmac.digest(key, step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(code: str, secret: str, *, timestamp: float, after: int = 0) -> int | None:
    """The time step whose code this is, among those around now and later than `after`."""
    now = int(timestamp // SECONDS)
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def address_of(secret: str, *, account: str, issuer: str) -> str:
    """What the square code holds, for authenticator apps."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{query}"
