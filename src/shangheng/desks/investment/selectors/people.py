"""The people who deal with investment."""

from django.db.models import QuerySet

from shangheng.core.accounts.models import User
from shangheng.core.accounts.roles import all_roles


def colleagues() -> QuerySet[User]:
    """People in use who deal with investment, unit by unit; not those who only read."""
    codes = [
        role.code
        for role in all_roles().values()
        if "investment.view" in role.permissions and not role.alone
    ]
    dealing = User.objects.filter(grants__role__in=codes, is_active=True).values("pk")
    people = User.objects.filter(pk__in=dealing).select_related("unit")
    return people.order_by("unit__path", "username")
