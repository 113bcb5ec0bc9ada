import pytest
from django.utils.translation import override

from shangheng.methods.wording import parted, say


def test_values_are_filled_in() -> None:
    with override("zh-hans"):
        assert say("增幅%(growth)s%%,基数%(base)s", growth="8.0", base=None) == "增幅8.0%,基数None"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("缺少%(base)s的基数")


def test_it_speaks_the_language_of_the_reader() -> None:
    with override("zh-hans"):
        assert say("Monday") == "星期一"  # a text of Django's own catalogue
    with override("en"):
        assert say("Monday") == "Monday"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("“导入“一月.xlsx””已完成", "“导入‘一月.xlsx’”已完成"),
        ("“甲“乙“丙”””和“丁”", "“甲‘乙“丙”’”和“丁”"),
        ("没有引号", "没有引号"),
        ("“没有“配对”", "“没有“配对”"),
        ("”先关“后开", "”先关“后开"),
    ],
)
def test_quotation_marks_within_quotation_marks_are_single(written: str, told: str) -> None:
    assert parted(written) == told
