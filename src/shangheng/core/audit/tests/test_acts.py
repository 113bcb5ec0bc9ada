import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import shangheng
from shangheng.core.audit.acts import UnknownAct, act_name, acts
from shangheng.core.audit.services import record
from shangheng.core.audit.tests.raw import AT

PACKAGE = Path(shangheng.__file__).parent
CODE = re.compile(r"[a-z]+(\.[a-z_]+)+")
RECORDERS = {"record", "_record"}


def sources() -> Iterator[ast.Module]:
    for file in PACKAGE.rglob("*.py"):
        if not {"tests", "migrations"} & set(file.parts):
            yield ast.parse(file.read_text(encoding="utf-8"))


def texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def recorded(tree: ast.Module) -> Iterator[str]:
    """Dotted codes handed on as `act=` or to a function that records."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        acts_named = [keyword.value for keyword in node.keywords if keyword.arg == "act"]
        for argument in (*acts_named, *(node.args if name in RECORDERS else ())):
            yield from (text for text in texts(argument) if CODE.fullmatch(text))


def test_every_act_that_is_recorded_anywhere_is_declared() -> None:
    undeclared = {code for tree in sources() for code in recorded(tree)} - acts().keys()
    assert not undeclared, f"declare them in rules/audit_acts.yaml: {sorted(undeclared)}"


def test_every_declared_act_is_recorded_somewhere() -> None:
    used = {text for tree in sources() for text in texts(tree)}
    models = {model._meta.model_name for model in apps.get_models()}

    def put_together(code: str) -> bool:
        """Written as f"briefing.{act}", f"investment.goal.{act}", or by the model of the row and the act."""
        app, _dot, rest = code.partition(".")
        thing, _dot, act = rest.partition(".")
        named = f"{app}.{thing}." in used or ({f"{app}.", "."} <= used and thing in models)
        return {f"{app}.", rest} <= used or (named and act in used)

    assert [code for code in acts() if code not in used and not put_together(code)] == []


@pytest.mark.django_db
def test_recording_an_act_that_is_not_declared_is_refused() -> None:
    with pytest.raises(UnknownAct, match=r"ledger\.psot"):
        record(actor=None, act="ledger.psot", at=AT)


def test_an_act_of_former_rules_shows_its_code() -> None:
    assert act_name("ledger.post") == "入账"
    assert act_name("ledger.former") == "ledger.former"
