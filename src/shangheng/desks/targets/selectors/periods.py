"""Which period a page opens on."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from shangheng.engines.ledger.models import Posting


def latest_year(now: datetime) -> str:
    """The last year in which something is posted for the bureau's own area, else this year."""
    last = Posting.objects.filter(series__area=settings.HOME_AREA).aggregate(
        last=Max("occurred_on")
    )["last"]
    return str(last.year if last else timezone.localtime(now).year)
