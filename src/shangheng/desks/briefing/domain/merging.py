"""Two texts that were both edited from a third: where they differ, and one text of what is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of the one text and of the other; `offered` is the side that changed them, empty when both did."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    offered: str = ""

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return self.mine == self.theirs


def hunks(base: str, mine: str, theirs: str) -> list[Hunk]:
    """Both texts side by side, in order."""
    before, my_lines, their_lines = _lines(base), _lines(mine), _lines(theirs)
    found = []
    matcher = SequenceMatcher(None, my_lines, their_lines, autojunk=False)
    for _tag, a, b, c, d in matcher.get_opcodes():
        left, right = tuple(my_lines[a:b]), tuple(their_lines[c:d])
        found.append(Hunk(left, right, _offered(before, left, right)))
    return found


def merged(found: Sequence[Hunk], choices: Mapping[int, str]) -> str:
    """One text: where both sides differ the side chosen (mine or theirs) by the number of the hunk.

    Without a choice both stay, mine first: nothing that was typed is lost.
    """
    lines: list[str] = []
    for number, hunk in enumerate(found):
        choice = choices.get(number, "")
        if hunk.same or choice == "mine":
            lines += hunk.mine
        elif choice == "theirs":
            lines += hunk.theirs
        else:
            lines += hunk.mine + hunk.theirs
    return "\n".join(lines) + "\n"


def _offered(before: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> str:
    """The side that is not as it was; nothing where neither is, or where lines stand on one side only."""
    if not mine or not theirs:
        kept = _stood(before, mine or theirs)
        return ("theirs" if kept else "mine") if mine else ("mine" if kept else "theirs")
    as_before = (_stood(before, mine), _stood(before, theirs))
    return {(True, False): "theirs", (False, True): "mine"}.get(as_before, "")


def _stood(before: Sequence[str], lines: Sequence[str]) -> bool:
    size = len(lines)
    return any(
        tuple(before[start : start + size]) == tuple(lines)
        for start in range(len(before) - size + 1)
    )


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").strip().split("\n")
