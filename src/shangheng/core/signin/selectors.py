"""Reading: who has a second factor, and who must have one."""

from django.conf import settings

from shangheng.core.accounts.models import User
from shangheng.core.signin.models import SecondFactor


def factor_of(user: User) -> SecondFactor | None:
    """The second factor of a person."""
    return SecondFactor.objects.filter(user=user).first()


def is_asked(user: User) -> bool:
    """Whether a code is asked of a person who logs in."""
    return SecondFactor.objects.filter(user=user).exists()


def must_have_one(user: User) -> bool:
    """Whether a role of the person makes a second factor compulsory."""
    if not settings.SECOND_FACTOR_ROLES:
        return False
    return any(grant.role in settings.SECOND_FACTOR_ROLES for grant in user.grants_held)


def is_missing(user: User) -> bool:
    """Whether a person must enrol before anything else."""
    return must_have_one(user) and not is_asked(user)
