"""The one door to a notice: a person opens their own and no other."""

from django.http import Http404

from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.models import User
from shangheng.core.notices.models import Notice
from shangheng.core.notices.selectors import inbox


def place_of_notice(pk: int) -> Place | None:
    """Whose a notice is, for the explanation of rights."""
    notice = Notice.objects.filter(pk=pk).first()
    return Place(owner_id=notice.receiver_id) if notice else None


def access_notice(*, actor: User, pk: int) -> Notice:
    """A notice of the actor's own inbox. Raises Http404."""
    notice = inbox(actor).filter(pk=pk).first()
    if notice is None:
        raise Http404
    return notice
