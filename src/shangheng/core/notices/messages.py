"""An event as a message that leaves the platform."""

from django.conf import settings

from shangheng.core.notices.models import Delivery
from shangheng.core.notices.robots import Message


def message_of(delivery: Delivery) -> Message:
    """The message in the running language, with a link where the platform knows its own address."""
    event = delivery.event
    return Message(
        uid=str(delivery.uid),
        kind=event.kind,
        kind_name=event.kind_name,
        subject=event.subject,
        body=event.body,
        url=f"{settings.ADDRESS}{event.url}" if settings.ADDRESS and event.url else "",
        source=event.source,
        at=event.at,
    )
