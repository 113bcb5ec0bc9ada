"""`shangheng upgrade`: the data brought to the version of the program, proven, with a way back."""

import argparse
import sys


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `upgrade` to the command line."""
    parser = subparsers.add_parser(
        "upgrade",
        help="升级数据并核对 back up, migrate, and prove that every figure is as it was",
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Upgrade and say what has changed; 1 when it was refused or not whole, with the way back."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.core.operations.upgrade import Outcome, UnableToUpgrade, upgrade

    def tell(step: str) -> None:
        print(step, flush=True)

    try:
        outcome: Outcome = upgrade(at=timezone.now(), tell=tell)
    except UnableToUpgrade as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if outcome.applied:
        print(f"已升级到 upgraded to {outcome.version}：{', '.join(outcome.applied)}")
    else:
        print(f"已是最新 up to date: {outcome.version}")
    if outcome.rebuilt:
        print(f"已重建 made anew: {', '.join(outcome.rebuilt)}")
    print(f"{outcome.figures}个数字与升级前一致 figures are as before; 审计完好 the audit holds")
    if outcome.backup:
        print(f"升级前的备份 backup of before: {outcome.backup}")
    print("体检 next: shangheng doctor")
    return 0
