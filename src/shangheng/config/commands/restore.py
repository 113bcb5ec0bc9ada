"""`shangheng restore`: a backup put back, and proven."""

import argparse
import json
import sys
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `restore` to the command line."""
    parser = subparsers.add_parser(
        "restore",
        help="恢复备份并核对 put a backup back and prove it: files, audit, every noted figure",
    )
    parser.add_argument("file", help="备份文件 file of the backup")
    parser.add_argument(
        "--replace", action="store_true", help="换掉现有数据 replace the present data"
    )
    parser.add_argument("--verify-only", action="store_true", help="只核对备份 only prove the file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Put a backup back, or only prove it; 1 when it is spoilt or cannot be put back."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.core.operations.backup import services
    from shangheng.core.operations.backup.archive import SpoiltBackup

    source = Path(arguments.file)
    try:
        if arguments.verify_only:
            proof = services.prove(source)
        else:
            proof = services.restore(source=source, at=timezone.now(), replace=arguments.replace)
    except (SpoiltBackup, services.UnableToRestore) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(json.dumps(proof.summary, ensure_ascii=False, indent=1))
    return 0
