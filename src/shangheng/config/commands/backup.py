"""`shangheng backup`: database and vouchers in one file that proves itself."""

import argparse
import json
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup` to the command line."""
    parser = subparsers.add_parser(
        "backup", help="备份数据库和凭证 back up database and vouchers, while others work"
    )
    parser.add_argument(
        "out", nargs="?", help="备份文件 file (default: a new one in SHANGHENG_BACKUP_DIR)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write a backup and print what it holds."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.core.operations.backup import services, shelf

    at = timezone.now()
    target = Path(arguments.out).absolute() if arguments.out else shelf.place_for(at)
    proof = services.back_up(target=target, at=at)
    if not arguments.out:
        shelf.prune()
    print(json.dumps({"file": str(target), **proof.summary}, ensure_ascii=False, indent=1))
    return 0
