"""What the search finds of organisations, kept in step with them and with what names them."""

from shangheng.core.search import services as search
from shangheng.core.search.declaring import source_of
from shangheng.engines.registry.models import Organisation
from shangheng.engines.registry.relations import relations


def findable_anew(*organisations: Organisation) -> None:
    """Let the search find organisations, and the rows that name them, as they stand now.

    One that was merged away is not found any more: its names are those of who kept it.
    """
    search.forget(*(one for one in organisations if one.merged_into_id is not None))
    search.index(*(one for one in organisations if one.merged_into_id is None))
    for each in relations():
        if each.table is not Organisation and source_of(each.table) is not None:
            search.index(*each.table._base_manager.filter(**{f"{each.field}__in": organisations}))
