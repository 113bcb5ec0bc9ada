"""Figures as rows show them: growth as a figure of its own, and the mark of a contradiction."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shangheng.engines.ledger.domain.figure import Figure


@dataclass(frozen=True)
class GrowthFigure:
    """Year-on-year growth as a figure of its own; its provenance is that of the figure."""

    figure: Figure
    unit: str = "%"
    decimals: int = 1

    @property
    def value(self) -> Decimal | None:
        """Per cent, or None where it is not known."""
        return self.figure.growth.percent

    @property
    def reference(self) -> str:
        """Where the arithmetic is shown."""
        return self.figure.reference

    @property
    def marks(self) -> Sequence[str]:
        """Growth is only marked where it is missing or rests on samples."""
        if self.value is None:
            return ("missing",)
        return ("sample",) if self.figure.samples else ()

    @property
    def reason(self) -> str:
        """Why it is not known."""
        return self.figure.growth.reason


@dataclass(frozen=True)
class MarkedFigure:
    """A figure that something contradicts: drawn with the conflict mark."""

    figure: Figure

    @property
    def value(self) -> Decimal | None:
        """The value itself."""
        return self.figure.value

    @property
    def unit(self) -> str:
        """Its unit of measure."""
        return self.figure.unit

    @property
    def decimals(self) -> int:
        """Its printed decimals."""
        return self.figure.decimals

    @property
    def reference(self) -> str:
        """Its provenance."""
        return self.figure.reference

    @property
    def marks(self) -> Sequence[str]:
        """Its own marks and the conflict."""
        return (*self.figure.marks, "conflict")
