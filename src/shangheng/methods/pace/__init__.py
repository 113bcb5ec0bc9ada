"""序时进度 (pace): progress against time, seasonal shares, and where the year will end."""

from shangheng.methods.pace.accuracy import Replay, coverage, mean_absolute_error, replay
from shangheng.methods.pace.months import History, Months, january_in_february, year_to_date
from shangheng.methods.pace.projection import BackTest, Projection, project
from shangheng.methods.pace.rules import Method
from shangheng.methods.pace.seasonal import Shares, seasonal_shares
from shangheng.methods.pace.standing import Basis, Plan, Progress, Standing, progress

__all__ = [
    "BackTest",
    "Basis",
    "History",
    "Method",
    "Months",
    "Plan",
    "Progress",
    "Projection",
    "Replay",
    "Shares",
    "Standing",
    "coverage",
    "january_in_february",
    "mean_absolute_error",
    "progress",
    "project",
    "replay",
    "seasonal_shares",
    "year_to_date",
]
