"""Remembering what a person has said about the titles of their files."""

from collections.abc import Mapping

from shangheng.core.accounts.models import User
from shangheng.core.imports.models import KnownTitle


def remember(*, actor: User, table: str, titles: Mapping[str, str]) -> None:
    """Keep, title by title, the key that a person has chosen ("": left out)."""
    KnownTitle.objects.bulk_create(
        [
            KnownTitle(user=actor, table=table, title=title, key=key)
            for title, key in titles.items()
        ],
        update_conflicts=True,
        update_fields=["key"],
        unique_fields=["user", "table", "title"],
    )


def remembered(*, actor: User, table: str) -> dict[str, str]:
    """What a person has said about titles of this table."""
    told = KnownTitle.objects.filter(user=actor, table=table)
    return dict(told.values_list("title", "key"))
