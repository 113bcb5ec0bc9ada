from django.db import migrations


def gather(apps, schema_editor):
    """What is written waits beside the index, up to half a megabyte, and goes into it together.

    Each text has a hundred tokens, most of which many others have as well: written one text at a time,
    the long lists of the common ones are unpacked and packed again for each, which was two thirds of
    what the server did for an import. A question looks through what waits, in less than a millisecond.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER INDEX search_item_tokens SET (fastupdate = on, gin_pending_list_limit = 512)"
        )


def write_at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX search_item_tokens SET (fastupdate = off)")
        schema_editor.execute("SELECT gin_clean_pending_list('search_item_tokens')")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_in_order")]

    operations = [migrations.RunPython(gather, write_at_once)]
