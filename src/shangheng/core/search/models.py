"""The index: one row for each thing that can be found, kept by the services that write the things."""

from typing import ClassVar

from django.db import models

KEY_LENGTH = 100


class Item(models.Model):
    """What is shown of a thing, whose it is, and the tokens by which it is found.

    The database itself keeps the full-text index of `heading` and `words` in step (see migrations).
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    english = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    start = models.CharField(max_length=KEY_LENGTH)
    unit_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    heading = models.TextField(blank=True)
    words = models.TextField(blank=True)
    reach = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.title}"


class Code(models.Model):
    """A code by which a thing is found, whole or from its beginning; whose it is stands here as well.

    So the index of codes alone tells what somebody may find, without a look at each thing.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="codes")
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=KEY_LENGTH)
    unit_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.text
