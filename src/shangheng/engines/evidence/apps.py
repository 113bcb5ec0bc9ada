"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the app under its short label, and its verification with the audit."""

    name = "shangheng.engines.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Have `shangheng audit verify` hold every document against what was handed in."""
        from shangheng.core.audit import checks
        from shangheng.engines.evidence.verification import verify

        checks.register("evidence", verify)
