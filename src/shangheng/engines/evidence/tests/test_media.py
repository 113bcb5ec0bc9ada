from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.engines.evidence.domain import media
from shangheng.engines.evidence.domain.media import UnacceptableFile, clean_name, identify
from shangheng.engines.evidence.domain.preview import preview
from shangheng.engines.evidence.tests import samples

GOOD = {
    "批复.pdf": (samples.pdf(), media.PDF),
    "现场.png": (samples.picture("PNG"), media.PNG),
    "现场.JPG": (samples.picture("JPEG"), media.JPEG),
    "扫描.tif": (samples.picture("TIFF"), media.TIFF),
    "说明.docx": (samples.word("到位资金"), media.DOCX),
    "明细.xlsx": (samples.excel(), media.XLSX),
    "说明.doc": (samples.old_word(), media.DOC),
    "明细.xls": (samples.old_excel(), media.XLS),
    "发票.ofd": (samples.ofd(), media.OFD),
    "明细.csv": ("企业,金额\n甲,1\n".encode("gb18030"), media.CSV),
    "备注.txt": ("到位资金".encode(), media.TEXT),
}

BAD = {
    "程序.pdf": (b"MZ\x90\0" + bytes(100), "可执行程序"),
    "脚本.txt": (b"#!/bin/sh\nrm -rf /\n", "可执行程序"),
    "网页.csv": (b"<html><script>alert(1)</script></html>", "网页"),
    "图标.txt": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "压缩.zip": (samples.archive({"a.pdf": samples.pdf()}), "压缩包"),
    "压缩.rar": (b"Rar!\x1a\x07\0", "压缩包"),
    "宏.xlsx": (samples.archive({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), "宏"),
    "宏.xls": (samples.compound({"Workbook": b"\x09\x08", "_VBA_PROJECT_CUR": b""}), "宏"),
    "加密.xlsx": (samples.compound({"EncryptedPackage": b"x"}), "密码"),
    "加密.xls": (samples.old_excel((0x2F, bytes(54))), "密码"),
    "加密.doc": (samples.old_word(flags=0x0100), "密码"),
    "炸弹.xlsx": (samples.archive({"xl/workbook.xml": bytes(20_000_000)}), "异常庞大"),
    "半个.docx": (samples.word("甲")[:-200], "损坏"),
    "半个.pdf": (b"%PDF-1.7\n1 0 obj", "损坏"),
    "半个.png": (samples.picture("PNG")[:40], "损坏"),
    "半个.xls": (samples.old_excel()[:700], "损坏"),
    "大图.png": (samples.picture("PNG", (20_000, 6_000)), "万像素"),
    "改名.pdf": (samples.picture("PNG"), "与扩展名不符"),
    "无扩展名": (samples.pdf(), "与扩展名不符"),
    "数据.bin": (bytes(range(256)), "不能识别"),
    "空.pdf": (b"", "是空的"),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_office_file_is_known_by_its_content(name: str) -> None:
    content, expected = GOOD[name]
    assert identify(name, content) is expected


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_evidence_is_refused_with_its_reason(name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(UnacceptableFile, match=reason):
        identify(name, content)


def test_a_wrong_extension_is_answered_with_the_right_one() -> None:
    with pytest.raises(UnacceptableFile, match=r"PNG 图片.*请改为 \.png"):
        identify("回单.pdf", samples.picture("PNG"))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    content = samples.archive({"xl/workbook.xml": bytes(50_000)})
    lying = content.replace((50_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(UnacceptableFile, match="损坏"):
        identify("表.xlsx", lying)


def test_a_name_loses_folders_and_invisible_characters() -> None:
    assert clean_name("C:\\资料\\回单\u202efdp.exe.pdf ") == "回单fdp.exe.pdf"
    assert clean_name("../../etc/回单.pdf") == "回单.pdf"


@pytest.mark.parametrize("name", ["", "/", " . ", "\u202e", "长" * 201])
def test_a_name_that_is_empty_or_too_long_is_refused(name: str) -> None:
    with pytest.raises(UnacceptableFile):
        clean_name(name)


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=60)
@given(data=st.data())
def test_a_mutated_file_is_taken_or_refused_and_never_fails_otherwise(
    name: str, data: st.DataObject
) -> None:
    content = bytearray(GOOD[name][0])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(1, len(content)))])
    with suppress(UnacceptableFile):
        assert preview(identify(name, damaged).mime, damaged) is not None
