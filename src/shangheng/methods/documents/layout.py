"""The page of GB/T 9704-2012 (党政机关公文格式), in millimetres and points."""

from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width

from shangheng.methods.documents.numbering import written_date

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM = 37, 28  # 天头, 订口
TYPE_AREA_MM = (156, 225)
RIGHT_MM = PAGE_MM[0] - LEFT_MM - TYPE_AREA_MM[0]
BOTTOM_MM = PAGE_MM[1] - TOP_MM - TYPE_AREA_MM[1]

LINES, CHARACTERS = 22, 28
BODY_PT = 16.0  # 三号
TITLE_PT = 22.0  # 二号
PAGE_NUMBER_PT = 14.0  # 四号
TABLE_PT = 10.5  # 五号
TABLE_PITCH_PT = 16.0
PITCH_PT = 28.95  # 22 lines are 636.9 pt; the type area is 637.8 pt high
TRACKING_PT = (
    -0.25
)  # 28 characters of 16 pt are 448 pt, the type area is 442.2 pt wide: set tighter
CHARACTER_PT = BODY_PT + TRACKING_PT

# The dash beside the page number lies 7 mm below the type area (7.5); it is in the middle of a
# line as high as its characters.
PAGE_NUMBER_DROP_MM = 7 - PAGE_NUMBER_PT * 25.4 / 72 / 2
PAGE_NUMBER_FROM_EDGE_MM = BOTTOM_MM - PAGE_NUMBER_DROP_MM - PAGE_NUMBER_PT * 25.4 / 72


@dataclass(frozen=True)
class Signature:
    """Issuer and date with the space kept free at their right, in characters."""

    issuer: str
    date: str
    issuer_right: float
    date_right: float


def signature(issuer: str, day: date) -> Signature:
    """Place the signature block of a document without seal (GB/T 9704-2012, 7.3.5.2).

    The issuer ends two characters before the right edge, the date begins two characters after the
    issuer begins; if the date would then come too far right, the date keeps the two characters.
    """
    written = written_date(day)
    issuer_width, date_width = _width(issuer), _width(written)
    date_right = max(2.0, issuer_width - date_width)
    return Signature(issuer, written, date_right + date_width + 2 - issuer_width, date_right)


def _width(text: str) -> float:
    """Width in characters: half a character for Latin letters and digits."""
    return sum(1.0 if east_asian_width(each) in "WFA" else 0.5 for each in text)
