"""A table filled in by one desk is read by the next, whichever language each works in."""

import io

import openpyxl
from django.utils.translation import override

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.exchange.template import template
from shangheng.desks.targets.services import import_table
from shangheng.desks.targets.services.import_postings import lines_of
from shangheng.desks.targets.tests.importing import preview
from shangheng.engines.ledger import catalogue

CHINESE = """指标,责任单位,发生日期,数值,计量单位,资金投向
招商引资实际到位资金,保税办,2021-03-31,24.1,亿元,产业项目
"""
ENGLISH = """Indicator,Org unit,Day of occurrence,Value,Unit of measure,Sector
Investment capital in place,保税办,2021-03-31,24.1,×100m yuan,Industrial projects
"""


def test_chinese_and_english_tables_say_the_same_to_everybody(clerk: User, park: OrgUnit) -> None:
    for language in ("zh-hans", "en"):
        with override(language):
            found = [preview(clerk, text) for text in (CHINESE, ENGLISH)]
        assert [[str(error) for error in one.errors] for one in found] == [[], []]
        assert lines_of(found[0].rows) == lines_of(found[1].rows)


def test_the_template_lists_each_choice_once_in_the_language_of_the_reader(
    clerk: User, park: OrgUnit
) -> None:
    with override("en"):
        content = template(
            "填报", import_table.listed([catalogue.indicator("retail.total")], [park])
        )
    book = openpyxl.load_workbook(io.BytesIO(content))
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert titles[:5] == [
        "Indicator*",
        "Org unit*",
        "Day of occurrence*",
        "Value*",
        "Unit of measure*",
    ]
    told = {str(cell.value) for row in book.worksheets[1] for cell in row if cell.value}
    assert {"Total retail sales of consumer goods", "×100m yuan"} <= told
    assert not told & {"社会消费品零售总额", "亿元"}
