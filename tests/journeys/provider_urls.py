"""The addresses of the identity provider, and what it writes into its tokens."""

import json
from typing import Any

from django.conf import settings
from django.urls import include, path
from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):  # type: ignore[misc]
    """Tells the login name; where a test has bent it, something else besides."""

    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> Any:
        """What stands in the token."""
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        claims["preferred_username"] = request.user.username
        bent = getattr(settings, "BENT")  # noqa: B009 – known to no type
        return claims | (json.loads(bent.read_text()) if bent.exists() else {}), expires


urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("accounts/", include("django.contrib.auth.urls")),
]
