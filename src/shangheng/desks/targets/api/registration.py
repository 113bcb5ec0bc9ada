"""Brings the desk's operations, and says how its refusals are told."""

from shangheng.core.api import problems, routers
from shangheng.desks.targets.api import evidence, figures, postings, recognition, sheets
from shangheng.engines.evidence.services import DamagedEvidence, UnacceptableFile
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.services.posting import CannotReverse
from shangheng.engines.ledger.services.recognition import CannotMove


def register_api() -> None:
    """Called once, when the desk is ready."""
    for router in (figures.router, postings.router, recognition.router, sheets.router):
        routers.register("targets", router)
    routers.register("evidence", evidence.router)
    problems.tell(LinesRefused, postings.lines_refused)
    problems.tell(CannotReverse, problems.conflict)
    problems.tell(CannotMove, problems.conflict)
    problems.tell(UnacceptableFile, lambda error: problems.wrong("file", str(error)))
    problems.tell(DamagedEvidence, problems.conflict)
