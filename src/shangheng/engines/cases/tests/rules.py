"""Workflows for the tests of this engine: the product's own, and a small one that can be bent."""

import copy
from datetime import date
from typing import Any

from shangheng.engines.cases.domain.parsing import parse_workflow
from shangheng.engines.cases.domain.workflow import Version, Workflow

SMALL: dict[str, Any] = {
    "id": "small",
    "zh": "小事项",
    "en": "Small",
    "subject": "test.thing",
    "fields": [
        {"id": "amount", "zh": "金额", "en": "Amount"},
        {"id": "foreign", "zh": "外资", "en": "Foreign"},
        {"id": "country", "zh": "国别", "en": "Country"},
    ],
    "versions": [
        {
            "number": 1,
            "valid_from": date(2019, 1, 1),
            "valid_to": None,
            "source": {"title": "测试", "where": "测试"},
            "verified": False,
            "start": "draft",
            "stages": [
                {"id": "draft", "zh": "起草", "en": "Draft", "clock": {"days": 3}},
                {"id": "review", "zh": "审核", "en": "Review", "returns": ["draft"]},
                {"id": "done", "zh": "办结", "en": "Done", "final": True},
            ],
            "transitions": [
                {
                    "id": "send",
                    "zh": "报送",
                    "en": "Send",
                    "from": ["draft"],
                    "to": "review",
                    "permission": "cases.act",
                    "fields": [
                        {"field": "amount"},
                        {"field": "country", "when": {"field": "foreign", "is": True}},
                    ],
                    "evidence": [{"any_of": ["bank_receipt", "audit_report"]}],
                },
                {
                    "id": "approve",
                    "zh": "同意",
                    "en": "Approve",
                    "from": ["review"],
                    "to": "done",
                    "permission": "cases.verify",
                    "not_owner": True,
                },
            ],
            "pauses": [{"id": "waiting", "zh": "等回复", "en": "Waiting"}],
        }
    ],
}


def small(**changes: Any) -> Workflow:
    """The small workflow with keys of its version changed."""
    row = copy.deepcopy(SMALL)
    row["versions"][0] |= changes
    return parse_workflow("small.yaml", row)


def first(workflow: Workflow) -> Version:
    """Its only version."""
    [version] = workflow.versions
    return version
