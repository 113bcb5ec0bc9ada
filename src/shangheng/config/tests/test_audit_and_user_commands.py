import io
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from shangheng.config.cli import main
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.audit.tests.raw import drop_guards, execute

pytestmark = pytest.mark.django_db

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def test_an_untouched_audit_is_verified(capsys: Output) -> None:
    person("auditor")
    assert main(["audit", "verify"]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_an_altered_row_is_named_and_ends_in_1(capsys: Output) -> None:
    person("auditor")
    drop_guards()
    execute("UPDATE audit_row SET label = '' WHERE number = 2")
    assert main(["audit", "verify", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert answer["rows"] == Row.objects.count()
    named = {(finding["kind"], finding["target"]) for finding in answer["findings"]}
    assert named == {("altered", "audit.row:2"), ("unguarded", "audit_row")}


def test_the_first_administrator_is_added_with_a_password_shown_once(capsys: Output) -> None:
    assert main(["user", "add", "admin", "王管理", "--role", "administrator"]) == 0
    username, shown = capsys.readouterr().out.strip().split("\t")
    user = User.objects.get(username=username)
    assert user.check_password(shown)
    assert user.must_change_password
    assert allows(user, "accounts.manage")


def test_a_password_from_the_standard_input_is_not_shown(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Tong-ji-2021\n"))
    org_unit("swj")
    assert main(["user", "add", "tj", "统计", "--unit", "swj", "--password-stdin"]) == 0
    assert "Tong-ji-2021" not in capsys.readouterr().out
    assert User.objects.get(username="tj").check_password("Tong-ji-2021")


def test_a_person_is_not_added_when_the_role_is_refused(capsys: Output) -> None:
    assert main(["user", "add", "li", "李", "--role", "emperor"]) == 1
    assert "emperor" in capsys.readouterr().err
    assert not User.objects.filter(username="li").exists()


def test_a_role_is_granted_for_chosen_units(capsys: Output) -> None:
    unit, user = org_unit("swj"), person()
    given = ["user", "grant", user.username, "inspector", "--scope", "chosen", "--units", "swj"]
    assert main(given) == 0
    assert list(user.grants.get().units.all()) == [unit]
    assert main(["user", "list", "--json"]) == 0
    listed = {one["username"]: one for one in json.loads(capsys.readouterr().out)}
    assert listed[user.username]["grants"] == [
        {"role": "inspector", "scope": "chosen", "units": ["swj"]}
    ]


def test_people_are_listed_with_those_deactivated_last(capsys: Output) -> None:
    person(username="anna")
    person(username="bob", role="auditor")
    assert main(["user", "deactivate", "anna"]) == 0
    assert main(["user", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t")[0] == "bob"
    assert "auditor:all" in lines[0]
    assert "inactive" in lines[1]


def test_a_password_is_reset_by_login_name(capsys: Output) -> None:
    user = person(username="anna")
    assert main(["user", "password", "Anna"]) == 0
    shown = capsys.readouterr().out.strip().split("\t")[1]
    user.refresh_from_db()
    assert user.check_password(shown)
    assert main(["user", "password", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
