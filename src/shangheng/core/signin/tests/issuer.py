"""An identity provider on this machine whose answers a test can bend."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Issuer:
    """What it says of whoever comes (`claims`), and with which key it signs."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = address
        self.claims: dict[str, Any] = {}
        self.key = KEY
        self.challenge = ""
        self.is_down = False

    def configuration(self) -> dict[str, str]:
        return {
            "issuer": self.name,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def token(self, form: dict[str, list[str]]) -> dict[str, str] | None:
        digest = sha256(form["code_verifier"][0].encode()).digest()
        if urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
            return None
        token = jwt.encode(self.claims, self.key, "RS256", headers={"kid": "1"})
        return {"id_token": token, "access_token": "x", "token_type": "Bearer"}

    def visit(self, client: Client, address: str, **claims: Any) -> Any:
        """Go where we were sent, log in there, and come back; `claims` differ from what is right."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.challenge = query["code_challenge"]
        now = int(time.time())
        self.claims = {
            "iss": self.address,
            "aud": query["client_id"],
            "sub": "4711",
            "iat": now,
            "exp": now + 300,
            "nonce": query["nonce"],
            "preferred_username": "auditor",
        } | claims
        return client.get("/login/oidc/back/", {"code": "once", "state": query["state"]})


@contextmanager
def running() -> Iterator[Issuer]:
    """The provider, while the test needs it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths = {"/.well-known/openid-configuration": "configuration", "/keys": "keys"}
            name = paths.get(self.path)
            self.answer(getattr(issuer, name)() if name else None)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self.answer(issuer.token(parse_qs(self.rfile.read(length).decode())))

        def answer(self, content: dict[str, Any] | None) -> None:
            broken = content is None or issuer.is_down
            self.send_response(500 if broken else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({} if broken else content).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
