"""Characters that mean the same: one table, one character for one, so that offsets never move."""

import re

_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_ALIKE = {
    "\u3000": " ", "\u00a0": " ", "−": "-", "﹣": "-", "﹪": "%", "○": "〇", "億": "亿", "萬": "万",
    "點": "点", "負": "负", "兩": "两", "倆": "两", "俩": "两", "幾": "几", "餘": "余", "個": "个",
    "雙": "双", "對": "对", "塊": "块", "貳": "贰", "陸": "陆",
    "叄": "叁", "參": "叁", "數": "数", "約": "约", "〜": "~", "∼": "~", "\u2011": "-",
    "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ", "\t": " ",
}  # fmt: skip
_TABLE = _FULL_WIDTH | {ord(old): ord(new) for old, new in _ALIKE.items()}


_VARIANTS = {chr(old): chr(new) if isinstance(new, int) else new for old, new in _TABLE.items()}
_VARIANT = re.compile("[" + re.escape("".join(map(chr, _TABLE))) + "]")


def unify(text: str) -> str:
    """Return `text` with full-width and variant characters replaced one for one.

    The result has the same length, so a span found in it is a span of the original text.
    """
    return _VARIANT.sub(lambda found: _VARIANTS[found.group()], text)
