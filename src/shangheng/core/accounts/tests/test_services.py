import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from shangheng.core.accounts import services
from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import Grant, OrgUnit, User
from shangheng.core.accounts.passwords import initial_password
from shangheng.core.accounts.tests.people import AT, PASSWORD, org_unit, person
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db


def last() -> Row:
    return Row.objects.latest("number")


def test_a_new_person_has_no_right_and_must_choose_a_password() -> None:
    user = services.create_user(
        actor=None, at=AT, username="Liu-Min", display_name="刘敏", password=PASSWORD
    )
    assert user.username == "liu-min"
    assert user.must_change_password
    assert not user.grants_held
    assert last().act == "accounts.user.create"
    assert PASSWORD not in str(last().after)


@pytest.mark.parametrize("username", ["", "刘敏", "liu min", "-liu", "liu\n"])
def test_a_login_name_of_other_characters_is_refused(username: str) -> None:
    if username == "liu\n":
        username = "liu\n."
    with pytest.raises(ValidationError):
        services.create_user(
            actor=None, at=AT, username=username, display_name="刘敏", password=PASSWORD
        )


def test_a_login_name_belongs_to_one_person_however_it_is_written() -> None:
    person(username="liu")
    with pytest.raises(ValidationError):
        services.create_user(
            actor=None, at=AT, username="LIU", display_name="刘", password=PASSWORD
        )


def test_a_change_keeps_before_and_after() -> None:
    hall, office = org_unit("zs"), org_unit("xf")
    user = person(unit=hall, display_name="刘敏")
    services.change_user(actor=None, at=AT, user=user, display_name="刘明", unit=office)
    row = last()
    assert row.before is not None
    assert row.after is not None
    assert (row.before["display_name"], row.before["unit"]) == ("刘敏", "zs")
    assert (row.after["display_name"], row.after["unit"]) == ("刘明", "xf")


def test_who_changes_the_unit_changes_what_the_scope_unit_reaches() -> None:
    hall, office = org_unit("zs"), org_unit("xf")
    user = person("investment_officer", unit=hall)
    assert scope_of(user, "targets.post").unit_ids == {hall.pk}
    services.change_user(actor=None, at=AT, user=user, display_name="刘", unit=office)
    assert scope_of(user, "targets.post").unit_ids == {office.pk}


def test_a_role_is_granted_and_taken_away_with_its_rights() -> None:
    user = person()
    given = services.grant(actor=None, at=AT, user=user, role="director")
    assert allows(user, "targets.sign")
    assert last().after == {"role": "director", "scope": "all", "units": []}
    services.revoke(actor=None, at=AT, grant=given)
    assert not allows(User.objects.get(pk=user.pk), "targets.sign")
    assert last().before == {"role": "director", "scope": "all", "units": []}


def test_nobody_changes_their_own_rights() -> None:
    admin = person("administrator")
    with pytest.raises(ValidationError, match="自己的权限"):
        services.grant(actor=admin, at=AT, user=admin, role="director")
    with pytest.raises(ValidationError, match="自己的权限"):
        services.revoke(actor=admin, at=AT, grant=admin.grants.get())
    with pytest.raises(ValidationError, match="自己的权限"):
        services.set_active(actor=admin, at=AT, user=admin, active=False)


@pytest.mark.parametrize("alone", ["administrator", "auditor"])
def test_who_manages_or_audits_does_no_business(alone: str) -> None:
    with pytest.raises(ValidationError, match="三员分立"):
        services.grant(actor=None, at=AT, user=person(alone), role="statistics_clerk")
    with pytest.raises(ValidationError, match="三员分立"):
        services.grant(actor=None, at=AT, user=person("director"), role=alone)


def test_who_manages_does_not_audit() -> None:
    with pytest.raises(ValidationError, match="三员分立"):
        services.grant(actor=None, at=AT, user=person("administrator"), role="auditor")


def test_a_role_is_granted_once() -> None:
    with pytest.raises(ValidationError, match="已有"):
        services.grant(actor=None, at=AT, user=person("director"), role="director")


def test_a_scope_that_reaches_nothing_is_refused() -> None:
    user = person()
    for scope, complaint in (("unit", "没有所在单位"), ("chosen", "至少选一个单位")):
        with pytest.raises(ValidationError, match=complaint):
            services.grant(actor=None, at=AT, user=user, role="inspector", scope=scope)
    with pytest.raises(ValidationError, match="只有范围是"):
        services.grant(
            actor=None, at=AT, user=user, role="inspector", scope="all", units=[org_unit("zs")]
        )
    with pytest.raises(ValidationError, match="只能是全部"):
        services.grant(actor=None, at=AT, user=user, role="auditor", scope="own")
    assert not Grant.objects.exists()


def test_the_last_administrator_stays() -> None:
    admin = person("administrator")
    with pytest.raises(ValidationError, match="最后一位"):
        services.revoke(actor=None, at=AT, grant=admin.grants.get())
    with pytest.raises(ValidationError, match="最后一位"):
        services.set_active(actor=None, at=AT, user=admin, active=False)
    second = person("administrator")
    services.set_active(actor=second, at=AT, user=admin, active=False)
    assert not User.objects.get(pk=admin.pk).is_active


def test_the_name_of_a_deactivated_person_stays_readable() -> None:
    user = person(display_name="刘敏")
    services.set_active(actor=None, at=AT, user=user, active=False)
    assert str(User.objects.get(pk=user.pk)) == "刘敏"


def test_a_person_with_grants_cannot_be_deleted() -> None:
    with pytest.raises(ProtectedError):
        person("director").delete()


def test_a_made_password_fits_the_policy_and_is_never_the_same() -> None:
    made = {initial_password() for _time in range(20)}
    assert len(made) == 20
    for password in made:
        services.reset_password(actor=None, at=AT, user=person(), password=password)


def test_an_org_unit_with_people_cannot_be_deleted() -> None:
    unit = org_unit("zs")
    person(unit=unit)
    with pytest.raises(ProtectedError):
        OrgUnit.objects.get(pk=unit.pk).delete()
