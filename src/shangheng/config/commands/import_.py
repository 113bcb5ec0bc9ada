"""`shangheng import FILE --as USER`: postings from Excel or csv, all rows or none."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shangheng.core.accounts.models import User
    from shangheng.core.imports.services.preview import Preview


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import` to the command line."""
    parser = subparsers.add_parser("import", help="导入数据 post facts from an Excel or csv file")
    parser.add_argument("file", type=Path, help="填好的模板 the filled-in template (.xlsx, .csv)")
    parser.add_argument(
        "--as", dest="username", required=True, metavar="USER", help="以谁的名义 who imports"
    )
    parser.add_argument("--source", default="", help="数据来源 where the facts come from")
    parser.add_argument("--note", default="", help="说明 a note")
    parser.add_argument(
        "--with-duplicates",
        action="store_true",
        help="重复的行也导入 import rows that repeat a posting as well",
    )
    parser.add_argument("--dry-run", action="store_true", help="只预览 show what would happen")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import or preview a file; 1 when it was refused, 2 when file or person cannot be used."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.core.imports.held import Upload
    from shangheng.core.imports.registry import CannotKeep, table
    from shangheng.core.imports.services.commit import ImportRefused, Wish, commit
    from shangheng.core.imports.services.preview import preview

    try:
        upload = Upload(arguments.file.name, arguments.file.read_bytes())
        postings = table("postings")
        actor = _person(arguments.username)
    except (OSError, LookupError) as error:
        print(error, file=sys.stderr)
        return 2
    now, batch = timezone.now(), None
    found = preview(actor=actor, at=now, table=postings, upload=upload)
    wish = Wish(arguments.source, arguments.note, arguments.with_duplicates)
    try:
        if not arguments.dry_run:
            batch = commit(actor=actor, at=now, table=postings, upload=upload, wish=wish)
    except ImportRefused as error:
        found = error.preview
    except CannotKeep as error:
        print(error, file=sys.stderr)
        return 1
    entry = int(batch.result.partition(":")[2]) if batch else None
    answer = _as_json(found) | {"entry": entry, "batch": batch.pk if batch else None}
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _print(found, answer)
    return 0 if found.ok else 1


def _person(username: str) -> "User":
    """Who imports. Raises LookupError for somebody unknown, inactive, or without the permission."""
    from shangheng.core.accounts.access import allows
    from shangheng.core.accounts.models import User

    actor = User.objects.filter(username=User.normal_username(username)).first()
    if actor is None or not allows(actor, "targets.import"):
        raise LookupError(
            f"“{username}”不存在、已停用或没有导入权限。 "
            f"{username!r} is unknown, inactive, or may not import."
        )
    return actor


def _as_json(found: "Preview") -> dict[str, Any]:
    return {
        "file": found.name,
        "ok": found.ok,
        "rows": len(found.rows),
        "new": found.new,
        "duplicates": found.repeated,
        "errors": [
            {
                "sheet": error.sheet,
                "row": error.row,
                "column": error.title,
                "cell": error.address,
                "message": error.message,
            }
            for error in found.errors
        ],
        "more_errors": found.more_errors,
    }


def _print(found: "Preview", answer: dict[str, Any]) -> None:
    for error in found.errors:
        print(error, file=sys.stderr)
    if not found.ok:
        print(f"没有导入任何内容 nothing was imported: {found.wrong}", file=sys.stderr)
        return
    for total in found.totals:
        print(f"{total.name}\t{total.rows}\t{total.sum}{total.unit}")
    done = "已导入 imported" if answer["entry"] else "预览 preview"
    print(f"{done}: 新 new {found.new}, 重复 repeated {found.repeated}")
