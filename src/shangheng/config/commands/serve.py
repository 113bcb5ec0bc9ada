"""`shangheng serve`: the platform on a port of this machine, until it is told to stop."""

import argparse
import atexit
import gc
import os
import shutil
import signal
import socket
import sys
import time
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from shangheng.config.commands import worker
from shangheng.config.migrating import unapplied_migrations

STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to the command line."""
    parser = subparsers.add_parser("serve", help="启动网页服务 serve the platform")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 port")
    parser.add_argument("--workers", type=int, default=2, help="进程数 worker processes")
    parser.add_argument("--threads", type=int, default=4, help="每进程线程数 threads of each")
    parser.add_argument("--access-log", action="store_true", help="记录每次访问 log every request")
    parser.add_argument(
        "--migrate", action="store_true", help="先升级数据库 bring the database up to date first"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 when the port is taken or the database is not up to date."""
    import django

    if taken := unusable(arguments.host, arguments.port):
        print(taken, file=sys.stderr)
        return 1
    share_numbers()
    django.setup()
    if arguments.migrate:
        migrate()
    elif missing := unapplied_migrations():
        print(
            f"数据库不是最新版本,缺少{len(missing)}步({missing[0]} …)。请运行 shangheng upgrade;"
            "要看样本年度,请运行 shangheng demo。\n"
            f"The database lacks {len(missing)} migrations ({missing[0]} …). Run shangheng upgrade; "
            "for the sample year run shangheng demo.",
            file=sys.stderr,
        )
        return 1
    collect_static()
    Platform({**vars(arguments), "jobs": jobs_inside()}).run()
    return 0


def jobs_inside() -> int:
    """How many jobs the server runs at once by itself."""
    from django.conf import settings

    wanted: int = settings.JOBS_INSIDE
    return wanted


def share_numbers() -> None:
    """A folder in which the processes of this server add up their numbers, for as long as it runs.

    It must be named before the metrics are imported.
    """
    from shangheng.core.operations.serving import folder_of_numbers, say_that_we_serve

    say_that_we_serve()
    folder = folder_of_numbers()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    starter = os.getpid()
    atexit.register(lambda: os.getpid() == starter and shutil.rmtree(folder, ignore_errors=True))


def unusable(host: str, port: int) -> str:
    """Why nothing can listen on the port, in words; empty when something can."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            return ""
    except OSError as problem:
        reason = os.strerror(problem.errno or 0)
        return (
            f"不能监听 {host}:{port}({reason}),可能已有程序占用该端口。请停止它,或换一个端口:"
            f"make demo PORT={port + 1} 或 shangheng serve --port {port + 1}。\n"
            f"Cannot listen on {host}:{port} ({reason}): another program may hold the port. "
            f"Stop it, or take another: make demo PORT={port + 1}, shangheng serve --port {port + 1}."
        )


def migrate() -> None:
    """Bring the database up to date."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Lay out scripts, styles and fonts, compressed, in the data folder; nothing when none has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    state = sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            state.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT.with_name("static.stamp")
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    print("准备网页资源 preparing scripts, styles and fonts …", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=StringIO())
    stamp.write_text(state.hexdigest())


class Starter(Arbiter):
    """Holds back a stop until the process that it is for can take it, and keeps a process for jobs.

    A new worker keeps the handlers of its parent until it has set its own; a stop that came in between
    was lost, and the platform waited 30 seconds for that worker.
    """

    jobs_pid = 0

    def __init__(self, app: "Platform") -> None:
        super().__init__(app)
        self.jobs: int = app.choices["jobs"]

    def manage_workers(self) -> None:
        """Keep the wanted number of workers, and the process that runs the jobs."""
        super().manage_workers()
        if self.jobs and not is_alive(self.jobs_pid):
            self.jobs_pid = self.spawn_jobs()

    def spawn_jobs(self) -> int:
        """Fork the process that runs jobs; there it never returns from here."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        parent, pid = self.pid, os.fork()
        if not pid:
            for listener in self.LISTENERS:
                listener.close()  # the port is free as soon as the server is gone
            worker.run_beside_server(threads=self.jobs, parent=parent)
        take_stops()
        return pid

    def stop(self, graceful: bool = True) -> None:
        """Stop; whoever runs jobs hands them back meanwhile."""
        if self.pid == os.getpid() and is_alive(self.jobs_pid):
            os.kill(self.jobs_pid, signal.SIGTERM)
        super().stop(graceful)
        deadline = time.monotonic() + worker.GRACE_SECONDS
        while is_alive(self.jobs_pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        if is_alive(self.jobs_pid):
            os.kill(self.jobs_pid, signal.SIGKILL)

    def spawn_worker(self) -> int:
        """Fork a worker; its process never returns from here."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        try:
            pid: int = super().spawn_worker()
        finally:
            take_stops()
        return pid


def is_alive(child: int) -> bool:
    """Whether a process that we have started still runs; 0 is none. One that has ended is cleared away."""
    try:
        return child > 0 and os.waitpid(child, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False  # cleared away before


def take_stops() -> None:
    """Let stops come through again."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


class Platform(BaseApplication):
    """gunicorn with our settings: worker processes with threads, stopped gracefully on SIGTERM."""

    def __init__(self, choices: dict[str, Any]) -> None:
        self.choices = choices
        super().__init__()

    def load_config(self) -> None:
        """Hand the command line's choices to gunicorn."""
        host = self.choices["host"]
        address = f"{f'[{host}]' if ':' in host else host}:{self.choices['port']}"
        options = {
            "bind": address,
            "worker_class": "gthread",
            "workers": self.choices["workers"],
            "threads": self.choices["threads"],
            "preload_app": True,  # mistakes show before anything is served, and workers share memory
            "timeout": 120,
            "graceful_timeout": 30,
            "accesslog": "-" if self.choices["access_log"] else None,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": lambda _: take_stops(),
            "when_ready": lambda _: print(
                f"商衡已启动 Shangheng serves at http://{address}  (Ctrl+C 停止 stops it)",
                flush=True,
            ),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop; ends the process."""
        Starter(self).run()

    def load(self) -> Any:
        """The application with its routes, and no database connection that workers would share."""
        from django.db import connections
        from django.urls import get_resolver

        from shangheng.config.wsgi import application

        _ = get_resolver().url_patterns  # read now: a broken page module stops the start
        connections.close_all()
        gc.freeze()  # what is loaded stays: no process looks through it for garbage, all share its memory
        return application
