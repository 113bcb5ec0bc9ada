"""The ledger app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the ledger under its short label, and its verification with the audit."""

    name = "shangheng.engines.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Have `shangheng audit verify` hold the ledger against its digests."""
        from shangheng.core.audit import checks
        from shangheng.engines.ledger.services.verification import verify

        checks.register("ledger", verify)
