"""How the cost of the claims audit grows with the text, for ordinary, dense and hostile texts.

python -m benchmarks.claims_speed [MEGABYTES …]
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import count, cycle
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import process_time

from benchmarks.claims_corpus import held_out
from benchmarks.claims_corpus.report import write_report
from benchmarks.claims_corpus.world import FILLERS
from shangheng.methods.claims.audit import audit_text


def _report(seed: int) -> str:
    text, _ = write_report(seed, held_out.FAMILIES)
    return text.replace("全", f"全{seed}号区", 3) + "\n"


def _ordinary() -> Iterator[str]:
    """reports and prose without figures, at the density of published ones (4,000 quantities a megabyte)"""
    for seed in count():
        yield _report(seed)
        yield f"第{seed}份材料的背景:{''.join(FILLERS) * 18}\n"


def _dense() -> Iterator[str]:
    """nothing but figures and errors: 16,000 quantities a megabyte, four times what is published"""
    return map(_report, count())


def _numerals() -> Iterator[str]:
    """one endless Chinese numeral"""
    return cycle(["一二三四五六七八九十百千万亿"])


def _digits() -> Iterator[str]:
    """one endless row of digits"""
    return cycle(["1234567890"])


def _sentence() -> Iterator[str]:
    """one sentence that never ends, 60,000 quantities a megabyte"""
    return cycle(["完成投资100亿元,同比增长5%,占比20%,"])


def _list() -> Iterator[str]:
    """one list that never ends, without a comma: 70,000 quantities a megabyte"""
    return cycle(["甲镇5家、乙镇6家、"])


def _targets() -> Iterator[str]:
    """one indicator with ever new targets"""
    return (f"全年新增限上企业目标{number % 97}家。" for number in count())


SHAPES: dict[str, Callable[[], Iterator[str]]] = {
    shape.__name__.lstrip("_"): shape
    for shape in (_ordinary, _dense, _numerals, _digits, _sentence, _list, _targets)
}


_RUNS = 3  # the median of their seconds is shown, and the most memory
_HUNDRED_PAGES = 0.18  # 100 pages of 600 characters, 3 bytes each


def speed(megabytes: Sequence[float]) -> list[str]:
    """The table: CPU seconds and peak memory for texts of growing size, in processes of their own."""
    lines = [
        "| Shape | Text (MB, UTF-8) | Quantities | CPU seconds | MB a second | Peak memory (MB) |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name in SHAPES:
        for size in (_HUNDRED_PAGES, *megabytes) if name in ("ordinary", "dense") else megabytes:
            measured = [_apart(name, size) for _ in range(_RUNS)]
            quantities, memory = measured[0][0], max(m for _, _, m in measured)
            seconds = median(s for _, s, _ in measured)
            lines.append(
                f"| {name} | {size:g} | {quantities} | {seconds:.2f} | {size / seconds:.2f} | {memory} |"
            )
    return lines


def _apart(name: str, megabytes: float) -> tuple[int, float, int]:
    """One run in a process of its own: quantities, CPU seconds, peak memory in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_timed, name, megabytes).result()


def _timed(name: str, megabytes: float) -> tuple[int, float, int]:
    pieces: list[str] = []
    left = int(megabytes * 1e6)
    for piece in SHAPES[name]():
        pieces.append(piece)
        left -= len(piece.encode())
        if left <= 0:
            break
    report = "".join(pieces)
    pieces.clear()
    audit_text(_report(0))
    started = process_time()
    quantities = audit_text(report).coverage.quantities
    seconds = process_time() - started
    return quantities, seconds, getrusage(RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    print("\n".join(speed([float(size) for size in sys.argv[1:]] or [0.1, 1])))
