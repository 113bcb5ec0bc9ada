"""What follows an organisation of this app's own tables when two become one."""

from django.utils.translation import gettext_lazy as _

from shangheng.engines.registry.relations import Fate, Relation, declare_relation


def declare() -> None:
    """Names, contacts, lists and daughters move; the history of fields and of merges stays."""
    for relation in (
        Relation("registry.Name", "organisation", Fate.MOVES, label=_("名称")),
        Relation("registry.Contact", "organisation", Fate.MOVES, label=_("联系人")),
        Relation(
            "registry.Membership", "organisation", Fate.MOVES, ("list", "year"), _("名录记录")
        ),
        Relation("registry.Organisation", "parent", Fate.MOVES, label=_("下级企业")),
        Relation("registry.Organisation", "merged_into", Fate.STAYS),
        Relation("registry.FieldSource", "organisation", Fate.STAYS),
        Relation("registry.Merge", "kept", Fate.STAYS),
        Relation("registry.Merge", "gone", Fate.STAYS),
    ):
        declare_relation(relation)
