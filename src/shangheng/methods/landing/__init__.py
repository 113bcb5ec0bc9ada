"""When projects land: the chance that each reaches a milestone, from how long past ones stayed."""

from shangheng.methods.landing.durations import Curve, Spell, curves, cut, spells_of
from shangheng.methods.landing.outlook import Lacking, Outlook, Rule, Table, reading, spread
from shangheng.methods.landing.scoring import Bin, Scored, bins, brier, replay

__all__ = [
    "Bin",
    "Curve",
    "Lacking",
    "Outlook",
    "Rule",
    "Scored",
    "Spell",
    "Table",
    "bins",
    "brier",
    "curves",
    "cut",
    "reading",
    "replay",
    "spells_of",
    "spread",
]
