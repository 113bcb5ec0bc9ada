import pytest

from shangheng.config import settings
from shangheng.config.environment import BadSetting, Environment


def test_passwords_are_kept_with_argon2() -> None:
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_trusted_proxy_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(BadSetting, match="SHANGHENG_TRUSTED_PROXIES"):
        Environment({"SHANGHENG_TRUSTED_PROXIES": "proxy.local"}).networks(
            "SHANGHENG_TRUSTED_PROXIES"
        )


def test_trusted_proxies_are_addresses_or_networks() -> None:
    networks = Environment({"P": "10.0.0.1, 10.1.0.0/16, ::1"}).networks("P")
    assert [str(network) for network in networks] == ["10.0.0.1/32", "10.1.0.0/16", "::1/128"]
    assert Environment({}).networks("P") == []
