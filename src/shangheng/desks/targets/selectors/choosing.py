"""The indicators to choose from, by section."""

from shangheng.desks.targets import words
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Indicator


def indicator_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators in groups by section."""
    return [
        (section, [(item.code, words.name_of(item)) for item in items])
        for section, items in indicators_by_section()
    ]


def indicators_by_section(text: str = "") -> list[tuple[str, list[Indicator]]]:
    """Indicators whose name, other name or code holds `text`, under the names of their sections."""
    wanted = text.strip().casefold()
    result = []
    for section in catalogue.sections():
        items = [
            item
            for item in catalogue.indicators().values()
            if item.section == section["code"]
            and any(wanted in n.casefold() for n in (item.zh, item.en, item.code, *item.aliases))
        ]
        if items:
            result.append((words.named(section), items))
    return result
