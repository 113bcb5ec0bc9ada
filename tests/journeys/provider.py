"""An identity provider as a process of its own: django-oauth-toolkit with one client and one person.

`python -m tests.journeys.provider FOLDER PORT BACK` serves it. Its tokens are right unless the file
`bent.json` in FOLDER says otherwise: {"nonce": …, "aud": …, "exp": …}.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET = "shangheng", "a-secret-of-the-provider"
PASSWORD = "Tongyi-renzheng-2021"
LOGIN = """<!doctype html><title>统一认证</title><form method="post">{% csrf_token %}{{ form.as_p }}
<button>登录认证</button></form>"""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {"registration/login.html": LOGIN},
                ),
                "django.template.loaders.app_directories.Loader",
            ],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]


@contextmanager
def providing(folder: Path, port: int, back: str, username: str) -> Iterator[str]:
    """Its address while it runs; `username` is whom it knows, with `PASSWORD`."""
    folder.mkdir()
    (folder / "username").write_text(username)
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.provider", str(folder), str(port), back],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}/o"
    try:
        _wait(f"{address}/.well-known/openid-configuration", process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def bend(folder: Path, **claims: object) -> None:
    """Have it say something else in its tokens; nothing: the truth again."""
    (folder / "bent.json").write_text(json.dumps(claims))


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the provider did not start:\n{log.read_text()}")


def serve(folder: Path, port: int, back: str) -> None:
    """Serve until told to stop."""
    _configure(folder, port)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _fill(back, (folder / "username").read_text())
    call_command("runserver", f"127.0.0.1:{port}", "--noreload", "--nothreading")


def _configure(folder: Path, port: int) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    settings.configure(
        SECRET_KEY="for one test",
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.journeys.provider_urls",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "db"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        LOGIN_URL="/accounts/login/",
        TEMPLATES=TEMPLATES,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OIDC_RSA_PRIVATE_KEY": pem,
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "openid", "profile": "profile"},
            "OAUTH2_VALIDATOR_CLASS": "tests.journeys.provider_urls.Validator",
        },
        BENT=folder / "bent.json",
    )


def _fill(back: str, username: str) -> None:
    from django.contrib.auth.models import User
    from oauth2_provider.models import get_application_model

    User.objects.create_user(username, password=PASSWORD)
    application: Any = get_application_model()
    application.objects.create(
        name="商衡",
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=back,
        algorithm=application.RS256_ALGORITHM,
        skip_authorization=True,
    )


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
