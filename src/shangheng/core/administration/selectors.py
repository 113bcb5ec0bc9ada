"""Rows of the audit made ready for reading: who, what, to which object, what changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.devices import device_words
from shangheng.core.accounts.middleware import may_follow
from shangheng.core.accounts.models import User
from shangheng.core.administration.words import address_words, reason_words, way_words
from shangheng.core.audit.models import Row
from shangheng.core.audit.objects import kind_of
from shangheng.core.audit.selectors import Difference, differences

FEW = 3  # changes told in a line of the list
FOR_MACHINES = {"digest", "sha256", "text_hash", "hash", "size"}
REFUSED = ("login.failed", "login.refused", "access.refused", "api.token.refused")
CAME_IN = ("login.succeeded", "api.token.used")
LOGINS = (
    *("login.succeeded", "login.failed", "login.refused", "login.password", "login.confirmed"),
    *("login.ended", "login.unlocked", "login.factor.recovered"),
    *("api.token.used", "api.token.refused"),
)
NOBODY = {"token": gettext_lazy("没有的令牌"), "oidc": gettext_lazy("身份不明")}


@dataclass(frozen=True)
class Object:
    """What an act was done to, in words; `url` where the reader may open it."""

    kind: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Act:
    """A row of the operation log."""

    row: Row
    unit: str
    object: Object

    @property
    def changes(self) -> list[Difference]:
        """What it changed; what only machines read is left to the page of the act."""
        return [
            one
            for one in differences(self.row)
            if one.changed and one.key.rpartition(".")[2] not in FOR_MACHINES
        ]

    @property
    def few(self) -> list[Difference]:
        """The first of the changes."""
        return self.changes[:FEW]

    @property
    def more(self) -> int:
        """How many changes are not told."""
        return max(len(self.changes) - FEW, 0)

    @property
    def told(self) -> str:
        """Every change in one text."""
        return _("；").join(
            _("%(name)s：%(before)s → %(after)s")
            % {"name": one.name, "before": one.before or "—", "after": one.after or "—"}
            if self.row.before
            else _("%(name)s：%(value)s") % {"name": one.name, "value": one.after}
            for one in self.changes
        )

    @property
    def address(self) -> str:
        """From where."""
        return address_words(self.row.address)

    @property
    def is_refused(self) -> bool:
        """Whether it was tried and not done."""
        return self.row.act in REFUSED

    @property
    def outcome(self) -> str:
        """Whether it was done."""
        return _("被拒") if self.is_refused else _("已办")


@dataclass(frozen=True)
class Login:
    """A row of the login log."""

    row: Row
    person: User | None

    @property
    def name(self) -> str:
        """Who came, or tried to; a name that nobody has is not kept, only that it was tried."""
        if self.person:
            return self.person.display_name
        nobody = NOBODY.get(self._told("way"), _("没有的登录名"))
        return self.row.actor_name or self.row.label or str(nobody)

    @property
    def unit(self) -> str:
        """The unit of the person."""
        return self.person.unit.label if self.person and self.person.unit else ""

    @property
    def way(self) -> str:
        """By which way."""
        if self.row.act == "login.factor.recovered":
            return _("恢复码")
        words = way_words(self._told("way"))
        token = self._told("token")
        return _("%(way)s：%(token)s") % {"way": words, "token": token} if token else words

    @property
    def reason(self) -> str:
        """Why not."""
        return reason_words(self._told("reason"))

    @property
    def device(self) -> str:
        """The browser and the system."""
        agent = self._told("device")
        return device_words(agent) if agent else ""

    @property
    def agent(self) -> str:
        """What the browser says of itself."""
        return self._told("device")

    @property
    def address(self) -> str:
        """From where."""
        return address_words(self.row.address)

    @property
    def tone(self) -> str:
        """How its tag is coloured."""
        if self.row.act in REFUSED:
            return "bad"
        return "good" if self.row.act in CAME_IN else ""

    def _told(self, name: str) -> str:
        after = self.row.after
        return str(after.get(name, "")) if isinstance(after, dict) else ""


def acts(rows: Sequence[Row], reader: User) -> list[Act]:
    """Rows for the operation log (one query)."""
    people = _people({row.actor_id for row in rows if row.actor_id})
    return [
        Act(row, _unit_of(people.get(row.actor_id or 0)), object_of(row, reader)) for row in rows
    ]


def logins(rows: Sequence[Row]) -> list[Login]:
    """Rows for the login log (one query)."""
    keys = {row: _key(row.target) if row.target.startswith("accounts.user:") else 0 for row in rows}
    people = _people(set(keys.values()))
    return [Login(row, people.get(keys[row])) for row in rows]


def object_of(row: Row, reader: User) -> Object:
    """What a row is about, with the way to it where the reader may go."""
    kind = kind_of(row.target)
    if kind is None:
        return Object("", row.label or row.target)
    key = _key(row.target)
    label = row.label or (f"#{key}" if key else "")
    return Object(kind.name, label, _url(kind.page, key, reader) if kind.page and key else "")


def _url(page: str, key: int, reader: User) -> str:
    try:
        url = reverse(page, args=[key])
    except NoReverseMatch:  # the desk of it is not installed
        return ""
    return url if may_follow(reader, url) else ""


def _key(target: str) -> int:
    key = target.partition(":")[2]
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0


def _people(keys: set[int]) -> dict[int, User]:
    return User.objects.select_related("unit").in_bulk([key for key in keys if key])


def _unit_of(person: User | None) -> str:
    return person.unit.label if person and person.unit else ""
