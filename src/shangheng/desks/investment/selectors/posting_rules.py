"""Which milestones are posted to the ledger, by the dated rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shangheng import rules


def posting_rule(day: date) -> Mapping[str, Any] | None:
    """The version of `investment_postings.yaml` that is valid on a day; None for none."""
    for row in rules.load("investment_postings.yaml"):
        if row["valid_from"] <= day and (row["valid_to"] is None or day <= row["valid_to"]):
            found: Mapping[str, Any] = row
            return found
    return None
