"""`shangheng worker`: runs jobs, on any machine that reaches the database, until it is told to stop."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

GRACE_SECONDS = 20  # what a worker may take to hand its jobs back


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `worker` to the command line."""
    parser = subparsers.add_parser("worker", help="执行后台任务 run jobs beside the server")
    parser.add_argument("--threads", type=int, default=2, help="同时执行几个 jobs at once")
    parser.add_argument(
        "--once", action="store_true", help="把等待的做完就结束 do what waits, then end"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run jobs until stopped; 1 when the database is not up to date or a job would not stop."""
    import django

    django.setup()
    from shangheng.config.migrating import unapplied_migrations
    from shangheng.core.jobs.worker import Worker, drain
    from shangheng.core.operations.serving import say_that_we_serve

    if missing := unapplied_migrations():
        print(
            f"数据库不是最新版本,缺少{len(missing)}步。请先在一台机器上运行 shangheng upgrade。\n"
            f"The database lacks {len(missing)} migrations. Run shangheng upgrade on one machine first.",
            file=sys.stderr,
        )
        return 1
    say_that_we_serve()
    if arguments.once:
        print(f"执行了{drain()}次 {'runs'}")
        return 0
    worker = Worker(threads=max(1, arguments.threads))
    _stop_with_signals(worker.stop)
    print(f"任务执行者已启动 worker {worker.name} runs jobs  (Ctrl+C 停止 stops it)", flush=True)
    return end(worker.run())


def run_beside_server(*, threads: int, parent: int) -> NoReturn:
    """Run jobs in a process that the server has forked; ends it when the server stops or is gone."""
    from django.db import connections

    from shangheng.core.jobs.worker import Worker

    code = 1
    try:
        connections.close_all()
        worker = Worker(threads=threads)
        _stop_with_signals(worker.stop)
        for number in (
            signal.SIGHUP,
            signal.SIGUSR1,
            signal.SIGUSR2,
            signal.SIGWINCH,
            signal.SIGCHLD,
        ):
            signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT})
        code = 0 if worker.run(parent=parent) else 1
    finally:
        os._exit(code)  # nothing of the server's must be cleared up by its child


def _stop_with_signals(stop: Callable[[], None]) -> None:
    def heard(_number: int, _frame: FrameType | None) -> None:
        stop()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, heard)


def end(stopped: bool) -> int:
    """End the process also when a thread is still busy: its job is taken up elsewhere."""
    if not stopped:
        sys.stdout.flush()
        os._exit(1)
    return 0
