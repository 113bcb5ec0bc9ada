"""The operations app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registers the app, its checks and its numbers."""

    name = "shangheng.core.operations"
    label = "operations"

    def ready(self) -> None:
        """Fill the registry, and count logins."""
        from django.contrib.auth.signals import user_logged_in, user_login_failed

        from shangheng.core.operations import health, metrics
        from shangheng.core.operations.findings import label
        from shangheng.core.operations.registry import Check, register_check

        for code, run in (
            ("database", health.database_answers),
            ("migrations", health.database_is_migrated),
            ("evidence", health.evidence_is_writable),
            ("disk", health.disk_has_room),
        ):
            register_check(Check(code, label(code), run, ready=True))
        user_logged_in.connect(
            lambda **_: metrics.logins.labels("succeeded").inc(), weak=False, dispatch_uid="in"
        )
        user_login_failed.connect(
            lambda **_: metrics.logins.labels("failed").inc(), weak=False, dispatch_uid="failed"
        )
