import argparse
import socket

import pytest
from django.conf import settings

from shangheng.config.commands import serve
from shangheng.config.migrating import unapplied_migrations


def choices(port: int) -> argparse.Namespace:
    return argparse.Namespace(
        host="127.0.0.1", port=port, workers=1, threads=1, access_log=False, migrate=False
    )


def test_a_taken_port_is_named_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        assert serve.run(choices(port)) == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert f"--port {port + 1}" in said


def test_a_free_port_is_usable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    assert serve.unusable("127.0.0.1", port) == ""


@pytest.mark.django_db
def test_a_migrated_database_lacks_nothing() -> None:
    assert unapplied_migrations() == []


def test_assets_are_laid_out_once(capsys: pytest.CaptureFixture[str]) -> None:
    serve.collect_static()
    script = next(settings.STATIC_ROOT.glob("ui/vendor/htmx*.min.js"))
    assert script.with_name(script.name + ".br").exists()
    script.unlink()
    capsys.readouterr()
    serve.collect_static()
    assert capsys.readouterr().out == ""
    assert not script.exists()
    settings.STATIC_ROOT.with_name("static.stamp").unlink()
    serve.collect_static()
    assert script.exists()
