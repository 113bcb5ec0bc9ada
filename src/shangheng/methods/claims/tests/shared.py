"""The optional sibling folder with published cases and hand-checked reports."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[6] / "shared"
