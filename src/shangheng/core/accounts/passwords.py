"""The password policy, as far as Django does not bring it along."""

import re
import secrets

from django.conf import settings
from django.contrib.auth import password_validation as brought_along
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


class LengthValidator(brought_along.MinimumLengthValidator):
    """Django's rule about length, in our words."""

    def get_error_message(self) -> str:
        """What is said of a password that is too short."""
        return _("密码太短，至少%d个字符。") % self.min_length

    def get_help_text(self) -> str:
        """The rule, for the person who chooses a password."""
        return _("密码至少%d个字符。") % self.min_length


class SimilarityValidator(brought_along.UserAttributeSimilarityValidator):
    """Django's rule about the name of its person, in our words."""

    def get_help_text(self) -> str:
        """The rule, for the person who chooses a password."""
        return _("密码不能与您的登录名、姓名相近。")


class CommonValidator(brought_along.CommonPasswordValidator):
    """Django's list of common passwords, in our words."""

    def get_help_text(self) -> str:
        """The rule, for the person who chooses a password."""
        return _("不能用常见密码。")


def initial_password() -> str:
    """A random password that fits the policy, without letters that are easily confused."""
    kinds = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
    length = max(settings.PASSWORD_MIN_LENGTH, INITIAL_LENGTH)
    while True:
        password = "".join(secrets.choice("".join(kinds)) for _place in range(length))
        if all(set(kind) & set(password) for kind in kinds):
            return password
