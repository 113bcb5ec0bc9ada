"""`shangheng demo`: the sample year in a database of its own, its report, and the platform."""

import argparse
import shutil
import sys
from pathlib import Path

from shangheng.config.commands import serve


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo` to the command line."""
    parser = subparsers.add_parser(
        "demo", help="装入示例年度并启动 load the sample year and serve it"
    )
    parser.add_argument(
        "--no-serve", action="store_true", help="写完总结即停 stop after the report"
    )
    parser.add_argument("--reset", action="store_true", help="清空后重来 start afresh")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 port")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing, write the summary as Word, print the accounts, serve."""
    import django

    django.setup()
    if not arguments.no_serve and (taken := serve.unusable(arguments.host, arguments.port)):
        print(taken, file=sys.stderr)
        return 1
    if arguments.reset and not _clear():
        return 1
    if not _prepare():
        return 1
    print(f"年度工作总结 The year's summary: {_write_report()}")
    _print_accounts()
    if arguments.no_serve:
        return 0
    print(f"\n打开 Open  http://{arguments.host}:{arguments.port}   (Ctrl-C 停止 to stop)\n")
    served = argparse.Namespace(
        host=arguments.host,
        port=arguments.port,
        workers=2,
        threads=4,
        access_log=False,
        migrate=False,
    )
    return serve.run(served)


def _clear() -> bool:
    """Remove the demonstration's own data folder and nothing else."""
    from django.conf import settings
    from django.db import connection

    from shangheng.config.sample.load import accounts_file

    database = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite":
        print("RESET 只用于内置数据库;PostgreSQL 请自行新建空库。", file=sys.stderr)
        print("Only the embedded database can be reset; make an empty one.", file=sys.stderr)
        return False
    if database.exists() and not accounts_file().exists():
        print(f"{database} 不是示例数据，不予清空。 Not the sample: kept.", file=sys.stderr)
        return False
    connection.close()
    for path in (database, *(database.with_name(database.name + s) for s in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    for folder in (settings.EVIDENCE_DIR, Path(settings.DATA_DIR) / "audit-heads"):
        shutil.rmtree(folder, ignore_errors=True)
    accounts_file().unlink(missing_ok=True)
    return True


def _prepare() -> bool:
    from shangheng.config.sample.load import kept_accounts, load
    from shangheng.core.accounts.models import User

    serve.migrate()
    if kept_accounts():
        print("示例数据已在，保留不动。 The sample is there and kept (RESET=1 starts afresh).")
        return True
    if User.objects.exists():
        print("数据库里已有人员，不是空库，不装入示例。 Not empty: no sample.", file=sys.stderr)
        return False
    print("装入示例年度“东西湖2021”（示例数据） Loading the sample year:")
    load(_progress)
    print()
    return True


def _progress(number: int, total: int, title: str) -> None:
    width = 30
    done = "█" * (width * number // total)
    end = "\r" if sys.stdout.isatty() else "\n"
    if sys.stdout.isatty() or number == total or number % 20 == 0:
        print(f"  [{done:<{width}}] {number}/{total} {title:<40.40}", end=end, flush=True)


def _write_report() -> Path:
    """Write the summary as known when the bureau published its own; the first time, keep it too."""
    from django.conf import settings

    from shangheng.config.commands.report import write_report
    from shangheng.config.sample.facts import load_sample
    from shangheng.desks.briefing.models import Report

    sample = load_sample()
    path = Path(settings.DATA_DIR) / "work-summary-2021.docx"
    clerk = next(p.username for p in sample.people if p.role == "statistics_clerk")
    write_report(
        "work-summary",
        "2021",
        path,
        known=sample.published_at.date(),
        save_as="" if Report.objects.exists() else clerk,
    )
    return path


def _print_accounts() -> None:
    from shangheng.config.sample.load import kept_accounts
    from shangheng.core.accounts.rules import roles

    print("\n示例账号 Demo accounts （账号 / 密码 / 角色）:")
    for account in kept_accounts():
        role = roles()[account.role]
        print(f"  {account.username:<12}{account.password:<20}{role.zh} {role.en}")
