"""Tables of the investment desk, where Django looks for them."""

from shangheng.desks.investment.models.leads import Lead
from shangheng.desks.investment.models.projects import Capital, Currency, Kind, Project, Status

__all__ = ["Capital", "Currency", "Kind", "Lead", "Project", "Status"]
