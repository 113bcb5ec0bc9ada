import struct
from dataclasses import replace
from pathlib import Path

import pytest

from shangheng.methods.documents.fonts import FREE_FONTS, Face, FontNames, plan_fonts

FREE = FontNames(
    "Noto Serif CJK SC",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "Shangheng Kai",
    "Noto Serif CJK SC",
)


def test_each_missing_font_is_reported_with_its_stand_in() -> None:
    plan = plan_fonts(FontNames())
    assert [str(warning) for warning in plan.warnings] == [
        "缺少字体 方正小标宋简体，已用 Noto Serif CJK SC 代替",
        "缺少字体 仿宋_GB2312，已用 Noto Serif CJK SC 代替",
        "缺少字体 黑体，已用 Noto Sans CJK SC 代替",
        "缺少字体 楷体_GB2312，已用 Shangheng Kai 代替",
        "缺少字体 宋体，已用 Noto Serif CJK SC 代替",
    ]
    assert plan.faces["title"] == Face("Noto Serif CJK SC", 700)


def test_fonts_that_are_there_are_taken_without_warning() -> None:
    plan = plan_fonts(FREE)
    assert plan.warnings == ()
    assert plan.faces["heading1"] == Face("Noto Sans CJK SC")


def font_called(name: str, directory: Path) -> None:
    """Write a font whose family is `name` (at most 13 letters) into `directory`."""
    content = (FREE_FONTS / "ShanghengKai-Regular.ttf").read_bytes()
    family, new = "Shangheng Kai".encode("utf-16-be"), name.encode("utf-16-be")
    record = struct.pack(">HHHH", 3, 1, 0x409, 1)  # Windows, Unicode, English, family
    assert content.count(record + struct.pack(">H", len(family))) == 1
    content = content.replace(
        record + struct.pack(">H", len(family)), record + struct.pack(">H", len(new))
    )
    padded = new + family[len(new) :]
    (directory / "font.ttf").write_bytes(content.replace(family, padded))


def test_a_font_of_the_bureau_is_found_under_its_english_name(tmp_path: Path) -> None:
    font_called("KaiTi_GB2312", tmp_path)
    plan = plan_fonts(replace(FREE, heading2="楷体_GB2312"), [tmp_path])
    assert plan.warnings == ()
    assert plan.faces["heading2"] == Face("KaiTi_GB2312")


def test_a_font_of_the_same_kind_goes_before_a_free_one_and_is_reported(tmp_path: Path) -> None:
    font_called("FangSong", tmp_path)
    plan = plan_fonts(replace(FREE, body="仿宋_GB2312"), [tmp_path])
    assert [str(warning) for warning in plan.warnings] == [
        "缺少字体 仿宋_GB2312，已用 FangSong 代替"
    ]


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="字体目录不存在"):
        plan_fonts(FREE, [tmp_path / "nowhere"])
