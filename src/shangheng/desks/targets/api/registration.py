"""Brings the desk's operations, and says how its refusals are told."""

from shangheng.core.api import problems, routers
from shangheng.desks.targets.api import (
    evidence,
    figures,
    postings,
    recognition,
    sheet_edits,
    sheet_expected,
)
from shangheng.desks.targets.domain.sheets import SheetRefused
from shangheng.engines.evidence.services import DamagedEvidence, UnacceptableFile
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.domain.targets import TargetRefused
from shangheng.engines.ledger.services.posting import CannotReverse
from shangheng.engines.ledger.services.recognition import CannotMove


def register_api() -> None:
    """Called once, when the desk is ready."""
    for part in (figures, postings, recognition, sheet_expected):  # which completes the sheets
        routers.register("targets", part.router)
    routers.register("evidence", evidence.router)
    problems.tell(LinesRefused, postings.lines_refused)
    problems.tell(SheetRefused, sheet_edits.refused)
    problems.tell(TargetRefused, problems.conflict)
    problems.tell(CannotReverse, problems.conflict)
    problems.tell(CannotMove, problems.conflict)
    problems.tell(UnacceptableFile, lambda error: problems.wrong("file", str(error)))
    problems.tell(DamagedEvidence, problems.conflict)
