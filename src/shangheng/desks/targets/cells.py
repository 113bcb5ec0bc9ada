"""The cells of lists of postings. A page has hundreds of them: put together here, not by templates."""

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shangheng.core.ui.figure_html import figure_html
from shangheng.core.ui.figures import DASH
from shangheng.core.ui.templatetags.ui import day
from shangheng.desks.targets.selectors.lines import Part, PostingLine


def name(line: PostingLine, query: str) -> SafeString:
    """What a posting is: its indicator as the way to it, its number and what sets it apart."""
    url = reverse("posting", args=[line.row.pk])
    words = [line.elsewhere, line.row.subject, *(value for _axis, value in line.dimensions)]
    return format_html(
        '<a class="row-link" href="{}{}">{}</a> <span class="line-2">#{}{}{}</span>',
        url,
        f"?{query}" if query else "",
        line.name,
        line.row.pk,
        "".join(f" · {word}" for word in words if word),
        _reversal(line),
    )


def evidence(line: PostingLine, _query: str) -> SafeString:
    """How many vouchers it has, or that it lacks some."""
    if count := len(line.row.evidence.all()):
        return conditional_escape(_("%(n)s份") % {"n": count})
    if line.is_reversal:
        return format_html('<span class="muted">{}</span>', DASH)
    return format_html('<span class="tag warn">{}</span>', _("无凭证"))


def standing(line: PostingLine, _query: str) -> SafeString:
    """Where its recognition stands."""
    if not line.is_live:
        return format_html('<span class="muted">{}</span>', _("不计"))
    if not line.authority:
        return format_html('<span class="muted">{}</span>', _("无需认定"))
    is_parted = len(line.parts) > 1
    drawn = "".join(_part(part, is_parted=is_parted) for part in line.parts)
    return mark_safe(drawn)  # noqa: S308 - each part is escaped


def recorded(line: PostingLine, _query: str) -> SafeString:
    """By whom and when it was recorded."""
    return format_html(
        '<span>{}<span class="line-2">{}</span></span>',
        line.row.entry.actor.display_name,
        day(line.row.recorded_at),
    )


def _part(part: Part, *, is_parted: bool) -> SafeString:
    return format_html(
        '<span class="status-part status-{}">{}{}{}</span>',
        part.code,
        part.mark,
        part.word,
        format_html(" {}", figure_html(part.amount)) if is_parted else "",
    )


def _reversal(line: PostingLine) -> SafeString:
    if line.is_reversal:
        told = _("冲销#%(pk)s") % {"pk": line.row.reverses_id}
    elif line.is_taken_back:
        told = _("已冲销")
    else:
        return SafeString()
    return format_html(' <span class="tag">{}</span>', told)
