"""What `benchmarks.load` asks inside of the installation: sessions for people, and what was kept."""

import json
import sys
from collections import defaultdict
from importlib import import_module
from typing import Any

import django


def sessions(people: int) -> dict[str, Any]:
    """So many sessions. Writers must be allowed to write: everybody is the clerk of the sample year."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from shangheng.core.accounts.models import OrgUnit, User

    store = import_module(settings.SESSION_ENGINE).SessionStore
    clerk = User.objects.get(username="tongji")
    User.objects.update(must_change_password=False)
    keys = []
    for _ in range(people):
        session = store()
        session[SESSION_KEY] = str(clerk.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = clerk.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    return {"sessions": keys, "unit": OrgUnit.objects.exclude(parent=None).order_by("pk")[0].pk}


def kept() -> dict[str, Any]:
    """The postings of every source of the load."""
    from shangheng.engines.ledger.models import Posting

    found: dict[str, list[int]] = defaultdict(list)
    rows = Posting.objects.filter(entry__source__startswith="load-").order_by("pk")
    for source, pk in rows.values_list("entry__source", "pk"):
        found[source].append(pk)
    return found


def main(arguments: list[str]) -> None:
    """Do what is asked and print the answer."""
    django.setup()
    match arguments:
        case ["sessions", people]:
            answer = sessions(int(people))
        case ["kept"]:
            answer = kept()
        case _:
            raise SystemExit(__doc__)
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
