"""Which milestones are posted to the ledger, by the dated rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shangheng import rules


def posting_rule(day: date) -> Mapping[str, Any] | None:
    """The version of `investment_postings.yaml` that is valid on a day; None for none."""
    try:
        return rules.in_force("investment_postings.yaml", day)
    except LookupError:
        return None
