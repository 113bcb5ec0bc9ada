"""`shangheng new-desk NAME`: the standard rooms of a desk, working, in a checkout of the code."""

import argparse
import sys
from pathlib import Path

from shangheng import rules
from shangheng.config.new_desk.names import Names, NotANewDesk, Taken, check

ROOT = Path(__file__).resolve().parents[4]
EDIT = "section_head,statistics_clerk"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `new-desk` to the command line."""
    parser = subparsers.add_parser(
        "new-desk", help="新建业务台:生成标准的各部分 make the standard rooms of a new desk"
    )
    parser.add_argument("name", metavar="NAME", help="代码,如 training code of the desk")
    told = {
        "--title": "业务台的中文名,如 培训 its name in Chinese",
        "--title-en": "业务台的英文名,如 Training its name in English",
        "--thing": "所管事项的代码,如 course code of what it keeps",
        "--thing-title": "所管事项的中文名,如 培训课程 its name in Chinese",
        "--thing-title-en": "所管事项的英文名,如 Course its name in English",
    }
    for option, text in told.items():
        parser.add_argument(option, required=True, help=text)
    parser.add_argument("--things", help="复数代码,默认加 s code of many, else with an s")
    parser.add_argument("--things-title-en", help="英文复数,默认加 s name of many in English")
    parser.add_argument("--icon", default="list-check", help="菜单图标 icon in the menu")
    parser.add_argument("--see", help="可查看的角色,默认除系统管理员外全部 roles that may see it")
    parser.add_argument("--edit", default=EDIT, help="可登记的角色 roles that may write")
    parser.add_argument(
        "--dry-run", action="store_true", help="只显示要写什么 show what would be written"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the desk, or show it; 2 for names that cannot be used, 1 when nothing could be made."""
    if not (ROOT / "pyproject.toml").exists():
        print("只能在源代码目录里新建业务台。 This works in a checkout of the code only.")
        return 2
    import django

    django.setup()
    from shangheng.config.new_desk.edits import NoPlace
    from shangheng.config.new_desk.plan import english, folder_of, plan
    from shangheng.config.new_desk.writing import StepFailed, write

    try:
        see, edit = _roles(arguments)
        names = _names(arguments, editor=edit[0])
        check(names, _taken(arguments.name))
        changes = plan(ROOT, names, see=see, edit=edit)
        if arguments.dry_run:
            print("".join(change.told() for change in changes), end="")
            return 0
        folder = folder_of(names)
        write(ROOT, changes, folder=folder, english=english(names), tell=print)
    except NotANewDesk as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except (NoPlace, StepFailed) as failure:
        print(f"没有写入任何内容。 Nothing was written.\n{failure}", file=sys.stderr)
        return 1
    print(f"✓ {folder}\n  .venv/bin/python -m pytest {folder}\n  make check")
    return 0


def _names(arguments: argparse.Namespace, *, editor: str) -> Names:
    from shangheng.core.ui import menu
    from shangheng.core.ui.icons import FOLDER

    if not (FOLDER / f"{arguments.icon}.svg").exists():
        offered = ", ".join(sorted(file.stem for file in FOLDER.glob("*.svg")))
        raise NotANewDesk(
            [f"没有图标“{arguments.icon}”。 There is no such icon; choose: {offered}"]
        )
    desks = [desk.order for desk in menu.desks() if desk.order < 100]
    return Names(
        desk=arguments.name,
        title=arguments.title,
        title_en=arguments.title_en,
        thing=arguments.thing,
        things=arguments.things or f"{arguments.thing}s",
        thing_title=arguments.thing_title,
        thing_title_en=arguments.thing_title_en,
        things_title_en=arguments.things_title_en or f"{arguments.thing_title_en}s",
        icon=arguments.icon,
        order=min(max(desks, default=0) + 10, 99),
        editor=editor,
    )


def _roles(arguments: argparse.Namespace) -> tuple[list[str], list[str]]:
    """The roles that may see, and those that may write. Raises NotANewDesk."""
    known = {role["code"]: role for role in rules.load("roles.yaml")}
    readers = [code for code in known if code != "administrator"]
    see = arguments.see.split(",") if arguments.see else readers
    edit = arguments.edit.split(",")
    wrong = sorted({*see, *edit} - set(readers))
    wrong += sorted(code for code in edit if code in known and known[code]["alone"])
    blind = sorted(set(edit) - set(see))
    if wrong or blind:
        raise NotANewDesk(
            [
                *(f"角色“{code}”不能这样用。 Not a role for this: {code}." for code in wrong),
                *(f"“{code}”能登记却不能查看。 {code} would write unseen." for code in blind),
            ]
        )
    return see, edit


def _address(name: str) -> dict[str, str]:
    """The address of the desk, where another page has it already."""
    from django.urls import Resolver404, resolve

    try:
        return {name: resolve(f"/{name}/").route}
    except Resolver404:
        return {}


def _taken(name: str) -> Taken:
    """The words that are in use: apps, permissions, routes, sources, tables, titles of the menu."""
    from django.apps import apps
    from django.urls import get_resolver

    from shangheng.core.accounts.rules import permissions
    from shangheng.core.imports.registry import tables
    from shangheng.core.search.declaring import sources
    from shangheng.core.ui.menu import desks

    labels = {config.label: config.name for config in apps.get_app_configs()}
    codes = {code.partition(".")[0]: "rules/permissions.yaml" for code in permissions()}
    routes = {one: "urls" for one in get_resolver().reverse_dict if isinstance(one, str)}
    return Taken(
        desks={**codes, **_address(name), **labels},
        things={
            **routes,
            **{source.code: "search" for source in sources()},
            **dict.fromkeys(tables(), "imports"),
        },
        titles={str(desk.label): f"desks/{desk.code}" for desk in desks()},
    )
