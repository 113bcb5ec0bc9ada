import pytest
from django.utils.translation import override

from shangheng.methods.wording import say


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
