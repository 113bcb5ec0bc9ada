"""Which font plays which role, and what stands in for a font that is not there.

The fonts that GB/T 9704-2012 asks for are proprietary and are not shipped. Word gets their names;
for PDF they are looked for in the folders of the bureau, and free fonts stand in otherwise. A
stand-in is always reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import typst

from shangheng.methods.wording import say

FREE_FONTS = Path(__file__).with_name("fonts")


@dataclass(frozen=True)
class FontNames:
    """The font of each role; the defaults are those usual in Chinese offices."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    heading1: str = "黑体"
    heading2: str = "楷体_GB2312"
    page: str = "宋体"


@dataclass(frozen=True)
class Face:
    """A font family and the weight to take from it (400 regular, 700 bold)."""

    family: str
    weight: int = 400


@dataclass(frozen=True)
class MissingFont:
    """A wanted font is not there and another one was taken."""

    role: str
    wanted: str
    used: str

    def __str__(self) -> str:
        return say("缺少字体 %(wanted)s，已用 %(used)s 代替", wanted=self.wanted, used=self.used)


@dataclass(frozen=True)
class FontPlan:
    """What each role is set in for PDF; `names` remain what Word is told."""

    names: FontNames
    faces: Mapping[str, Face]
    directories: tuple[Path, ...]
    warnings: tuple[MissingFont, ...]


FALLBACK = Face("Noto Serif CJK SC")

_FREE = {
    "title": Face("Noto Serif CJK SC", 700),
    "body": FALLBACK,
    "heading1": Face("Noto Sans CJK SC"),
    "heading2": Face("Shangheng Kai"),
    "page": FALLBACK,
}

# A font file calls itself by its English name; people and Word use the Chinese one.
_SAME = (
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    ("仿宋_GB2312", "FangSong_GB2312"),
    ("仿宋", "FangSong"),
    ("华文仿宋", "STFangsong"),
    ("黑体", "SimHei"),
    ("楷体_GB2312", "KaiTi_GB2312"),
    ("楷体", "KaiTi"),
    ("华文楷体", "STKaiti"),
    ("宋体", "SimSun"),
    ("华文宋体", "STSong"),
    ("华文中宋", "STZhongsong"),
)

_KIN = {
    "title": ("方正小标宋简体", "方正小标宋_GBK", "华文中宋"),
    "body": ("仿宋_GB2312", "仿宋", "华文仿宋"),
    "heading1": ("黑体",),
    "heading2": ("楷体_GB2312", "楷体", "华文楷体"),
    "page": ("宋体", "华文宋体"),
}


def plan_fonts(names: FontNames, directories: Sequence[Path] = ()) -> FontPlan:
    """Choose a face for each role among the fonts in `directories` and the free ones.

    Taken is the wanted font under any of its names, else a font of the same kind, else the free
    stand-in; the last two are reported in `warnings`.

    Raises:
        FileNotFoundError: one of `directories` does not exist.
    """
    for directory in directories:
        if not directory.is_dir():
            raise FileNotFoundError(f"字体目录不存在：{directory}")
    paths = (*directories, FREE_FONTS)
    available = {family.casefold(): family for family in load_fonts(paths).families()}
    faces, warnings = {}, []
    for field in fields(names):
        role, wanted = field.name, getattr(names, field.name)
        face = _find((wanted,), available)
        if face is None:
            face = _find(_KIN[role], available) or _FREE[role]
            warnings.append(MissingFont(role, wanted, face.family))
        faces[role] = face
    return FontPlan(names, faces, paths, tuple(warnings))


@lru_cache(maxsize=4)
def load_fonts(directories: tuple[Path, ...]) -> typst.Fonts:
    """The fonts in `directories`, and no others: those of the system would differ by machine."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(directory) for directory in directories],
    )


def _find(names: Sequence[str], available: Mapping[str, str]) -> Face | None:
    for name in names:
        for alias in next((pair for pair in _SAME if name in pair), (name,)):
            if family := available.get(alias.casefold()):
                return Face(family)
    return None
