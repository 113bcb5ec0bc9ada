"""PostgreSQL finds by one index what is meant and whose it is, and reads the latest of somebody in order."""

from django.db import migrations

FUNCTION = (
    "CREATE OR REPLACE FUNCTION search_item_found() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "NEW.found := NEW.heading::tsvector || NEW.words::tsvector{reach}; RETURN NEW; END $$"
)
TRIGGER = (
    "CREATE TRIGGER search_item_found BEFORE INSERT OR UPDATE OF heading, words{reach} ON search_item "
    "FOR EACH ROW EXECUTE FUNCTION search_item_found()"
)
DROP = "DROP TRIGGER search_item_found ON search_item"
ANEW = (  # the index is made anew in one go: to change it row by row would take many times as long
    "DROP INDEX search_item_tokens",
    "UPDATE search_item SET heading = heading",
    "CREATE INDEX search_item_tokens ON search_item USING gin (found) WITH (fastupdate = off)",
)
REACH = " || array_to_tsvector(string_to_array(NEW.reach, ' '))"
FORWARDS = (
    DROP,
    FUNCTION.format(reach=REACH),
    TRIGGER.format(reach=", reach"),
    *ANEW,
    "CREATE INDEX search_item_of_unit ON search_item (kind, unit_id, id)",
    "CREATE INDEX search_item_of_owner ON search_item (kind, owner_id, id)",
)
BACKWARDS = (
    "DROP INDEX search_item_of_owner",
    "DROP INDEX search_item_of_unit",
    DROP,
    FUNCTION.format(reach=""),
    TRIGGER.format(reach=""),
    *ANEW,
)


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)


def forwards(apps, schema_editor):
    run(schema_editor, FORWARDS)


def backwards(apps, schema_editor):
    run(schema_editor, BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_codes_reach")]

    operations = [migrations.RunPython(forwards, backwards)]
