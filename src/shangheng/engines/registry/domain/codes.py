"""Codes of organisations: 统一社会信用代码 (GB 32100-2015) and, inside it, 组织机构代码 (GB 11714-1997)."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from shangheng.methods.wording import say

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # I, O, S, V and Z are left out: GB 32100-2015, 4.2
LOOKALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}
BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # GB 11714 uses every letter
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class Gravity(StrEnum):
    """Whether a problem stops the code, or may be passed over with a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a code, in words."""

    gravity: Gravity
    message: str


def clean_code(text: str) -> str:
    """A code as it is stored: half-width capitals without spaces and hyphens."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(plain.split()).replace("-", "")


def problems_of(code: str) -> tuple[Problem, ...]:
    """What is wrong with a cleaned code; empty for a sound one.

    A wrong length or letter cannot be a code. A wrong check character can: some codes were issued
    with one, so it only warns.
    """
    if len(code) != LENGTH:
        return (_error(say("统一社会信用代码应为18位，这里有%(length)d位。", length=len(code))),)
    wrong = [(place, sign) for place, sign in enumerate(code, 1) if sign not in ALPHABET]
    if wrong:
        return tuple(_bad_sign(place, sign) for place, sign in wrong)
    if not code[2:8].isdigit():
        return (_error(say("第3至8位是登记机关的行政区划码，只能是数字。")),)
    return tuple(_wrong_checks(code))


def check_character(code: str) -> str:
    """The eighteenth character that the first seventeen ask for (GB 32100-2015, 5.2).

    Raises ValueError for a sign that no code holds.
    """
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return ALPHABET[-total % 31]


def body_check_character(body: str) -> str:
    """The ninth character of an 组织机构代码 that its first eight ask for (GB 11714-1997, 4.2).

    Raises ValueError for a sign that no code holds.
    """
    total = sum(
        BODY_ALPHABET.index(sign) * weight
        for sign, weight in zip(body[:8], BODY_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _wrong_checks(code: str) -> list[Problem]:
    found = []
    body, wanted = code[8:17], check_character(code)
    if body[8] != body_check_character(body):
        found.append(
            Problem(
                Gravity.WARNING,
                say(
                    "第17位（组织机构代码的校验位）应为%(wanted)s，这里是%(found)s。请核对；确实如此颁发的，写明理由后可以保留。",
                    wanted=body_check_character(body),
                    found=body[8],
                ),
            )
        )
    if code[17] != wanted:
        found.append(
            Problem(
                Gravity.WARNING,
                say(
                    "第18位（校验位）应为%(wanted)s，这里是%(found)s。请核对；确实如此颁发的，写明理由后可以保留。",
                    wanted=wanted,
                    found=code[17],
                ),
            )
        )
    return found


def _bad_sign(place: int, sign: str) -> Problem:
    meant = LOOKALIKES.get(sign)
    if meant:
        return _error(
            say(
                "第%(place)d位是“%(sign)s”，代码中没有这个字母，可能是“%(meant)s”。",
                place=place,
                sign=sign,
                meant=meant,
            )
        )
    return _error(say("第%(place)d位是“%(sign)s”，代码中没有这个字符。", place=place, sign=sign))


def _error(message: str) -> Problem:
    return Problem(Gravity.ERROR, message)
