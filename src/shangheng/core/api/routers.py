"""Where a desk brings its operations: `routers.register("targets", router)` in `AppConfig.ready()`.

A router's functions carry the same marks as views (`permission_required`, `signed_in`, `public`)
and are named uniquely in the whole API, as verb and noun.
"""

from ninja import Router

from shangheng.core.api.site import api


def register(prefix: str, router: Router) -> None:
    """Serve `router` below `/api/v1/{prefix}/`; registered again, it stays as it is."""
    if all(known is not router for _prefix, known in api._routers):
        api.add_router(prefix, router)
