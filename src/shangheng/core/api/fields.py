"""Types of fields that the operations share."""

from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Field, PlainSerializer, WithJsonSchema

from shangheng.core.api.rendering import plain

NUMBER = r"^-?\d+(\.\d+)?$"

Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The number of a record."""

Number = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "pattern": NUMBER, "examples": ["385.60"]}, "serialization"),
]
"""An exact number: written as text, so that no client rounds it."""

Amount = Annotated[
    Decimal,
    Field(max_digits=24, decimal_places=8),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": -1e15, "maximum": 1e15},
                {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,8})?$"},
            ]
        }
    ),
]
"""An amount that is handed in, as text (exact) or as a number."""

Degrees = Annotated[
    Decimal,
    Field(max_digits=9, decimal_places=6),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "string", "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,6})?$"},
            ]
        }
    ),
]
"""An angle that is handed in, as text (exact) or as a number."""

Instant = AwareDatetime
"""A time with its zone."""
