"""Ways of login, reasons of failure and origins in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.context import COMMAND_LINE

JOB = "job:"
WAYS: dict[str, Promise] = {
    "password": _("密码"),
    "factor": _("二次验证"),
    "oidc": _("统一身份认证"),
    "token": _("访问令牌"),
}
REASONS: dict[str, Promise] = {
    "unknown": _("没有这个登录名"),
    "password": _("密码不对"),
    "inactive": _("人员已停用"),
    "factor": _("验证码不对"),
    "locked": _("失败过多，锁定期间"),
    "form": _("不是从登录页提交的"),
    "account": _("身份无误，但本平台没有其账号"),
    "linked": _("登录名已关联另一个身份"),
    "name": _("登录名不合本平台的规定"),
    "session": _("不是从本平台发起，或已经用过"),
    "late": _("登录用时太长，已作废"),
    "denied": _("身份认证服务没有放行，或本人取消"),
    "unproven": _("身份没有通过核验"),
    "unreachable": _("身份认证服务联系不上，或答复不对"),
    "header": _("标头里不是访问令牌"),
    "token": _("没有这个令牌"),
    "revoked": _("令牌已撤销"),
    "expired": _("令牌已过期"),
}


def way_words(code: str) -> str:
    """A way of login."""
    return str(WAYS.get(code, code))


def reason_words(code: str) -> str:
    """Why a login failed; a reason that somebody wrote stays as it is."""
    return str(REASONS.get(code, code))


def address_words(address: str) -> str:
    """Where an act came from: an address of the network, the command line or a job."""
    if address == COMMAND_LINE:
        return gettext("命令行")
    if address.startswith(JOB):
        return gettext("后台任务#%s") % address.removeprefix(JOB)
    return address
