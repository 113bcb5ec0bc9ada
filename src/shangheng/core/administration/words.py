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
}
REASONS: dict[str, Promise] = {
    "unknown": _("没有这个登录名"),
    "password": _("密码不对"),
    "inactive": _("人员已停用"),
    "factor": _("验证码不对"),
    "locked": _("失败过多，锁定期间"),
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
