"""The audit: one row for each act, never changed, chained by hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.acts import act_name
from shangheng.core.audit.chain import Fields


class Row(models.Model):
    """One act. `number` counts without gaps and is the order of the chain."""

    number = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    actor_id = models.BigIntegerField(_("人员编号"), null=True)
    actor_name = models.CharField(_("人员"), max_length=200, blank=True)
    act = models.CharField(_("操作"), max_length=60)
    target = models.CharField(_("对象"), max_length=200, blank=True)
    label = models.CharField(_("说明"), max_length=300, blank=True)
    before = models.JSONField(_("操作前"), null=True)
    after = models.JSONField(_("操作后"), null=True)
    address = models.CharField(_("来源地址"), max_length=60, blank=True)
    previous_hash = models.CharField(_("前一条校验码"), max_length=64)
    hash = models.CharField(_("校验码"), max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["actor_id", "number"], name="audit_row_actor"),
            models.Index(fields=["act", "number"], name="audit_row_act"),
            models.Index(fields=["target", "number"], name="audit_row_target"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.act} {self.target}"

    @property
    def act_name(self) -> str:
        """The name of the act in the language of the page."""
        return act_name(self.act)

    def fields(self) -> Fields:
        """The row as the hash covers it."""
        return Fields(
            number=self.number,
            at=self.at,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            act=self.act,
            target=self.target,
            label=self.label,
            before=self.before,
            after=self.after,
            address=self.address,
            previous_hash=self.previous_hash,
        )
