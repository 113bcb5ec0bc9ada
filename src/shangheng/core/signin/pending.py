"""Between the first proof and the second: nobody is logged in, the session only knows who waits."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from shangheng.core.accounts.models import User

KEY = "signin.pending"
TIME = timedelta(minutes=5)


@dataclass(frozen=True)
class Pending:
    """Who waits for the second proof, where they want to go, and whether a service vouches."""

    user: int
    until: float
    next: str
    vouched: bool


def wait(request: HttpRequest, user: User, *, at: datetime, to: str, vouched: bool) -> None:
    """Note who waits."""
    request.session.cycle_key()
    until = (at + TIME).timestamp()
    request.session[KEY] = asdict(Pending(user.pk, until, to, vouched))


def who_waits(request: HttpRequest, *, at: datetime) -> tuple[Pending, User] | None:
    """Who waits; None when nobody does, when it took too long, or for a dead account."""
    kept = request.session.get(KEY)
    pending = Pending(**kept) if kept else None
    if pending is None or pending.until < at.timestamp():
        return None
    user = User.objects.select_related("unit").filter(pk=pending.user, is_active=True).first()
    return (pending, user) if user else None


def forget(request: HttpRequest) -> None:
    """Nobody waits any more."""
    request.session.pop(KEY, None)
