"""Access tokens as lists: one's own for everybody, everybody's for who sees people and rights."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.rules import permissions
from shangheng.core.api import services
from shangheng.core.api.access import tokens_for, tokens_of
from shangheng.core.api.models import Token
from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Act, Asked, Bulk, Choices, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import holding

STATES: dict[str, Promise] = {
    "live": _("有效"),
    "expired": _("已过期"),
    "revoked": _("已撤销"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A token and how it stands at the moment of asking."""

    row: Token
    state: str

    @property
    def state_name(self) -> str:
        """How it stands, in words."""
        return str(STATES[self.state])


def _lines(rows: Sequence[Token], asked: Asked) -> list[Line]:
    return [Line(token, token.state(asked.moment.now)) for token in rows]


def _in_state(rows: QuerySet[Token], value: str, asked: Asked) -> QuerySet[Token]:
    now = asked.moment.now
    return rows.filter(
        {
            "live": Q(revoked_at=None, expires_at__gt=now),
            "expired": Q(revoked_at=None, expires_at__lte=now),
            "revoked": Q(revoked_at__isnull=False),
        }[value]
    )


def _scopes(_asked: Asked) -> Choices:
    return [(one.code, one.name) for one in permissions().values()]


def _with_scope(rows: QuerySet[Token], value: str, _asked: Asked) -> QuerySet[Token]:
    held = [pk for pk, scopes in rows.values_list("pk", "scopes") if value in scopes]
    return rows.filter(pk__in=held)


def _revoker(line: Line) -> str:
    return line.row.revoked_by.display_name if line.row.revoked_by else ""


def _not_revoked(line: Line, _asked: Asked) -> str:
    return "" if line.state == "live" else say("令牌%s，没有可撤销的。") % line.state_name


def _revoke(bulk: Bulk[Line]) -> str:
    for line in bulk.rows:
        services.revoke_token(actor=bulk.actor, at=bulk.at, token=line.row)
    return say("已撤销%d个令牌，立即失效。") % len(bulk.rows)


NAME: Column[Line] = Column(
    "name",
    _("用途"),
    lambda line: line.row.name,
    cell="api/name_cell.html",
    sort=("name", "-pk"),
    also=(Column("prefix", _("开头"), lambda line: line.row.prefix),),
)
OWNER: Column[Line] = Column(
    "owner",
    _("主人"),
    lambda line: line.row.owner.display_name,
    cell="api/owner_cell.html",
    css="nowrap",
    sort=("owner__display_name", "-pk"),
    also=(Column("username", _("登录名"), lambda line: line.row.owner.username),),
)
COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "scopes",
        _("权限"),
        lambda line: "、".join(one.name for one in line.row.permissions),
        cell="api/scopes_cell.html",
    ),
    Column("created", _("创建时间"), lambda line: line.row.created_at, sort=("pk",), shown=False),
    Column(
        "expires",
        _("有效期至"),
        lambda line: line.row.expires_at,
        sort=("expires_at", "pk"),
        css="nowrap",
    ),
    Column(
        "used",
        _("最近使用"),
        lambda line: line.row.last_used_at,
        sort=("last_used_at", "pk"),
        css="nowrap",
    ),
    Column("address", _("最近来源地址"), lambda line: line.row.last_address, shown=False),
    Column(
        "state",
        _("状态"),
        lambda line: line.state_name,
        cell="api/state_cell.html",
        also=(
            Column("revoked_by", _("撤销人"), _revoker),
            Column("revoked_at", _("撤销时间"), lambda line: line.row.revoked_at),
        ),
    ),
)
STATE: Filter[Token] = Filter(
    "state", _("状态"), _in_state, among(*STATES.items()), every=_("全部")
)
SCOPE: Filter[Token] = Filter("scope", _("权限"), _with_scope, _scopes, every=_("全部权限"))


def _search(*fields: str, hint: Promise) -> Filter[Token]:
    return Filter("q", _("查找"), holding(*fields), kind="search", hint=hint)


def _revoking(permission: str) -> Act[Line]:
    return Act(
        code="revoke",
        label=_("撤销令牌"),
        permission=permission,
        icon="trash",
        about=_("用这些令牌的程序立即停止工作，撤销后不能恢复；需要时另建新的。"),
        refuse=_not_revoked,
        run=_revoke,
        danger=True,
    )


OWN: Listing[Token, Line] = Listing(
    code="api.tokens.own",
    title=_("访问令牌"),
    about=_("程序凭令牌以您的身份调用接口，所做的都记在您名下。"),
    counted=_("个令牌"),
    url="tokens",
    permission=SIGNED_IN,
    rows=lambda asked: tokens_of(asked.actor),
    columns=(NAME, *COLUMNS),
    lines=_lines,
    sort="-created",
    filters=(_search("name", "prefix", hint=_("用途或开头")), STATE, SCOPE),
    acts=(_revoking(SIGNED_IN),),
    empty=Empty(
        _("还没有访问令牌"),
        _("要让程序取数或填报，先新建一个令牌，只给它用得着的权限。"),
        url="token-new",
        action=_("新建令牌"),
    ),
    none=Empty(_("没有这样的令牌"), _("放宽筛选条件再试。"), url="tokens", action=_("看全部令牌")),
)
ALL: Listing[Token, Line] = Listing(
    code="api.tokens.all",
    title=_("全部访问令牌"),
    about=_("程序凭令牌以其主人的身份办事。停用一个人，其令牌随之失效。"),
    counted=_("个令牌"),
    url="tokens-all",
    permission="accounts.view",
    rows=lambda asked: tokens_for(asked.actor),
    columns=(NAME, OWNER, *COLUMNS),
    lines=_lines,
    sort="-created",
    filters=(
        _search(
            "name",
            "prefix",
            "owner__display_name",
            "owner__username",
            hint=_("用途、开头或主人"),
        ),
        STATE,
        SCOPE,
    ),
    acts=(_revoking("accounts.manage"),),
    empty=Empty(_("还没有人建过访问令牌"), _("每个人在右上角本人菜单里的“访问令牌”新建自己的。")),
    none=Empty(
        _("没有这样的令牌"), _("放宽筛选条件再试。"), url="tokens-all", action=_("看全部令牌")
    ),
)
