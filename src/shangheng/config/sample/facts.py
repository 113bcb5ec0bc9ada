"""The sample year “Dongxihu 2021”, read from the files beside this module.

Nothing is written here: `load_sample()` gives plain values, in the order in which the services of
the ledger take them.
"""

from pathlib import Path

from shangheng.config.sample.batches import FILE, batches
from shangheng.config.sample.checks import check
from shangheng.config.sample.model import (
    BadSample,
    Sample,
    SampleGrowthPoint,
    SamplePerson,
    SamplePublished,
    SampleTarget,
    SampleUnit,
)
from shangheng.config.sample.reading import (
    Row,
    csv_rows,
    day,
    decimal,
    decimal_or_none,
    each,
    instant,
    instant_or_none,
    yaml_file,
)

FOLDER = Path(__file__).parent


def load_sample(folder: Path = FOLDER) -> Sample:
    """The sample year, checked against the rules and against itself. Raises BadSample."""
    year = yaml_file(folder / FILE)
    try:
        area, published = year["area"], year["published"]
        sample = Sample(
            title=published["title"],
            published_at=instant(published["recorded_at"]),
            area=area,
            units=each("org_units.yaml", yaml_file(folder / "org_units.yaml"), _unit),
            people=each("people.yaml", yaml_file(folder / "people.yaml"), _person),
            batches=batches(year),
            published=each(
                "published.csv",
                csv_rows(folder / "published.csv"),
                lambda row: SamplePublished(area=area, **row),
            ),
            targets=each("targets.csv", csv_rows(folder / "targets.csv"), _target),
            growth_points=each(
                "growth_points.csv", csv_rows(folder / "growth_points.csv"), _growth_point
            ),
        )
    except (KeyError, TypeError) as error:
        raise BadSample(f"{FILE}: {error!r}") from error
    check(sample)
    return sample


def _unit(row: Row) -> SampleUnit:
    return SampleUnit(row["code"], row["zh"], row["en"], row["parent"] or "", row["sample"])


def _person(row: Row) -> SamplePerson:
    return SamplePerson(row["username"], row["display_name"], row["unit"], row["role"])


def _target(row: Row) -> SampleTarget:
    return SampleTarget(
        year=int(row["year"]),
        indicator=row["indicator"],
        tier=row["tier"],
        value=decimal(row["value"]),
        unit=row["unit"],
        growth=decimal_or_none(row["growth"]),
        base=decimal_or_none(row["base"]),
        base_period=row["base_period"],
        base_known_at=instant_or_none(row["base_known_at"]),
        base_source=row["base_source"],
        place=row["place"],
        figures=tuple(row["figures"].split()),
    )


def _growth_point(row: Row) -> SampleGrowthPoint:
    return SampleGrowthPoint(
        year=int(row["year"]),
        indicator=row["indicator"],
        subject=row["subject"],
        low=decimal(row["low"]),
        high=decimal(row["high"]),
        unit=row["unit"],
        date=day(row["date"]),
        probability=decimal(row["probability"]),
        place=row["place"],
        figures=tuple(row["figures"].split()),
        note=row["note"],
    )
