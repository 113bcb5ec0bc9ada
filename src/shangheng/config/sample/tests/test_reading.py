"""A slip in the files is refused with the file, the row and the reason."""

import shutil
from pathlib import Path

import pytest

from shangheng.config.sample.facts import FOLDER, load_sample
from shangheng.config.sample.model import BadSample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in (*FOLDER.glob("*.yaml"), *FOLDER.glob("*.csv")):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("dongxihu-2021.yaml", "months: 24.1 19.3", "months: 24.2 19.3", "add up to 385.7"),
        ("dongxihu-2021.yaml", "months: 24.1 19.3", "months: 24.1 - 19.3", "13 months"),
        ("dongxihu-2021.yaml", 'amount: "65"', "amount: 65", "must be quoted"),
        ("dongxihu-2021.yaml", 'amount: "65"', 'amount: "NaN"', "is not a number"),
        ("dongxihu-2021.yaml", "batch: skyworth", "batch: nowhere", "no batch 'nowhere'"),
        ("dongxihu-2021.yaml", "reason: platform_debt", "reason: bad_luck", "bad_luck"),
        ("dongxihu-2021.yaml", "sector: industrial", "sector: mining", "sector”没有“mining”"),
        ("dongxihu-2021.yaml", "unit: xfb", "unit: xyz", "org unit 'xyz' does not exist"),
        ("dongxihu-2021.yaml", "foreign.fdi", "foreign.lent", "foreign.lent"),
        ("dongxihu-2021.yaml", "outcome: claimed", "outcome: lost", "outcome 'lost'"),
        ("dongxihu-2021.yaml", "voucher: work_log", "voucher: gossip", "no voucher"),
        ("dongxihu-2021.yaml", 'rejected: "1.6"', 'rejected: "2.5"', "moves more than"),
        ("dongxihu-2021.yaml", 'value: "107", measure: 位', 'value: "107", measure: 家', "位"),
        ("dongxihu-2021.yaml", "note: stated, sample: false", "note: stated", "in one act"),
        ("published.csv", "217.08,亿元", "许多,亿元", "states no number"),
        ("published.csv", "F023,trade.total", "F023,trade.sum", "trade.sum"),
        ("published.csv", "F024,", "F023,", "F023 twice"),
        ("published.csv", "217.08,亿元", "217.08,亿美元", "no measure of 亿元"),
        ("published.csv", ",growth,,2021", ",speed,,2021", "measure 'speed'"),
        ("published.csv", ",growth,,2021", ",growth,,21", "时期“21”"),
        ("targets.csv", ",challenge,726,", ",heroic,726,", "no tier 'heroic'"),
        ("targets.csv", "726,亿元", "726,万元", "in 万元 instead of 亿元"),
        ("targets.csv", "T18:00:00+08:00", "T18:00:00", "no time zone"),
        ("growth_points.csv", "2000,2500", "2500,2000", "no range"),
        ("people.yaml", "role: auditor", "role: king", "no role 'king'"),
        ("org_units.yaml", "parent: swj,", "parent: nobody,", "does not stand before it"),
    ],
)
def test_a_slip_is_named(folder: Path, name: str, old: str, new: str, says: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadSample, match=says):
        load_sample(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "targets.csv").unlink()
    with pytest.raises(BadSample, match=r"targets\.csv"):
        load_sample(folder)
