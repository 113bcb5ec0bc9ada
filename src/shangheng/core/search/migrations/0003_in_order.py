from django.db import migrations

# The order of an answer stands in the index: else all titles that begin with 国 are sorted for five of them.
SQLITE = (
    "CREATE INDEX search_item_start ON search_item (kind, start, id DESC, unit_id, owner_id)",
    "CREATE INDEX search_code_text ON search_code (kind, text, item_id DESC, unit_id, owner_id)",
)
POSTGRESQL = (
    (
        "CREATE INDEX search_item_start ON search_item (kind, start text_pattern_ops, id DESC) "
        "INCLUDE (unit_id, owner_id)"
    ),
    (
        "CREATE INDEX search_code_text ON search_code (kind, text text_pattern_ops, item_id DESC) "
        "INCLUDE (unit_id, owner_id)"
    ),
)


def put_in_order(apps, schema_editor):
    schema_editor.execute("DROP INDEX search_item_start")
    schema_editor.execute("DROP INDEX search_code_text")
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_inline")]

    operations = [migrations.RunPython(put_in_order, migrations.RunPython.noop)]
