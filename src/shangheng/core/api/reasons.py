"""What the checks of types find wrong, in words for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shangheng.core.api.problems import FieldError, Problem

WORDS: Mapping[str, str] = {
    "missing": gettext_noop("必须填写。"),
    "extra_forbidden": gettext_noop("没有这一项。"),
    "string_type": gettext_noop("应为文字。"),
    "string_too_short": gettext_noop("至少%(min_length)s个字。"),
    "string_too_long": gettext_noop("最多%(max_length)s个字。"),
    "string_pattern_mismatch": gettext_noop("写法不对，应符合 %(pattern)s。"),
    "string_unicode": gettext_noop("含有不能识别的字符。"),
    "int_type": gettext_noop("应为整数。"),
    "int_parsing": gettext_noop("应为整数。"),
    "int_parsing_size": gettext_noop("数太大。"),
    "int_from_float": gettext_noop("应为整数。"),
    "bool_type": gettext_noop("应为 true 或 false。"),
    "bool_parsing": gettext_noop("应为 true 或 false。"),
    "decimal_type": gettext_noop("应为数。"),
    "decimal_parsing": gettext_noop("应为数。"),
    "finite_number": gettext_noop("应为有限的数。"),
    "decimal_max_digits": gettext_noop("最多%(max_digits)s位数字。"),
    "decimal_max_places": gettext_noop("最多%(decimal_places)s位小数。"),
    "decimal_whole_digits": gettext_noop("整数部分最多%(whole_digits)s位。"),
    "date_type": gettext_noop("应为日期，如 2021-12-31。"),
    "date_parsing": gettext_noop("应为日期，如 2021-12-31。"),
    "date_from_datetime_parsing": gettext_noop("应为日期，如 2021-12-31。"),
    "date_from_datetime_inexact": gettext_noop("应为日期，如 2021-12-31。"),
    "datetime_type": gettext_noop("应为时间，如 2021-12-31T17:00:00+08:00。"),
    "datetime_parsing": gettext_noop("应为时间，如 2021-12-31T17:00:00+08:00。"),
    "datetime_from_date_parsing": gettext_noop("应为时间，如 2021-12-31T17:00:00+08:00。"),
    "timezone_aware": gettext_noop("时间应带时区，如 +08:00。"),
    "literal_error": gettext_noop("应为以下之一：%(expected)s。"),
    "enum": gettext_noop("应为以下之一：%(expected)s。"),
    "list_type": gettext_noop("应为数组。"),
    "too_long": gettext_noop("最多%(max_length)s项。"),
    "too_short": gettext_noop("至少%(min_length)s项。"),
    "dict_type": gettext_noop("应为对象。"),
    "model_type": gettext_noop("应为对象。"),
    "model_attributes_type": gettext_noop("应为对象。"),
    "greater_than_equal": gettext_noop("不能小于%(ge)s。"),
    "greater_than": gettext_noop("应大于%(gt)s。"),
    "less_than_equal": gettext_noop("不能大于%(le)s。"),
    "less_than": gettext_noop("应小于%(lt)s。"),
}
OTHER = gettext_noop("值不合规定。")


def refused(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """422 with every field that is wrong."""
    return Problem(422, _("请改正所列的各项后重试。"), [_error(one) for one in errors])


def _error(found: Mapping[str, Any]) -> FieldError:
    code = str(found["type"])
    place = [str(part) for part in found["loc"]]
    if place[:1] == ["body"] and len(place) > 1:
        del place[1]  # the name that the code gives to the whole body
    words = _(WORDS.get(code, OTHER))
    return FieldError(
        ".".join(place), code, words % found.get("ctx", {}) if "%(" in words else words
    )
