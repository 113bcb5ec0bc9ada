"""Every kind of notice that is declared is sent somewhere, and every kind that is sent is declared."""

import ast

from shangheng.core.notices.kinds import kinds
from tests.house.tree import name, parsed, under


def test_every_declared_kind_of_notice_is_sent_somewhere() -> None:
    told = {
        node.value
        for file in under("src/shangheng", suffix=".py")
        if "/tests/" not in name(file)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    silent = sorted(kinds().keys() - told)
    assert not silent, (
        "Send these by core.notices.services.notify where the fact arises, or take them out of "
        f"rules/notices.yaml: {silent}"
    )
