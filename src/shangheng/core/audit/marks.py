"""What a page asks of its visitor, declared on the view itself as `view.permission`.

The marks stand here because the audit is the lowest app with pages. `core.accounts` enforces them
for every view before it runs, and refuses a view without one, so that forgetting a mark opens
nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

PUBLIC = "public"
SIGNED_IN = "signed_in"


def permission_required[View: Callable[..., Any]](code: str) -> Callable[[View], View]:
    """The view is for people who hold the permission `code` of `rules/permissions.yaml`.

    Others get the page that says so (403); who is not logged in is asked to log in first.
    """

    def mark(view: View) -> View:
        return _mark(view, code)

    return mark


def signed_in[View: Callable[..., Any]](view: View) -> View:
    """The view is for anybody who has logged in."""
    return _mark(view, SIGNED_IN)


def public[View: Callable[..., Any]](view: View) -> View:
    """The view is for everybody."""
    return _mark(view, PUBLIC)


def by_method[View: Callable[..., Any]](view: View, marks: Mapping[str, str]) -> View:
    """One view for several methods that ask for different things; others it does not take."""
    view.__dict__["permissions"] = dict(marks)
    return _mark(view, next(iter(marks.values())))


def mark_for(view: Callable[..., Any], method: str | None = "GET") -> str | None:
    """What `view` asks of a visitor who comes with `method`; None when it does not say."""
    marks: Mapping[str, str] | None = getattr(view, "permissions", None)
    found: str | None = marks.get(method or "") if marks else getattr(view, "permission", None)
    return found


def _mark[View: Callable[..., Any]](view: View, permission: str) -> View:
    view.__dict__["permission"] = permission  # survives functools.wraps of decorators above
    return view
