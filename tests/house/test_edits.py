"""Nothing is overwritten silently: whatever edits a record says which version was seen.

A page that takes a form about a record reads the version from it, a service that changes a record
takes it, and a form about a record carries it. What needs none says here why.
"""

import ast
import inspect
from collections.abc import Iterator

from django.urls import URLPattern, get_resolver

from tests.house.test_routes import routes
from tests.house.tree import name, parsed, under

APPENDS = "adds a row and changes none; the ledger refuses what no longer fits"
MOVES = "moves a record on one step; the service refuses any step that no longer fits"
SAYS_THE_END = "says the state that it wants and overwrites nothing else"
OWN = "belongs to the person who is logged in"

WITHOUT = {
    "chain-node-new": APPENDS,
    "chain-node-remove": "refuses a node on which anything stands",
    "outlet_remove": "refuses an outlet that anything was sent to",
    "placement-take-back": SAYS_THE_END,
    "target-new": APPENDS,
    "target-drop": SAYS_THE_END,
    "target-lead": MOVES,
    "lead-dispute": APPENDS,
    "lead-rule": MOVES,
    "organisation-name": APPENDS,
    "organisation-on-list": SAYS_THE_END,
    "organisation-off-list": SAYS_THE_END,
    "organisation-unmerge": "refuses whatever was changed since the merge",
    "contact-new": APPENDS,
    "contact-end": SAYS_THE_END,
    "contact-resume": SAYS_THE_END,
    "posting-attach": APPENDS,
    "posting-reverse": APPENDS,
    "dictionary-new": APPENDS,
    "sheet-recompute": "keeps growth and value as they are, whoever set them; refuses when no base moved",
    "sheet-point-new": APPENDS,
    "report-build": MOVES,
    "report-revise": MOVES,
    "report-findings": APPENDS,
    "report-claims": APPENDS,
    "report-return": MOVES,
    "report-issue": MOVES,
    "report-undo": MOVES,
    "report-withdraw": MOVES,
    "claims-decide": APPENDS,
    "factor-change": OWN,
    "factor-reset": SAYS_THE_END,
    "person_password": SAYS_THE_END,
    "person_unlock": SAYS_THE_END,
    "person_active": SAYS_THE_END,
    "person_sessions_end": SAYS_THE_END,
    "person_leave": MOVES,
    "handover_settle": MOVES,
    "handover_undo": MOVES,
    "session_end": SAYS_THE_END,
    "role_retire": MOVES,
    "job-schedule-run": APPENDS,
    "job-cancel": MOVES,
    "job-retry": MOVES,
    "list-view-new": APPENDS,
    "outlet_try": "changes nothing",
    "outlet_secret": "shows the new secret once; the old one was shown to nobody since",
    "redeliver": SAYS_THE_END,
    "project-reserve": MOVES,
    "batch-reply": MOVES,
    "goal-submit": MOVES,
    "ruling-new": APPENDS,
    "effort-take-back": MOVES,
    "commitment-new": APPENDS,
    "commitment-take-back": MOVES,
    "event-stands": SAYS_THE_END,
    "event-outcome": SAYS_THE_END,
    "space-undo": "names the event that it undoes; refuses when another came after it",
}
"""Routes that post to a record and name no version, with why."""

CHANGING = ("change_", "set_", "plan_", "edit_", "rename_", "save_draft", "remove_", "delete_")
VERSIONS = {"seen", "base"}
WITHOUT_SEEN = {
    "core/accounts/services.change_user": "the page holds the person by their acts",
    "core/accounts/units.change_unit": "the page holds the unit by its acts",
    "core/dictionaries/services.change_value": "the page holds the value by its acts",
    "core/accounts/services.set_active": SAYS_THE_END,
    "core/accounts/services.change_password": OWN,
    "core/accounts/services.remove_user": "refuses whoever was changed since the import that added them",
    "core/accounts/units.remove_unit": "refuses what was changed since the import that added it",
    "core/notices/outlets.remove_outlet": "refuses an outlet that anything was sent to",
    "desks/investment/services/chains.remove_node": "refuses a node on which anything stands",
    "desks/investment/services/events.set_outcome": SAYS_THE_END,
    "desks/investment/services/events.set_stands": SAYS_THE_END,
    "desks/investment/services/spaces.remove_space": "refuses what was changed since the import",
}
"""Services that change a record and take no version, with why."""


def posts(route: URLPattern) -> bool:
    source = inspect.getsource(inspect.unwrap(route.callback))
    return "require_POST" in source or '"POST"' in source


def to_records() -> Iterator[tuple[str, str]]:
    """Routes that take a form about one record: their name, and the source of the module's view."""
    for pattern, route in routes(get_resolver()):
        about_one = "<" in pattern and not pattern.startswith("api/")
        if str(route.name).endswith("-import-undo"):
            continue  # the kit's page moves a batch on; the service refuses one that has moved
        if about_one and not getattr(route.callback, "is_api", False) and posts(route):
            yield str(route.name), inspect.getsource(inspect.unwrap(route.callback))


def reads_version(source: str) -> bool:
    return any(word in source for word in ("StaleEdit", "StaleText", "seen=_seen(request)"))


def test_every_page_that_edits_a_record_asks_which_version_was_seen() -> None:
    found = dict(to_records())
    forgotten = [
        route
        for route, source in found.items()
        if not reads_version(source) and route not in WITHOUT
    ]
    assert not forgotten, (
        "Give the form a version (core.database.edits.EditForm), pass form.seen to the service and "
        f"answer StaleEdit with ui/conflict.html; or say in WITHOUT why none is needed: {forgotten}"
    )
    idle = [route for route in WITHOUT if route not in found or reads_version(found[route])]
    assert not idle, f"These need no exception any more: {idle}"


def services() -> Iterator[tuple[str, set[str]]]:
    """Every function that changes a record (it takes an actor and a time), with its parameters."""
    for file in under("src/shangheng", suffix=".py"):
        if "/tests/" in name(file) or "/views" in name(file):
            continue
        for node in parsed(file).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(CHANGING):
                parameters = {one.arg for one in node.args.kwonlyargs}
                if {"actor", "at"} <= parameters or "at" in parameters:
                    place = name(file).removeprefix("src/shangheng/").removesuffix(".py")
                    yield f"{place}.{node.name}", parameters


def test_every_service_that_changes_a_record_takes_the_version_that_was_seen() -> None:
    found = dict(services())
    forgotten = [
        service
        for service, parameters in found.items()
        if not parameters & VERSIONS and service not in WITHOUT_SEEN
    ]
    assert not forgotten, (
        "Take `seen` and hold the record with database.edits.take or audit.conflicts.hold; or say "
        f"in WITHOUT_SEEN why that is not needed: {forgotten}"
    )
    idle = [one for one in WITHOUT_SEEN if one not in found or found[one] & VERSIONS]
    assert not idle, f"These need no exception any more: {idle}"
