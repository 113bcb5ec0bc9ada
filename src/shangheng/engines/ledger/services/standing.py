"""Where the amounts of postings stand, kept with every entry: rows to count instead of sums over all steps."""

from django.db import connection, transaction

from shangheng.engines.ledger.models import Entry

TOUCHED = """
    SELECT id FROM ledger_posting WHERE entry_id = %(entry)s
    UNION SELECT reverses_id FROM ledger_posting WHERE entry_id = %(entry)s AND n = -1
    UNION SELECT posting_id FROM ledger_recognitionstep WHERE entry_id = %(entry)s
"""
EVERY = "SELECT id FROM ledger_posting"

# A posting that is reversed, or is a reversal, stands nowhere.
HELD = """
    SELECT posting_id, series_id, status FROM (
        SELECT p.id AS posting_id, p.series_id, p.status, p.amount
        FROM ledger_posting p WHERE p.id IN ({touched})
        UNION ALL
        SELECT p.id, p.series_id, r.origin, -r.amount
        FROM ledger_posting p JOIN ledger_recognitionstep r ON r.posting_id = p.id
        WHERE p.id IN ({touched})
        UNION ALL
        SELECT p.id, p.series_id, r.destination, r.amount
        FROM ledger_posting p JOIN ledger_recognitionstep r ON r.posting_id = p.id
        WHERE p.id IN ({touched})
    ) changes
    WHERE NOT EXISTS (
        SELECT 1 FROM ledger_posting o
        WHERE o.reverses_id = posting_id OR (o.id = posting_id AND o.n = -1)
    )
    GROUP BY posting_id, series_id, status HAVING SUM(amount) <> 0
"""
DELETE = "DELETE FROM ledger_standing WHERE posting_id IN ({touched})"
INSERT = "INSERT INTO ledger_standing (posting_id, series_id, status)"


def renew(entry: Entry) -> None:
    """Have what an entry touches stand as its postings and steps now say. Call in its transaction."""
    _renew(TOUCHED, {"entry": entry.pk})


@transaction.atomic
def rebuild() -> None:
    """Throw everything away and make it again from the postings."""
    _renew(EVERY, {})


def differences() -> list[str]:
    """The postings of which the ledger and what is kept say different things."""
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(touched=EVERY))
        held = set(cursor.fetchall())
        cursor.execute("SELECT posting_id, series_id, status FROM ledger_standing")
        kept = set(cursor.fetchall())
    return [f"#{posting}" for posting, _series, _status in sorted(held ^ kept)]


def _renew(touched: str, values: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DELETE.format(touched=touched), values)
        cursor.execute(INSERT + HELD.format(touched=touched), values)
