"""The only door to a document."""

from typing import Literal

from django.shortcuts import get_object_or_404

from shangheng.core.accounts.models import User
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import visible_to


def access_document(*, actor: User, pk: int, to: Literal["view"] = "view") -> Document:
    """The document, when `actor` may view it; Http404 otherwise, as if there were none."""
    del to  # to view is all that can be done with an append-only document
    return get_object_or_404(visible_to(actor).select_related("unit", "uploaded_by"), pk=pk)
