"""What follows an organisation of this app's own tables when two become one."""

from shangheng.engines.registry.relations import Fate, Relation, declare_relation


def declare() -> None:
    """Names, contacts, lists and daughters move; the history of fields and of merges stays."""
    for relation in (
        Relation("registry.Name", "organisation", Fate.MOVES),
        Relation("registry.Contact", "organisation", Fate.MOVES),
        Relation("registry.Membership", "organisation", Fate.MOVES, once_per=("list", "year")),
        Relation("registry.Organisation", "parent", Fate.MOVES),
        Relation("registry.Organisation", "merged_into", Fate.STAYS),
        Relation("registry.FieldSource", "organisation", Fate.STAYS),
        Relation("registry.Merge", "kept", Fate.STAYS),
        Relation("registry.Merge", "gone", Fate.STAYS),
    ):
        declare_relation(relation)
