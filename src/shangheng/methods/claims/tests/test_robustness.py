"""Any text gives a result; hostile files are refused in words."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.methods.claims.audit import audit, audit_text
from shangheng.methods.claims.reading.document import UnreadableReport
from shangheng.methods.claims.reading.read import read_report

PIECES = st.sampled_from(
    [
        "全区",
        "完成",
        "目标",
        "其中",
        "占",
        "占比",
        "同比增长",
        "下降",
        "由",
        "增加到",
        "亿元",
        "万元",
        "个",
        "家",
        "%",
        "个百分点",
        "倍",
        "第",
        "位",
        "排名",
        "上升",
        "合计",
        "其余",
        "分别",
        "等",
        "、",
        ",",
        "。",
        ";",
        ":",
        "(",
        ")",
        "《",
        "》",
        "“",
        "”",
        "一、",
        "(二)",
        "1.",
        "一是",
        "二是",
        "67",
        "0",
        "00",
        "3.5",
        "1,000",
        "-5",
        "百分之",
        "三",
        "十",
        "万",
        "亿",
        "半",
        "约",
        "逾",
        "余",
        "以上",
        "2021年",
        "1-12月",
        "去年",
        "预期目标",
        "挑战目标",
        "平均",
        "户均",
        "整改率",
        "结构",
        "6:24:70",
        "投资5亿元的甲项目",
        "已完成",
        "有望",
        "序时进度",
        "明年",
        "出口",
        "进口",
        "贸易顺差",
        "城镇居民人均可支配收入",
        "农村居民人均可支配收入",
        "收入比2.05:1",
        "带动",
        "杠杆率1:8",
        "存贷比",
        "存款",
        "贷款",
        "翻番",
        "翻两番",
        "升至第",
        "当时列第",
        "二者合计",
        "三年",
        "按地区分,",
        "前者占后者的",
        "未完成",
        "五年前",
        "个街道中有",
        "e",
        "E",
        "^",
        "/",
        "~",
        "-",
        "至",
        "到",
        "\n",
        "\t",
        "\u3000",
        "１２",
        "％",
    ]
)
CHINESE = st.lists(PIECES, max_size=60).map("".join)


@settings(max_examples=300)
@given(st.one_of(CHINESE, st.text(max_size=300)))
def test_any_text_gives_a_result_whose_spans_lie_in_the_text(text: str) -> None:
    result = audit_text(text)
    for finding in result.findings:
        assert finding.fingerprint
        for start, end in finding.spans:
            assert 0 <= start < end <= len(text)
    coverage = result.coverage
    assert coverage.checked <= coverage.quantities
    assert coverage.understood <= coverage.quantities


@settings(max_examples=100)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.xlsx", "a.pdf", "a.html"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableReport):
        audit(read_report(name, content))


@settings(max_examples=60)
@given(CHINESE)
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    assert audit_text(text).findings == audit_text(text).findings


def _package(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK\x03\x04 broken", "损坏"),
        ("a.docx", _package({"word/document.xml": b"0" * 20_000_000}), "压缩炸弹"),
        ("a.docx", _package({"word/vbaProject.bin": b"x"}), "宏"),
        ("a.docx", _package({f"{n}.xml": b"" for n in range(5001)}), "部件过多"),
        ("a.docx", _package({"hello.txt": b"hello"}), "无法读取"),
        ("a.xlsx", _package({"hello.txt": b"hello"}), "无法读取"),
        ("a.pdf", b"%PDF-1.7 nothing here", "PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("a.txt", b"   \n", "空"),
        ("a.txt", bytes(range(256)) * 20, "无法识别"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_a_reason(
    name: str, content: bytes, words: str
) -> None:
    with pytest.raises(UnreadableReport, match=words):
        read_report(name, content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _package({"xl/worksheets/sheet1.xml": b"\0" * 150_000_000})
    assert len(bomb) < 500_000
    with pytest.raises(UnreadableReport, match="压缩炸弹"):
        read_report("a.xlsx", bomb)


def test_scrambled_and_foreign_texts_accuse_nobody() -> None:
    english = "The bureau signed 67 projects, of which 42 (70%) are registered.\n" * 50
    assert not [
        f
        for f in audit_text(english).findings
        if f.verdict == "inconsistent" and f.severity == "major"
    ]
    assert audit_text("").findings == ()
