"""Made-up values for the style page and for tests; every one carries the mark 示例."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from shangheng.core.ui.charts import ChartLine, ChartSeries, ChartSpec
from shangheng.core.ui.pace_bar import PaceBar, Projection, Tier


@dataclass(frozen=True)
class SampleFigure:
    """A figure that leads to no record."""

    value: Decimal | None
    unit: str = "亿元"
    reference: str = "sample"
    marks: Sequence[str] = ("recognised", "sample")
    decimals: int | None = None


@dataclass(frozen=True)
class SampleRow:
    """One indicator of the sample table."""

    name: str
    figure: SampleFigure
    growth: SampleFigure
    bar: PaceBar
    trend: Sequence[Decimal | None]


def amount(text: str) -> Decimal | None:
    """A Decimal from a text; an empty text is an unknown value."""
    return Decimal(text) if text else None


def amounts(*texts: str) -> list[Decimal | None]:
    """One amount for each text."""
    return [amount(text) for text in texts]


TREND = amounts(
    "41.2", "38", "55.1", "60.4", "", "63.8", "59.9", "71.3", "74", "70.2", "81.6", "88"
)
MONTHS = [f"{month}月" for month in range(1, 13)]


def figures() -> list[tuple[Any, SampleFigure]]:
    """Every state a figure can be in, with its name."""
    return [
        (_("已认定"), SampleFigure(Decimal("615.4"))),
        (_("含待认定"), SampleFigure(Decimal("648.75"), marks=("pending", "sample"))),
        (_("已修订"), SampleFigure(Decimal("-12.06"), "%", marks=("restated", "sample"))),
        (_("有矛盾"), SampleFigure(Decimal(74), "个", marks=("conflict", "sample"))),
        (_("缺数"), SampleFigure(None, marks=("missing", "sample"))),
        (_("零"), SampleFigure(Decimal(0), "家")),
        (_("大数"), SampleFigure(Decimal("10228600000000.50"), "元")),
    ]


def _bar(
    label: str,
    unit: str,
    done: str,
    pending: str,
    tiers: Sequence[tuple[str, str]],
    paces: tuple[str, str] | None = None,
    projection: tuple[str, str, str] | None = None,
) -> PaceBar:
    return PaceBar(
        label=label,
        unit=unit,
        recognised=Decimal(done) if done else None,
        pending=Decimal(pending) if pending else None,
        tiers=tuple(Tier(name, Decimal(value)) for name, value in tiers),
        linear=Decimal(paces[0]) if paces else None,
        seasonal=Decimal(paces[1]) if paces else None,
        projection=Projection(*map(Decimal, projection)) if projection else None,
    )


def bars() -> list[tuple[Any, PaceBar]]:
    """Pace bars of every kind, with what is special about each."""
    three = [("预期", "660"), ("挑战", "726"), ("拼搏", "800")]
    return [
        (
            _("三档目标，含待认定"),
            _bar("甲指标", "亿元", "455.2", "61.5", three, ("605", "561.3"), ("648", "692", "741")),
        ),
        (
            _("相近的三档"),
            _bar("乙指标", "亿元", "640", "0", [("预期", "700"), ("挑战", "726"), ("拼搏", "740")],
                 ("616.7", "598"), ("690", "722", "765")),
        ),
        (_("超过最高一档"), _bar("丙指标", "家", "127", "", [("市级下达", "8")], ("7", "6"))),
        (_("尚无认定数"), _bar("丁指标", "亿美元", "", "2.1", [("挑战", "12.91")], ("10.8", "9.6"))),
        (_("未设目标"), _bar("戊指标", "亿元", "402", "18", [], None, ("455", "482", "510"))),
        (_("负数"), _bar("己指标", "%", "-3.2", "", [("预期", "8")], ("6.7", "6.1"))),
    ]  # fmt: skip


def rows() -> list[SampleRow]:
    """A sample table of indicators."""
    # Real names of indicators, made-up numbers.
    names = ["招商引资实际到位资金", "实际利用外资", "新增限额以上贸易企业", "社会消费品零售总额", "外贸进出口总额", "服务业增加值增速"]  # fmt: skip
    values = ["455.20", "9.62", "127", "402.00", "180.9", ""]
    units = ["亿元", "亿美元", "家", "亿元", "亿元", "%"]
    growths = ["13.6", "-4.2", "0", "13.4", "16", ""]
    return [
        SampleRow(
            name=name,
            figure=SampleFigure(
                amount(values[i]),
                unit=units[i],
                marks=("pending" if i in {0, 4} else "recognised", "sample")
                if values[i]
                else ("missing",),
            ),
            growth=SampleFigure(amount(growths[i]), unit="%", marks=("sample",), decimals=1),
            bar=bars()[i][1],
            trend=TREND[i:] if values[i] else [],
        )
        for i, name in enumerate(names)
    ]


def page(number: str) -> Page[int]:
    """One page of a long list."""
    return Paginator(range(1234), 50).get_page(number)


def monthly_chart() -> ChartSpec:
    """Cumulated over the year, with last year, pace and tiers."""
    return ChartSpec(
        title=str(_("示例：到10月已过预期进度，离挑战目标还差 7.5%")),
        unit="亿元",
        category_name=str(_("月份")),
        categories=MONTHS,
        series=[
            ChartSeries(
                str(_("2021年累计")),
                [SampleFigure(v) for v in amounts("42", "80", "140", "205", "268", "345", "402", "470", "560", "671", "", "")],
                "actual",
                "line",
            ),
            ChartSeries(str(_("2020年累计")), amounts("20", "24", "66", "120", "190", "270", "330", "402", "480", "540", "590", "639"), "past", "line"),
            ChartSeries(str(_("季节进度")), amounts("38", "71", "133", "192", "255", "330", "388", "452", "530", "598", "660", "726"), "plan", "line"),
        ],
        lines=[ChartLine(str(_("预期 660")), Decimal(660)), ChartLine(str(_("挑战 726")), Decimal(726))],
        note=str(_("全部为示例数，不是任何单位的实际数。")),
    )  # fmt: skip


def by_unit_chart() -> ChartSpec:
    """One bar for each unit, recognised and pending."""
    return ChartSpec(
        title=str(_("示例：商务局一家占了到位资金的一半")),
        unit="亿元",
        category_name=str(_("责任单位")),
        categories=["商务局", "现服办", "保税办", "机电办", "食品办"],
        series=[
            ChartSeries(str(_("已认定")), amounts("228.1", "96.4", "61.2", "44.9", "24.6"), "actual", "bar", "all"),
            ChartSeries(str(_("待认定")), amounts("22.5", "18", "9.4", "0", "11.6"), "pending", "bar", "all"),
        ],
    )  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind."""

    amount = forms.DecimalField(
        label=_("到位金额"), min_value=0, help_text=_("按银行进账单填写，保留两位小数。")
    )
    day = forms.DateField(
        label=_("发生日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("以银行记账日为准。"),
    )
    unit = forms.ChoiceField(
        label=_("责任单位"), choices=[("", _("请选择")), ("swj", "商务局"), ("xfb", "现服办")]
    )
    note = forms.CharField(
        label=_("说明"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("凭证种类"),
        choices=[("bank", _("银行进账单")), ("license", _("营业执照"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sure = forms.BooleanField(label=_("以上内容与凭证一致"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].unit = _("亿元")  # type: ignore[attr-defined] # read by {% field %}
