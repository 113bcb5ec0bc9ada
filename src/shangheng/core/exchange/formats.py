"""What a number format says of a number besides its digits. Pure.

Names and grammar as in ECMA-376 part 1, section 18.8.31: sections parted by semicolons, literals in
quotes or behind a backslash, a comma behind the last digit divides by a thousand.
"""

import re

PERCENT, SCALED, FOREIGN = "%", ",", "$"
_PADDING = re.compile(r"_.|\*.")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
_BRACKET = re.compile(r"\[([^\]]*)\]")
_SCALING = re.compile(r"[0#?],+(?![0#?,])")
_POINT_BY_HAND = re.compile(
    r"""[0#?](?:[\\!][.．]|"[.．]")[0#?]"""
)  # 0\.0000 shows 12345 as 1.2345
_UNIT = re.compile(r"(?:万亿|亿|千万|百万|万|千).*|.*元")  # zh-data: units
_FOREIGN = re.compile(r"[$€£]|USD|EUR|GBP|HKD|JPY")


def meaning_of(code: str) -> str:
    """`PERCENT`, `SCALED` (fewer digits are shown than are kept), `FOREIGN` (another currency), the
    unit that is written behind the number (万元), or "" when only digits are shown.
    """
    code = _PADDING.sub("", code.partition(";")[0])
    if _POINT_BY_HAND.search(code):
        return SCALED
    literals = [(quoted or one).strip() for quoted, one in _LITERAL.findall(code)]
    currencies = [
        inner[1:].partition("-")[0] for inner in _BRACKET.findall(code) if inner[:1] == "$"
    ]
    bare = _BRACKET.sub("", _LITERAL.sub("", code))
    if "%" in bare:
        return PERCENT
    if _SCALING.search(bare):
        return SCALED
    if any(map(_FOREIGN.search, [*literals, *currencies, bare])):
        return FOREIGN
    return next((one for one in literals if _UNIT.fullmatch(one)), "")


def format_of(meaning: str) -> str:
    """A format that says the same."""
    written = {PERCENT: "0.##%", SCALED: "0,", FOREIGN: '"$"0.##'}
    return written.get(meaning, f'0.##"{meaning}"')
