"""The evidence app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """Registers the app under its short label, and its verification with the audit."""

    name = "shangheng.engines.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Have `shangheng audit verify` hold every document against what was handed in."""
        from shangheng.core.audit import checks
        from shangheng.core.dictionaries.declaring import Dictionary, register
        from shangheng.core.operations.registry import Gauge, register_gauge
        from shangheng.engines.evidence.verification import verify

        checks.register("evidence", verify)
        register(
            Dictionary(
                "voucher_kinds",
                _("凭证种类"),
                _("上传凭证时选择，凭证清单上显示。"),
                "voucher_kinds.yaml",
            )
        )
        register_gauge(Gauge("evidence_bytes", "Bytes handed in as evidence", _bytes))


def _bytes() -> dict[str, float]:
    from django.db.models import Sum

    from shangheng.engines.evidence.models import Document

    return {"": Document.objects.aggregate(sum=Sum("size"))["sum"] or 0}
