"""Programs that call the API in tests."""

from collections.abc import Iterable
from typing import Any

from django.test import Client
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.api.services import grantable, issue_token

ROOT = "/api/v1/"


class Caller:
    """A program with a token of `owner`, for all that they may do or only for `scopes`."""

    def __init__(self, owner: User, scopes: Iterable[str] | None = None) -> None:
        self.token, self.secret = issue_token(
            actor=owner,
            at=timezone.now(),
            name="测试程序",
            scopes=grantable(owner) if scopes is None else scopes,
            days=30,
        )
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        """What a GET is answered."""
        return self.client.get(ROOT + path, query, headers=_named(headers))

    def post(self, path: str, body: object, **headers: str) -> Any:
        """What a POST of JSON is answered."""
        return self.client.post(
            ROOT + path, body, content_type="application/json", headers=_named(headers)
        )

    def put(self, path: str, body: object, **headers: str) -> Any:
        """What a PUT of JSON is answered."""
        return self.client.put(
            ROOT + path, body, content_type="application/json", headers=_named(headers)
        )

    def patch(self, path: str, body: object, **headers: str) -> Any:
        """What a PATCH of JSON is answered."""
        return self.client.patch(
            ROOT + path, body, content_type="application/json", headers=_named(headers)
        )

    def delete(self, path: str, **headers: str) -> Any:
        """What a DELETE is answered."""
        return self.client.delete(ROOT + path, headers=_named(headers))

    def upload(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        """What a form with a file is answered."""
        return self.client.post(ROOT + path, fields, headers=_named(headers))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def problem(response: Any, status: int) -> Any:
    """The body of a problem, which must be one in every respect."""
    body = response.json()
    assert response.status_code == status, body
    assert response["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors"}
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body
