"""What a bound figure prints: words, and numbers that lead back to the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from shangheng.engines.ledger.domain.units import plain, rounded


@dataclass(frozen=True)
class Backing:
    """What stands behind a printed number: definition, postings, vouchers."""

    label: str
    scope: str = ""
    version: int = 0
    postings: int = 0
    vouchers: int = 0


@dataclass(frozen=True)
class Shown:
    """A printed number. `value` is exact; `text` is rounded once and carries the unit.

    `reference` leads to the provenance, `measure` tells numbers of one reference apart. It can be
    drawn wherever a figure can (`decimals` are the printed places). What the ledger does not hold
    has no reference; `url` leads to the page of its desk.
    """

    text: str
    value: Decimal
    unit: str
    decimals: int
    reference: str
    measure: str
    backing: Backing
    marks: tuple[str, ...] = ()
    url: str = ""

    @property
    def key(self) -> str:
        """Its name within a document."""
        return f"{self.reference}#{self.measure}"


@dataclass(frozen=True)
class Words:
    """Words between numbers."""

    text: str


Piece = Words | Shown
Filling = str | tuple[Piece, ...]
Row = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Answer:
    """All that one binding prints. `missing` says why nothing could be printed, empty otherwise.

    `moved` says that a target's base is no longer what the ledger knows. A whole table has its
    `columns`, and in `rows` the same pieces by row and cell.
    """

    pieces: tuple[Piece, ...]
    missing: str = ""
    moved: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """As printed."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Its numbers."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Shown))


def printed(value: Decimal, decimals: int) -> str:
    """A value with at most `decimals` places: rounded half up, or all its digits if they are fewer.

    Zeros at the end are kept only where rounding made them, so 13.7 does not claim to be 13.70.

    >>> printed(Decimal("13.7"), 2), printed(Decimal("16.0049"), 1)
    ('13.7', '16.0')
    """
    exact = plain(value)
    places = exact.as_tuple().exponent
    known = -places if isinstance(places, int) and places < 0 else 0
    return f"{exact if known <= decimals else rounded(value, decimals)}".replace("-", "−")


def places(text: str) -> int:
    """How many decimals a printed number has."""
    return len(text.partition(".")[2])


def fill(pattern: str, values: Mapping[str, Filling]) -> tuple[Piece, ...]:
    """Words with pieces in the place of `{names}`; neighbouring words are joined."""
    pieces: list[Piece] = []
    rest = pattern
    while "{" in rest:
        words, _, tail = rest.partition("{")
        name, _, rest = tail.partition("}")
        value = values[name]
        pieces += [Words(words), *((Words(value),) if isinstance(value, str) else value)]
    return joined([*pieces, Words(rest)])


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same with neighbouring words made one."""
    result: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Words) and result and isinstance(result[-1], Words):
            result[-1] = Words(result[-1].text + piece.text)
        elif piece.text:
            result.append(piece)
    return tuple(result)


def to_data(answer: Answer) -> dict[str, Any]:
    """An answer as plain values, for keeping."""
    return {
        "pieces": [_piece_data(piece) for piece in answer.pieces],
        "missing": answer.missing,
        "moved": answer.moved,
        "columns": list(answer.columns),
        "rows": [[len(cell) for cell in row] for row in answer.rows],
    }


def from_data(data: Mapping[str, Any]) -> Answer:
    """An answer as it was kept."""
    pieces = tuple(_piece(row) for row in data["pieces"])
    rest = iter(pieces)
    rows = tuple(
        tuple(tuple(islice(rest, length)) for length in row) for row in data.get("rows", ())
    )
    columns = tuple(data.get("columns", ()))
    return Answer(pieces, data["missing"], data.get("moved", ""), columns, rows)


def tabled(columns: Sequence[str], rows: Sequence[Row], missing: str = "") -> Answer:
    """The answer that is a whole table."""
    pieces = tuple(piece for row in rows for cell in row for piece in cell)
    return Answer(pieces, missing, columns=tuple(columns), rows=tuple(rows))


def _piece_data(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, Words):
        return {"text": piece.text}
    return {
        "text": piece.text,
        "value": str(piece.value),
        "unit": piece.unit,
        "decimals": piece.decimals,
        "reference": piece.reference,
        "measure": piece.measure,
        "url": piece.url,
        "marks": list(piece.marks),
        "backing": vars(piece.backing),
    }


def _piece(row: Mapping[str, Any]) -> Piece:
    if "value" not in row:
        return Words(row["text"])
    return Shown(
        text=row["text"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        decimals=row["decimals"],
        reference=row["reference"],
        measure=row["measure"],
        url=row.get("url", ""),
        backing=Backing(**row["backing"]),
        marks=tuple(row["marks"]),
    )


@dataclass(frozen=True)
class Lexicon:
    """The words with which figures are told, from `rules/reports/wording.yaml`."""

    words: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, key: str, **values: Piece | Filling) -> tuple[Piece, ...]:
        """The words under `key`, with `values` put in."""
        fillings = {
            name: (value,) if isinstance(value, Words | Shown) else value
            for name, value in values.items()
        }
        return fill(self.pattern(key), fillings)

    def pattern(self, key: str) -> str:
        """The words under a dotted key. Raises KeyError."""
        found: Any = self.words
        for part in key.split("."):
            found = found[part]
        return str(found)

    def tier(self, code: str, zh: str) -> str:
        """What the targets of a tier are called in running text."""
        return str(self.words["tiers"].get(code) or self.pattern("tier").format(zh=zh))

    def listed(self, items: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
        """Items one after another, parted as in a list."""
        pieces: list[Piece] = []
        for place, item in enumerate(items):
            pieces += [Words(self.pattern("list")), *item] if place else item
        return joined(pieces)
