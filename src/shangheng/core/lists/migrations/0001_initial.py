import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    replaces = [("lists", "0001_views"), ("lists", "0002_saved_view_version")]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("listing", models.CharField(max_length=60)),
                        ("name", models.CharField(max_length=40, verbose_name="名称")),
                        ("query", models.CharField(blank=True, max_length=2000)),
                        ("is_shared", models.BooleanField(default=False, verbose_name="共享")),
                        ("created_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "indexes": [
                            models.Index(fields=["listing", "owner"], name="lists_view_of_owner")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("listing", "owner", "name"), name="lists_view_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DefaultView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("listing", models.CharField(max_length=60)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="defaults",
                                to="lists.savedview",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person", None), ("role", ""), _connector="XOR"
                                ),
                                name="lists_default_for_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False)),
                                fields=("listing", "person"),
                                name="lists_default_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", ""), _negated=True),
                                fields=("listing", "role"),
                                name="lists_default_role",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
