"""SQLite keeps what begins with one to five characters at hand: else each question merges all that do."""

from django.db import migrations

TABLE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(heading, words, reach, content='search_item', "
    "content_rowid='id', columnsize=0, {prefix}tokenize=\"unicode61 remove_diacritics 0 tokenchars '.'\")"
)


def make(schema_editor, prefix):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_fts")
        schema_editor.execute(TABLE.format(prefix=prefix), params=None)
        schema_editor.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")


def with_prefixes(apps, schema_editor):
    make(schema_editor, "prefix='1 2 3 4 5', ")


def without(apps, schema_editor):
    make(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(with_prefixes, without)]
