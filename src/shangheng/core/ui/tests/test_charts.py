"""Charts carry their data, their table and their words."""

import json
from decimal import Decimal

import pytest
from django.template import Context, Template

from shangheng.core.ui.charts import ChartLine, ChartSeries, ChartSpec
from shangheng.core.ui.samples import SampleFigure
from shangheng.core.ui.sparkline import sparkline_svg

pytestmark = pytest.mark.urls("shangheng.core.ui.tests.urls")


def spec(**changes: object) -> ChartSpec:
    values = [Decimal("1.5"), None]
    given: dict[str, object] = {
        "title": "示例：一月好",
        "unit": "亿元",
        "categories": ["1月", "2月"],
        "series": [
            ChartSeries("今年", values),
            ChartSeries("去年", [SampleFigure(Decimal(2)), None], "past"),
        ],
        "lines": [ChartLine("挑战 3", Decimal(3))],
    }
    return ChartSpec(**{**given, **changes})  # type: ignore[arg-type] # a test may break one part


def drawn(one: ChartSpec) -> str:
    return Template("{% chart spec %}").render(Context({"spec": one}))


def test_a_table_with_every_value_stands_under_a_chart() -> None:
    text = drawn(spec())
    table = text[text.index("<table") :]
    assert "1.5" in table
    assert "—" in table
    assert 'href="/figures/sample"' in table
    assert "挑战 3" in table


def test_the_drawing_gets_gaps_and_not_zeros() -> None:
    data = json.loads(spec().data)
    assert data["series"][0]["values"] == [1.5, None]
    assert data["series"][1]["values"] == [2.0, None]
    assert data["lines"] == [{"name": "挑战 3", "value": 3.0, "role": "tier"}]


def test_labels_of_a_drawing_are_rounded_as_they_are_printed() -> None:
    values = [Decimal("16.004916368300112"), Decimal("24.25")]
    drawn = ChartSpec("", "%", ["a", "b"], [ChartSeries("x", values)], decimals=1)
    assert json.loads(drawn.data)["series"][0]["values"] == [16.0, 24.3]


def test_a_name_cannot_close_the_script_element() -> None:
    evil = "</script><script>alert(1)</script>"
    one = spec(title=evil)
    assert "<script>alert" not in drawn(one)
    assert json.loads(one.data)["title"] == evil


def test_a_series_with_a_wrong_number_of_values_is_refused() -> None:
    with pytest.raises(ValueError, match="3 values for 2 categories"):
        spec(series=[ChartSeries("今年", [None] * 3)])


def test_only_columns_and_bars_need_a_legend() -> None:
    lines = [ChartSeries(name, [None, None], shape="line") for name in "ab"]
    assert spec().keyed
    assert not spec(series=lines).keyed
    assert 'class="legend"' not in drawn(spec(series=lines))


def test_a_trend_breaks_where_nothing_is_known() -> None:
    svg = sparkline_svg([Decimal(1), Decimal(2), None, Decimal(3)], "到位资金")
    assert svg.count("<polyline") == 2
    assert "style=" not in svg


def test_a_trend_of_one_value_or_none_is_drawn_without_fault() -> None:
    assert "<circle" in sparkline_svg([Decimal(5)])
    assert "<circle" in sparkline_svg([Decimal(5), Decimal(5)])
    assert "<svg" not in sparkline_svg([None, None])
