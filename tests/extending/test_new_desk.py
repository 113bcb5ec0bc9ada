"""Following docs/how-to/add-a-desk.md from a clean copy of the tree makes a desk that works."""

from pathlib import Path

import pytest

from shangheng.config.cli import main
from tests.extending.tree_copy import Copy, copy_tree
from tests.house.commands import documented, shangheng
from tests.house.tree import ROOT

pytestmark = pytest.mark.once
PAGE = "docs/how-to/add-a-desk.md"
OPEN_THE_LIST = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.test.utils import get_runner, setup_test_environment
setup_test_environment()
from django.db import connection
connection.creation.create_test_db(verbosity=0)
from shangheng.core.accounts.tests.people import org_unit, person
client = Client()
client.force_login(person("section_head", unit=org_unit("swj", name="商务局")))
for language, word in (("zh-hans", "登记培训课程"), ("en", "New training course")):
    answer = client.get(reverse("courses"), headers={"Accept-Language": language})
    assert answer.status_code == 200 and word in answer.text, (language, answer.text)
"""


def commands() -> list[list[str]]:
    """What the page tells to type, in order."""
    return [list(one.words) for one in documented() if one.page == PAGE]


def making() -> list[str]:
    """The command that makes the desk."""
    [words] = [w for w in commands() if shangheng(tuple(w)) and "--dry-run" not in w]
    return words


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the tree with the desk in it, made as the page tells."""
    copy = copy_tree(tmp_path_factory.mktemp("clone"))
    dry, make, *_ = commands()
    shown = copy.run(dry)
    assert shown.returncode == 0, shown.stderr
    assert not copy.changed(), "a dry run writes nothing"
    made = copy.run(make)
    assert made.returncode == 0, made.stdout + made.stderr
    for change in copy.changed():
        assert change[3:] in shown.stdout or change[3:].endswith(GENERATED), change
    return copy


def test_whoever_follows_the_page_has_a_desk_that_passes_every_check(tree: Copy) -> None:
    _dry, _make, test, check, migrate = commands()
    tests = tree.run([*test, "-p", "no:cacheprovider"])
    assert tests.returncode == 0, tests.stdout
    assert check == ["make", "check"], "its steps are run below, without the whole of mypy"
    assert tree.run([*migrate, "--check", "--dry-run"]).returncode == 0
    assert tree.run([".venv/bin/python", "-c", OPEN_THE_LIST], **SETTINGS).stderr == ""


GENERATED = (
    "django.po",
    "django.mo",
    "docs/reference/permissions.md",
    "docs/reference/api.md",
    "query_counts.json",
)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
HOUSE = ("documented", "edits", "glossary", "language", "layers", "routes", "sizes", "words")
CHECKS = {
    "ruff": (".venv/bin/ruff", "check", "--quiet", "."),
    "form": (".venv/bin/ruff", "format", "--quiet", "--check", "."),
    "types": (
        *(".venv/bin/mypy", "-p", "shangheng.desks.training"),
        *("--cache-dir", str(ROOT / ".mypy_cache")),
    ),
    "house": (
        *(".venv/bin/python", "-m", "pytest", "-p", "no:cacheprovider"),
        *("-k", "not uv"),  # the copy has no environment of its own
        *(f"tests/house/test_{name}.py" for name in HOUSE),
    ),
}


@pytest.mark.parametrize("what", CHECKS)
def test_the_new_desk_passes_each_check(tree: Copy, what: str) -> None:
    done = tree.run(CHECKS[what])
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_step_that_fails_leaves_the_tree_as_it_was(tmp_path: Path) -> None:
    tree = copy_tree(tmp_path)
    (tree.root / "scripts" / "messages.py").unlink()
    before = tree.changed()
    done = tree.run(making())
    assert done.returncode == 1
    assert "messages.py" in done.stderr
    assert tree.changed() == before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"training": "targets"}, "is taken: shangheng.desks.targets"),
        ({"training": "Training"}, "3 to 30 small letters"),
        ({"training": "lists"}, "is taken: shangheng.core.lists"),
        ({"training": "why"}, "is taken: why/"),
        ({"course": "report"}, "'report' is taken"),
        ({"course": "filter"}, "uses Filter already"),
        ({"培训": "绩效目标"}, "is taken: desks/targets"),
        ({"培训课程": '“课程"'}, "without quotes"),
        ({"Training course": "培训"}, "in English"),
    ],
)
def test_a_word_that_cannot_be_used_is_refused(
    changes: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [changes.get(word, word) for word in making()]
    arguments = shangheng(tuple(words))
    assert arguments is not None
    assert main([*arguments, "--dry-run"]) == 2
    assert told in capsys.readouterr().err
