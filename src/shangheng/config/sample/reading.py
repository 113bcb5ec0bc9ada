"""Read the sample's files row by row, so that an error names the file and the row."""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from shangheng.config.sample.model import BadSample

Row = Mapping[str, Any]


def yaml_file(path: Path) -> Any:
    """The content of a YAML file. Raises BadSample."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadSample(f"{path.name}: {error}") from error


def csv_rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a header. Raises BadSample."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, csv.Error) as error:
        raise BadSample(f"{path.name}: {error}") from error


def each[T](name: str, rows: Iterable[Row], make: Callable[[Row], T]) -> tuple[T, ...]:
    """`make` applied to each row. Raises BadSample that names the file and the row."""
    made = []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(make(row))
        except (KeyError, TypeError, ValueError, LookupError) as error:
            raise BadSample(f"{name}, row {number} {dict(row)}: {error!r}") from error
    return tuple(made)


def decimal(text: object) -> Decimal:
    """An exact decimal from text; a number that YAML has already read is refused."""
    if not isinstance(text, str):
        raise TypeError(f"{text!r} must be quoted, so that it is read exactly")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a number")
    return value


def decimal_or_none(text: str) -> Decimal | None:
    """An exact decimal, None where the cell is empty."""
    return decimal(text) if text else None


def instant(text: str) -> datetime:
    """A point in time with its zone."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return value


def instant_or_none(text: str) -> datetime | None:
    """A point in time with its zone, None where the cell is empty."""
    return instant(text) if text else None


def day(value: object) -> date:
    """A calendar day, as YAML or CSV give it."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
