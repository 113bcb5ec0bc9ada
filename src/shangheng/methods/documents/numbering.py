"""Numbers of headings and annexes, and dates, as GB/T 9704-2012 writes them."""

from collections.abc import Sequence
from datetime import date

from shangheng.methods.documents.model import Block, Heading

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 as 一 to 九十九.

    Raises:
        ValueError: `number` is outside 1 to 99.
    """
    if not 1 <= number <= 99:
        raise ValueError(f"标题序号 {number} 不在 1 至 99 之间")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """The number before a heading (GB/T 9704-2012, 7.3.3): 一、 / （一） / 1. / （1）."""
    match level:
        case 1:
            return f"{chinese_number(number)}、"
        case 2:
            return f"（{chinese_number(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def numbers(blocks: Sequence[Block]) -> tuple[str, ...]:
    """One entry for each block: the number of a heading, "" for anything else.

    A heading starts the numbers of all deeper levels anew.
    """
    counts = [0, 0, 0, 0]
    result = []
    for block in blocks:
        if not isinstance(block, Heading):
            result.append("")
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        result.append(heading_number(block.level, counts[block.level - 1]))
    return tuple(result)


def annex_label(number: int, count: int) -> str:
    """附件 for the only annex, 附件1, 附件2 … for several."""
    return "附件" if count == 1 else f"附件{number}"


def written_date(day: date) -> str:
    """A date in Arabic numerals without zeros in front (2021年3月5日)."""
    return f"{day.year}年{day.month}月{day.day}日"
