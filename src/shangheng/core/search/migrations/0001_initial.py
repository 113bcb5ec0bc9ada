import django.db.models.deletion
from django.db import migrations, models

from shangheng.core.database.together import Together

SQLITE = (
    "CREATE INDEX search_item_start ON search_item (kind, start, unit_id, owner_id)",
    "CREATE INDEX search_code_text ON search_code (kind, text, unit_id, owner_id)",
    (  # what begins with one to five characters is at hand: else each question merges all that do
        "CREATE VIRTUAL TABLE search_fts USING fts5(heading, words, reach, content='search_item', "
        "content_rowid='id', columnsize=0, prefix='1 2 3 4 5', "
        "tokenize=\"unicode61 remove_diacritics 0 tokenchars '.'\")"
    ),
    (
        "CREATE TRIGGER search_item_added AFTER INSERT ON search_item BEGIN "
        "INSERT INTO search_fts(rowid, heading, words, reach) "
        "VALUES (new.id, new.heading, new.words, new.reach); END"
    ),
    (
        "CREATE TRIGGER search_item_removed AFTER DELETE ON search_item BEGIN "
        "INSERT INTO search_fts(search_fts, rowid, heading, words, reach) "
        "VALUES ('delete', old.id, old.heading, old.words, old.reach); END"
    ),
    (
        "CREATE TRIGGER search_item_changed AFTER UPDATE OF heading, words, reach ON search_item BEGIN "
        "INSERT INTO search_fts(search_fts, rowid, heading, words, reach) "
        "VALUES ('delete', old.id, old.heading, old.words, old.reach); "
        "INSERT INTO search_fts(rowid, heading, words, reach) "
        "VALUES (new.id, new.heading, new.words, new.reach); END"
    ),
)
POSTGRESQL = (
    (
        "CREATE INDEX search_item_start ON search_item (kind, start text_pattern_ops) "
        "INCLUDE (unit_id, owner_id)"
    ),
    (
        "CREATE INDEX search_code_text ON search_code (kind, text text_pattern_ops) "
        "INCLUDE (unit_id, owner_id)"
    ),
    "CREATE INDEX search_item_latest ON search_item (kind, id)",
    "CREATE INDEX search_item_of_unit ON search_item (kind, unit_id, id)",
    "CREATE INDEX search_item_of_owner ON search_item (kind, owner_id, id)",
    "ALTER TABLE search_item ADD COLUMN found tsvector",
    (  # one index finds what is meant and whose it is
        "CREATE FUNCTION search_item_found() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "NEW.found := NEW.heading::tsvector || NEW.words::tsvector "
        "|| array_to_tsvector(string_to_array(NEW.reach, ' ')); RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER search_item_found BEFORE INSERT OR UPDATE OF heading, words, reach "
        "ON search_item FOR EACH ROW EXECUTE FUNCTION search_item_found()"
    ),
    "CREATE INDEX search_item_tokens ON search_item USING gin (found) WITH (fastupdate = off)",
)


def build(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_fts")
    else:
        schema_editor.execute("DROP FUNCTION search_item_found() CASCADE")


class Migration(migrations.Migration):
    replaces = [
        ("search", "0001_index"),
        ("search", "0002_prefixes"),
        ("search", "0003_codes_reach"),
        ("search", "0004_reach_among_tokens"),
    ]

    initial = True

    dependencies = []

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Item",
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
                        ("kind", models.CharField(max_length=30)),
                        ("key", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=300)),
                        ("english", models.CharField(blank=True, max_length=300)),
                        ("about", models.CharField(blank=True, max_length=300)),
                        ("url", models.CharField(max_length=300)),
                        ("body", models.TextField(blank=True)),
                        ("start", models.CharField(max_length=100)),
                        ("unit_id", models.BigIntegerField(null=True)),
                        ("owner_id", models.BigIntegerField(null=True)),
                        ("heading", models.TextField(blank=True)),
                        ("words", models.TextField(blank=True)),
                        ("reach", models.CharField(max_length=100)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "key"), name="search_item_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Code",
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
                        ("kind", models.CharField(max_length=30)),
                        ("text", models.CharField(max_length=100)),
                        ("unit_id", models.BigIntegerField(null=True)),
                        ("owner_id", models.BigIntegerField(null=True)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="search.item",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.RunPython(build, remove),
    ]
