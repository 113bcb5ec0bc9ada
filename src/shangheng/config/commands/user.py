"""`shangheng user …`: people and their roles from the command line, for the first administrator."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shangheng.core.accounts.models import OrgUnit, User


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `user` to the command line."""
    parser = subparsers.add_parser("user", help="人员与角色 people and roles")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")

    one = _act(acts, "add", add, "增加人员 add a person")
    one.add_argument("name", help="姓名 name")
    one.add_argument("--unit", default="", help="所在单位代码 code of the unit")
    _password_option(one)
    _grant_options(one, role_needed=False)

    everyone = acts.add_parser("list", help="列出人员 list people")
    everyone.add_argument("--json", action="store_true", help="输出 JSON answer as JSON")
    everyone.set_defaults(run=run, do=show)

    _password_option(_act(acts, "password", password, "重置密码 reset the password"))
    _grant_options(_act(acts, "grant", grant, "授予角色 grant a role"), role_needed=True)
    _act(acts, "deactivate", deactivate, "停用 deactivate a person")


def run(arguments: argparse.Namespace) -> int:
    """Run one act; 1 when it was refused, with the reason on the error output."""
    import django

    django.setup()
    from django.core.exceptions import ValidationError

    try:
        arguments.do(arguments)
    except ValidationError as refusal:
        print("\n".join(refusal.messages), file=sys.stderr)
        return 1
    return 0


def add(arguments: argparse.Namespace) -> None:
    """Add a person, with a role if one is named: both or neither."""
    from django.db import transaction
    from django.utils import timezone

    from shangheng.core.accounts import services

    chosen, made = _chosen_password(arguments)
    with transaction.atomic():
        user = services.create_user(
            actor=None,
            at=timezone.now(),
            username=arguments.username,
            display_name=arguments.name,
            password=chosen,
            unit=_unit(arguments.unit) if arguments.unit else None,
        )
        if arguments.role:
            _grant(user, arguments)
    print(f"{user.username}\t{chosen if made else ''}".rstrip())


def show(arguments: argparse.Namespace) -> None:
    """List everybody with unit and roles."""
    from shangheng.core.accounts import selectors

    people = [_person(user) for active in (True, False) for user in selectors.people(active=active)]
    if arguments.json:
        print(json.dumps(people, ensure_ascii=False, indent=2))
        return
    for one in people:
        state = "" if one["active"] else "停用 inactive"
        roles = " ".join(f"{grant['role']}:{grant['scope']}" for grant in one["grants"])
        print("\t".join([one["username"], one["name"], one["unit"] or "", roles, state]).rstrip())


def password(arguments: argparse.Namespace) -> None:
    """Give a person a password that they must change at the next login."""
    from django.utils import timezone

    from shangheng.core.accounts import services

    user = _user(arguments.username)
    chosen, made = _chosen_password(arguments)
    services.reset_password(actor=None, at=timezone.now(), user=user, password=chosen)
    print(f"{user.username}\t{chosen if made else ''}".rstrip())


def grant(arguments: argparse.Namespace) -> None:
    """Give a person a role."""
    _grant(_user(arguments.username), arguments)


def deactivate(arguments: argparse.Namespace) -> None:
    """Keep a person out from now on."""
    from django.utils import timezone

    from shangheng.core.accounts import services

    user = _user(arguments.username)
    services.set_active(actor=None, at=timezone.now(), user=user, active=False)


def _act(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    do: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=about)
    parser.add_argument("username", help="登录名 login name")
    parser.set_defaults(run=run, do=do)
    return parser


def _password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="从标准输入读密码,否则随机生成并显示 read the password from the standard input, "
        "else one is made and shown",
    )


def _grant_options(parser: argparse.ArgumentParser, *, role_needed: bool) -> None:
    if role_needed:
        parser.add_argument("role", help="角色代码 code of the role")
    else:
        parser.add_argument("--role", default="", help="角色代码 code of the role")
    parser.add_argument(
        "--scope",
        choices=["all", "chosen", "unit_tree", "unit", "own"],
        help="范围,默认按角色 scope, by default that of the role",
    )
    parser.add_argument(
        "--units", default="", help="指定单位的代码,逗号分隔 codes of the chosen units"
    )


def _chosen_password(arguments: argparse.Namespace) -> tuple[str, bool]:
    """The password and whether it was made here."""
    from shangheng.core.accounts.passwords import initial_password

    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n"), False
    return initial_password(), True


def _grant(user: "User", arguments: argparse.Namespace) -> None:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from shangheng.core.accounts import services
    from shangheng.core.accounts.rules import roles

    if arguments.role not in roles():
        raise ValidationError(
            f"没有角色 {arguments.role!r} no such role; 可选 choose from: {', '.join(roles())}"
        )
    services.grant(
        actor=None,
        at=timezone.now(),
        user=user,
        role=arguments.role,
        scope=arguments.scope,
        units=[_unit(code.strip()) for code in arguments.units.split(",") if code.strip()],
    )


def _user(username: str) -> "User":
    from django.core.exceptions import ValidationError

    from shangheng.core.accounts.models import User

    user = User.objects.filter(username=User.normal_username(username)).first()
    if user is None:
        raise ValidationError(f"没有登录名为 {username!r} 的人员 no such person")
    return user


def _unit(code: str) -> "OrgUnit":
    from django.core.exceptions import ValidationError

    from shangheng.core.accounts.models import OrgUnit

    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None:
        raise ValidationError(f"没有代码为 {code!r} 的单位 no such unit")
    return unit


def _person(user: "User") -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.display_name,
        "unit": user.unit.code if user.unit else None,
        "active": user.is_active,
        "grants": [
            {
                "role": grant.role,
                "scope": grant.scope,
                "units": [unit.code for unit in grant.units.all()],
            }
            for grant in user.grants.all()
        ],
    }
