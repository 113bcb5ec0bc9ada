"""Whose a code is stands beside it, in the index that is asked: no look at each thing that begins so."""

from django.db import migrations, models

OLD = {
    "search_item_start": ("search_item", "kind, start"),
    "search_code_text": ("search_code", "kind, text"),
}
WHOSE = ", unit_id, owner_id"
TAKE_OVER = """
    UPDATE search_code SET
    unit_id = (SELECT i.unit_id FROM search_item i WHERE i.id = search_code.item_id),
    owner_id = (SELECT i.owner_id FROM search_item i WHERE i.id = search_code.item_id)
"""


def index(schema_editor, name, table, columns, whose):
    schema_editor.execute(f"DROP INDEX {name}")
    if schema_editor.connection.vendor == "sqlite":
        columns = f"({columns}{whose})"
    else:
        columns = f"({columns} text_pattern_ops)" + (
            f" INCLUDE ({whose.strip(', ')})" if whose else ""
        )
    schema_editor.execute(f"CREATE INDEX {name} ON {table} {columns}")


def with_whose(apps, schema_editor):
    schema_editor.execute(TAKE_OVER)
    for name, (table, columns) in OLD.items():
        index(schema_editor, name, table, columns, WHOSE)


def without(apps, schema_editor):
    for name, (table, columns) in OLD.items():
        index(schema_editor, name, table, columns, "")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_prefixes")]

    operations = [
        migrations.AddField("code", "unit_id", models.BigIntegerField(null=True)),
        migrations.AddField("code", "owner_id", models.BigIntegerField(null=True)),
        migrations.RunPython(with_whose, without),
    ]
