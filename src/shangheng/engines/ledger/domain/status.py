"""Recognition (认定): where an amount stands, and how it may move."""

from enum import IntEnum

from shangheng.methods.wording import say


class Status(IntEnum):
    """Where an amount stands on its way through the superior office."""

    CLAIMED = 1
    SUBMITTED = 2
    RECOGNISED = 3
    REJECTED = 4

    @property
    def word(self) -> str:
        """待报, 已报待认定, 已认定 or 拒统, in the reader's language."""
        words = {
            Status.CLAIMED: say("待报"),
            Status.SUBMITTED: say("已报待认定"),
            Status.RECOGNISED: say("已认定"),
            Status.REJECTED: say("拒统"),
        }
        return words[self]


PENDING = frozenset({Status.CLAIMED, Status.SUBMITTED})

MOVES: frozenset[tuple[Status, Status]] = frozenset(
    {
        (Status.CLAIMED, Status.SUBMITTED),  # 提交认定
        (Status.SUBMITTED, Status.CLAIMED),  # 撤回
        (Status.SUBMITTED, Status.RECOGNISED),  # 认定
        (Status.SUBMITTED, Status.REJECTED),  # 拒统
        (Status.REJECTED, Status.SUBMITTED),  # 重新提交
        (Status.RECOGNISED, Status.REJECTED),  # 核减
    }
)
