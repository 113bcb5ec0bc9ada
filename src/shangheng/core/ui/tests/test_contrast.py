"""Text and marks keep the contrast of WCAG 2.2 AA in the light theme and on the wall."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1] / "static" / "ui" / "css"
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "blue") for ground in ("paper", "ground", "hover")),
    *((tone, tint) for tone in ("good", "warn", "bad", "blue") for tint in (f"{tone}-tint", "paper")),
    *(("ink", tint) for tint in ("good-tint", "warn-tint", "bad-tint", "blue-tint")),
    ("on-blue", "blue"),
    ("on-blue", "blue-strong"),
    ("blue-strong", "blue-tint"),
]  # fmt: skip
SHAPES = [("rule-strong", "paper"), ("blue", "paper")]


def tokens(*files: str) -> dict[str, str]:
    text = "".join((CSS / file).read_text(encoding="utf-8") for file in files)
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", text))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("files", [("base.css",), ("base.css", "wall.css")], ids=["light", "wall"])
def test_colours_keep_their_contrast(files: tuple[str, ...]) -> None:
    colour = tokens(*files)
    weak = [
        (ink, ground, round(contrast(colour[ink], colour[ground]), 2))
        for pairs, least in ((TEXT, 4.5), (SHAPES, 3.0))
        for ink, ground in pairs
        if contrast(colour[ink], colour[ground]) < least
    ]
    assert not weak


def test_there_are_four_sizes_of_type() -> None:
    sizes = set()
    for file in CSS.glob("*.css"):
        if file.name not in {"wall.css", "print.css"}:  # the wall has one more for its figures
            sizes |= set(re.findall(r"font-size:\s*([^;]+);", file.read_text(encoding="utf-8")))
    scaled = {size for size in sizes if size.startswith("var(")}
    assert scaled == {"var(--small)", "var(--body)", "var(--head)", "var(--title)"}
    # the root, the root on a wide screen, and the names in a drawing measured in px
    assert sizes - scaled == {"14px", "16px", "12px"}
