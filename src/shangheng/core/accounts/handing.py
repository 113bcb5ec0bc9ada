"""Handing over what is open with somebody who leaves: one transaction, one sheet."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shangheng.core.accounts import services
from shangheng.core.accounts.access import admits, only_reads, scope_of
from shangheng.core.accounts.handover import Found, Open, kinds, open_with
from shangheng.core.accounts.models import Handover, HandoverItem, User
from shangheng.core.accounts.rules import permissions
from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.audit.services import record


@transaction.atomic
def hand_over(
    *,
    actor: User,
    at: datetime,
    giver: User,
    receivers: Mapping[str, User],
    reason: str,
    deactivate: bool,
    closing: Collection[str] = (),
) -> Handover:
    """Give everything that is open with `giver` to `receivers` (by kind), and let the giver go.

    Kinds in `closing` are ended instead. All of it or nothing. Raises ValidationError when a kind has no receiver, or a receiver may not
    take something; with `deactivate`, tokens and sessions end at once.
    """
    if not reason.strip():
        raise ValidationError(_("请写明交接的原因，例如“调离”。"))
    found = open_with(User.objects.select_for_update(of=("self",)).get(pk=giver.pk))
    for one in found:
        if one.kind.code not in closing or one.kind.close is None:
            _check_receiver(one, giver, receivers.get(one.kind.code))
    sheet = Handover.objects.create(
        giver=giver, actor=actor, at=at, reason=reason.strip(), deactivated=deactivate
    )
    for one in found:
        _hand_over_kind(sheet, one, receivers.get(one.kind.code))
    counts = {one.kind.code: len(one.items) for one in found}
    record(
        actor=actor,
        act="accounts.handover",
        at=at,
        target=f"accounts.user:{giver.pk}",
        label=f"{giver.display_name}（{giver.username}）",
        after={
            "items": counts,
            "receivers": {code: one.username for code, one in receivers.items() if code in counts},
            "closed": sorted(set(closing) & counts.keys()) or None,
            "reason": sheet.reason,
        },
    )
    if deactivate:
        services.set_active(actor=actor, at=at, user=giver, active=False)
    return sheet


@transaction.atomic
def undo_hand_over(*, actor: User, at: datetime, sheet: Handover) -> int:
    """Give back what is still with the receivers, and let the giver in again; says how many came back.

    What was closed, finished or has moved on stays as it is. Raises ValidationError for a sheet that
    was undone before, and for one's own.
    """
    sheet = Handover.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.undone_at is not None:
        raise ValidationError(_("这次交接已经撤销过了。"))
    giver = sheet.giver
    if sheet.deactivated and not giver.is_active:
        services.set_active(actor=actor, at=at, user=giver, active=True)
    back = _give_back(sheet, actor, at)
    sheet.items.filter(done_at=None).exclude(receiver=None).update(done_at=at)
    sheet.undone_at, sheet.undone_by = at, actor
    sheet.save(update_fields=["undone_at", "undone_by"])
    record(
        actor=actor,
        act="accounts.handover.undo",
        at=at,
        target=f"accounts.user:{giver.pk}",
        label=f"{giver.display_name}（{giver.username}）",
        after={"number": sheet.pk, "items": back},
    )
    return back


def _give_back(sheet: Handover, actor: User, at: datetime) -> int:
    back = 0
    known = {kind.code: kind for kind in kinds()}
    groups: dict[tuple[str, User], list[int]] = {}
    for item in sheet.items.filter(moved=True).select_related("receiver"):
        if item.receiver is not None and item.kind in known:
            groups.setdefault((item.kind, item.receiver), []).append(item.key)
    for (code, receiver), keys in groups.items():
        kind = known[code]
        there = {item.key for item in kind.find(receiver)}
        still = [key for key in keys if key in there]
        if still and kind.hand_over is not None:
            kind.hand_over(actor=actor, at=at, giver=receiver, receiver=sheet.giver, keys=still)
        back += len(still)
    return back


@transaction.atomic
def settle(*, actor: User, at: datetime, item: HandoverItem) -> None:
    """The receiver has dealt with a thing that stands on their list. Raises ValidationError."""
    if item.receiver_id != actor.pk:
        raise ValidationError(_("只有接手人能把事项标为已办结。"))
    if item.done_at:
        return
    item.done_at = at
    item.save(update_fields=["done_at"])
    record(
        actor=actor,
        act="accounts.handover.settle",
        at=at,
        target=f"accounts.handoveritem:{item.pk}",
        label=item.label,
    )


def taken_over(user: User) -> QuerySet[HandoverItem]:
    """What a person has taken over from others, what is not yet done first."""
    items = HandoverItem.objects.filter(receiver=user).select_related("handover__giver")
    return items.order_by("done_at", "-pk")


def waiting(user: User) -> int:
    """How many things that were taken over are not yet done."""
    return HandoverItem.objects.filter(receiver=user, done_at=None).count()


def may_receive(giver: User, found: Found) -> list[User]:
    """Those who may take what was found: active, with every permission, not the giver."""
    people = User.objects.filter(is_active=True).exclude(pk=giver.pk).select_related("unit")
    ordered = people.prefetch_related("grants__units").order_by("username")
    marks = found.needed
    return [
        one
        for one in ordered
        if all(admits(one, mark) for mark in marks) and _takes_part(one, found.kind)
    ]


def _takes_part(person: User, kind: Open) -> bool:
    """No business passes to whoever only reads; jobs and the like are everybody's."""
    return kind.permission == SIGNED_IN or not only_reads(person)


def _check_receiver(found: Found, giver: User, receiver: User | None) -> None:
    kind = found.kind
    if receiver is None:
        raise ValidationError(_("“%s”还没有选接手人。") % kind.label)
    words = {"person": receiver.display_name, "kind": kind.label}
    if receiver.pk == giver.pk or not receiver.is_active:
        raise ValidationError(_("“%(kind)s”不能交给%(person)s：须是另一位在用人员。") % words)
    if not admits(receiver, kind.permission) or not _takes_part(receiver, kind):
        name = permissions()[kind.permission].name
        text = _("“%(kind)s”不能交给%(person)s：没有“%(permission)s”权限。")
        raise ValidationError(text % {**words, "permission": name})
    if not kind.scoped:
        return
    scope = scope_of(receiver, kind.permission)
    for item in found.items:
        if not scope.covers(unit_id=item.unit_id, owner_id=_owner_after(kind, receiver)):
            text = _("“%(item)s”不能交给%(person)s：不在其范围内，请换人或先调整其授权。")
            raise ValidationError(text % {**words, "item": item.label})


def _owner_after(kind: Open, receiver: User) -> int | None:
    """Whose it will be: the receiver's, when its owner changes; nobody new's otherwise."""
    return receiver.pk if kind.hand_over else None


def _hand_over_kind(sheet: Handover, found: Found, receiver: User | None) -> None:
    kind, moved = found.kind, found.kind.hand_over is not None and receiver is not None
    if receiver is None and kind.close is not None:
        keys = [item.key for item in found.items]
        kind.close(actor=sheet.actor, at=sheet.at, giver=sheet.giver, keys=keys)
    elif receiver is not None and kind.hand_over is not None:
        kind.hand_over(
            actor=sheet.actor,
            at=sheet.at,
            giver=sheet.giver,
            receiver=receiver,
            keys=[item.key for item in found.items],
        )
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=sheet,
            receiver=receiver,
            kind=kind.code,
            key=item.key,
            label=item.label[:300],
            url=item.url,
            moved=moved,
        )
        for item in found.items
    )
