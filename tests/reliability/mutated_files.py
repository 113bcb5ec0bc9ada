"""Spoil files in every way and hand them to each reader: nothing may crash, hang, or refuse mutely.

    .venv/bin/python -m tests.reliability.mutated_files 10000
    .venv/bin/python -m tests.reliability.mutated_files 300 --seed 7

Excel, Word, PDF and image files are spoiled by flipped bytes, truncation, pieces put elsewhere,
parts taken out of the archive, spoiled XML, and names that lie. Each goes through the reader of
imports, the door of evidence and the reader of reports, in a process whose memory is bounded, with
a clock that bounds the time of each file. What is refused must be refused in words that name the
place: the file, or the sheet, the row or the cell.
"""

import argparse
import io
import os
import random
import re
import resource
import signal
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from shangheng.core.exchange.read import read
from shangheng.core.exchange.tests.workbooks import COLUMNS, GOOD, book
from shangheng.engines.evidence.domain.media import UnacceptableFile, identify
from shangheng.engines.evidence.tests import samples
from shangheng.methods.claims.reading.document import UnreadableReport
from shangheng.methods.claims.reading.read import read_report

SECONDS = 20
MEMORY = 4 * 1024**3
MOST_FLIPS = 40
SHORTEST_REASON = 4
PLACE = re.compile(r"工作表“|第\d+行|\([A-Z]+\d+\)")

Spoil = Callable[[bytes, random.Random], bytes]


class Slow(Exception):
    """A reader computed longer than `SECONDS`, whatever else the machine did meanwhile."""


@dataclass
class Outcome:
    """What the readers did, and each time that they failed: (reader, kind, round, what happened)."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str, int, str]] = field(default_factory=list)
    slowest: float = 0.0


def originals() -> dict[str, bytes]:
    """One good file of each kind, by name."""
    return {
        "表.xlsx": book(*[GOOD] * 20),
        "明细.xlsx": samples.excel(30, 6),
        "文.docx": samples.word("一季度到位资金3.5亿元。", "同比增长12.3%。"),
        "文.pdf": samples.pdf(2),
        "图.png": samples.picture(),
        "图.jpg": samples.picture("JPEG"),
        "旧.doc": samples.old_word(),
        "旧.xls": samples.old_excel(),
        "表.csv": "企业,数值（亿元）,日期\n甲公司,1.5,2021-03-05\n".encode(),
    }


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    spoiled = bytearray(content)
    for _ in range(chance.randint(1, MOST_FLIPS)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def truncated(content: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def moved(content: bytes, chance: random.Random) -> bytes:
    """A piece stands elsewhere."""
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    piece, rest = content[start:end], content[:start] + content[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + piece + rest[place:]


def operated(content: bytes, chance: random.Random) -> bytes:
    """A part of the archive is missing, empty, another's or under another name."""
    parts = _parts(content)
    if not parts:
        return flipped(content, chance)
    name, other = chance.choice(list(parts)), chance.choice(list(parts))
    how = chance.randrange(4)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[name] = b""
    elif how == 2:
        parts[name] = parts[other]
    else:
        parts[chance.choice(("../" + name, name.upper(), "x" * 200))] = parts.pop(name)
    return samples.archive(parts)


def misspelt(content: bytes, chance: random.Random) -> bytes:
    """The XML of a part is spoiled, and the archive packed well."""
    parts = _parts(content)
    named = [name for name in parts if name.endswith((".xml", ".rels")) and parts[name]]
    if not named:
        return flipped(content, chance)
    name = chance.choice(named)
    parts[name] = chance.choice((flipped, truncated, moved, _inflated))(parts[name], chance)
    return samples.archive(parts)


def _inflated(content: bytes, chance: random.Random) -> bytes:
    """A number in the XML is far larger."""
    digits = [at for at, byte in enumerate(content) if chr(byte).isdigit()]
    if not digits:
        return content
    at = chance.choice(digits)
    return content[:at] + b"9" * chance.randint(2, 12) + content[at + 1 :]


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError):
        return {}


SPOILERS: tuple[Spoil, ...] = (flipped, truncated, moved, operated, misspelt)


def by_import(name: str, content: bytes) -> str:
    """The reader of imports; the reason of a refusal, which names its place where it has one."""
    table = read(content, name, COLUMNS)
    return "" if table.ok else str(table.errors[0])


def by_evidence(name: str, content: bytes) -> str:
    """The door of evidence."""
    try:
        identify(name, content)
    except UnacceptableFile as error:
        return str(error) or "?"
    return ""


def by_report(name: str, content: bytes) -> str:
    """The reader of reports whose figures are audited."""
    try:
        read_report(name, content)
    except UnreadableReport as error:
        return str(error) or "?"
    return ""


READERS = {"import": by_import, "evidence": by_evidence, "report": by_report}


def spoil_and_read(times: int, seed: int) -> Outcome:
    """Spoil `times` files, the same for the same seed, and read each with every reader."""
    outcome, files = Outcome(), list(originals().items())
    for number in range(times):
        chance = random.Random(f"{seed}-{number}")
        name, content = chance.choice(files)
        for _ in range(chance.choice((1, 1, 1, 2))):
            content = chance.choice(SPOILERS)(content, chance) or b"\0"
        if chance.randrange(10) == 0:
            name = chance.choice(files)[0]  # a name that lies
        for reader, run in READERS.items():
            _one(outcome, reader, run, name, content, number)
    return outcome


def _one(
    outcome: Outcome,
    reader: str,
    run: Callable[[str, bytes], str],
    name: str,
    content: bytes,
    number: int,
) -> None:
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        reason = run(name, content)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        outcome.failures.append((reader, name, number, repr(error)[:200]))
        return
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        outcome.slowest = max(outcome.slowest, time.process_time() - began)
    if not reason:
        outcome.read[reader] += 1
    elif len(reason) >= SHORTEST_REASON and (name in reason or PLACE.search(reason)):
        outcome.refused[reader] += 1
    else:
        outcome.failures.append((reader, name, number, f"refused without a place: {reason!r}"))


def _ring(_signal: int, _frame: object) -> None:
    raise Slow


def main() -> int:
    """Spoil and read; 1 when anything failed."""
    import django

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("times", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=2021)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangheng.config.settings")
    django.setup()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _ring)
    outcome = spoil_and_read(arguments.times, arguments.seed)
    told = ["| reader | read | refused, with its place |", "|---|---|---|"]
    told += [
        f"| {reader} | {outcome.read[reader]:,} | {outcome.refused[reader]:,} |"
        for reader in READERS
    ]
    told.append(f"slowest: {outcome.slowest:.2f} s; failures: {len(outcome.failures)}")
    told += ["\t".join(map(str, failure)) for failure in outcome.failures[:20]]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
