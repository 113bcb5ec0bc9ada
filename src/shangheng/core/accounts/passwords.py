"""The password policy, as far as Django does not bring it along."""

import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")
CLASSES_WANTED = 3
INITIAL_LENGTH = 14


class CharacterClassesValidator:
    """Wants three of: small letters, capital letters, digits, other characters.

    GB/T 22239-2019 8.1.4.1 a) asks for complexity without a number; three of four is our default.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a password of fewer kinds of characters."""
        if sum(bool(re.search(kind, password)) for kind in CLASSES) < CLASSES_WANTED:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """The rule, for the person who chooses a password."""
        return _("密码须含小写字母、大写字母、数字、其他字符这四类中的至少三类。")


def initial_password() -> str:
    """A random password that fits the policy, without letters that are easily confused."""
    kinds = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
    length = max(settings.PASSWORD_MIN_LENGTH, INITIAL_LENGTH)
    while True:
        password = "".join(secrets.choice("".join(kinds)) for _place in range(length))
        if all(set(kind) & set(password) for kind in kinds):
            return password
