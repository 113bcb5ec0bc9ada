"""OpenID Connect: the authorisation code flow with PKCE, state and nonce (OIDC Core 1.0, RFC 7636).

Nothing that comes back is believed before it is checked: the state is the one of this session and
used once, and the identity token is signed by the issuer, for us, now, and for this very request.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User

KEY = "signin.oidc"
SECONDS = 10  # for an answer of the provider
LEEWAY = 30  # seconds by which its clock may be off
OPEN_FOR = 600  # seconds between leaving and coming back
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")


class Refused(Exception):
    """Nobody comes in; the message says why, in words for the person, `reason` by a code for the log.

    `who` names whom the provider has vouched for, `user` the person here whom that concerns.
    """

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.who = ""
        self.user: User | None = None


class Unreachable(Refused):
    """The identity provider does not answer as it should."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "unreachable")


@dataclass(frozen=True)
class Errand:
    """What this session has sent somebody to the provider with."""

    state: str
    nonce: str
    verifier: str
    next: str
    since: float


def is_on() -> bool:
    """Whether an identity provider is set."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def send(request: HttpRequest, *, back: str, at: datetime, to: str) -> str:
    """The provider's address to go to; what must come back is kept in the session."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _part in range(3))
    errand = Errand(state, nonce, verifier, to, at.timestamp())
    request.session[KEY] = asdict(errand)
    challenge = hashlib.sha256(errand.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back,
        "scope": settings.OIDC_SCOPE,
        "state": errand.state,
        "nonce": errand.nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{_provider()['authorization_endpoint']}?{urlencode(query)}"


def receive(request: HttpRequest, *, back: str, at: datetime) -> tuple[dict[str, Any], str]:
    """What the provider says of somebody who comes back, and where they wanted to go.

    Raises Refused.
    """
    kept = request.session.pop(KEY, None)
    errand = Errand(**kept) if kept else None
    state = request.GET.get("state", "")
    if errand is None or not hmac.compare_digest(errand.state.encode(), state.encode()):
        raise Refused(
            _("这次登录不是从本平台发起的，或者已经用过。请从登录页重新开始。"), "session"
        )
    if at.timestamp() - errand.since > OPEN_FOR:
        raise Refused(_("登录用时太长，已经作废。请从登录页重新开始。"), "late")
    if "code" not in request.GET:
        raise Refused(_("身份认证服务没有放行，或者您取消了登录。"), "denied")
    provider = _provider()
    token = _exchange(provider, request.GET["code"], errand, back)
    return _claims(provider, token, errand), errand.next


def _provider() -> dict[str, Any]:
    """What the provider says of itself; that of another issuer is not believed."""
    issuer = settings.OIDC_ISSUER
    found = _asked("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
    needed = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    if not needed <= found.keys() or found["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise Unreachable(_("身份认证服务的配置与本平台的设置对不上，请告诉系统管理员。"))
    return found


def _exchange(provider: dict[str, Any], code: str, errand: Errand, back: str) -> str:
    """The identity token for a code."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": errand.verifier,
    }
    credentials = (settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    answer = _asked("POST", provider["token_endpoint"], data=form, auth=credentials)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise Refused(_("身份认证服务没有给出身份，请从登录页重新开始。"), "unproven")
    return token


def _claims(provider: dict[str, Any], token: str, errand: Errand) -> dict[str, Any]:
    try:
        keys = jwt.PyJWKSet.from_dict(_asked("GET", provider["jwks_uri"]))
        header = jwt.get_unverified_header(token)
        key = next((one for one in keys.keys if one.key_id == header.get("kid")), keys.keys[0])
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=settings.OIDC_CLIENT_ID,
            issuer=provider["issuer"],
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise Refused(
            _("身份认证服务给出的身份没有通过核验，请从登录页重新开始。"), "unproven"
        ) from error
    nonce = str(claims.get("nonce", ""))
    alone = claims.get("azp", settings.OIDC_CLIENT_ID) == settings.OIDC_CLIENT_ID
    if not alone or not hmac.compare_digest(nonce.encode(), errand.nonce.encode()):
        raise Refused(_("身份认证服务给出的身份没有通过核验，请从登录页重新开始。"), "unproven")
    return claims


def _asked(method: str, url: str, **more: Any) -> dict[str, Any]:
    try:
        answer = requests.request(method, url, timeout=SECONDS, allow_redirects=False, **more)
        found = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as error:
        raise Unreachable(
            _("身份认证服务暂时联系不上，请稍后再试，或用登录名和密码登录。")
        ) from error
    if not isinstance(found, dict):
        raise Unreachable(_("身份认证服务没有认可这次登录，请从登录页重新开始。"))
    return found
