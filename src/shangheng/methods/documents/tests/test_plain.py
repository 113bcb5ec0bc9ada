from shangheng.methods.documents.plain import to_text
from shangheng.methods.documents.tests.examples import summary


def test_the_text_edition_says_everything_once() -> None:
    assert to_text(summary()).splitlines() == [
        "东西湖区商务局2021年工作总结",
        "（征求意见稿）",
        "区人民政府：",
        "一、绩效目标",
        "（一）招商引资",
        "全区实际到位资金726.2亿元。",
        "1.工业项目。引进2个。",
        "二、下一步打算",
        "（一）稳外贸",
        "东西湖区商务局",
        "2022年1月5日",
        "附件1",
        "数据来源一览表",
        "表1 正文数字来源",
        "数字\t口径\t凭证数",
        "726.2亿元\t当年到位并经市级认定\t12",
        "1个\t签约项目\t1",
        "附件2",
        "签约项目名单",
        "略",
    ]
