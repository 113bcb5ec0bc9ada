"""Industries by GB/T 4754-2017 国民经济行业分类: 20 sections (门类) and 97 divisions (大类)."""

import re
from functools import cache

from shangheng import rules
from shangheng.methods.wording import named

CODE = re.compile(r"[A-T](\d{2,4})?")


@cache
def sections() -> dict[str, dict[str, str]]:
    """Section letter → its names and the range of its divisions."""
    return {row["code"]: row for row in rules.load("industries.yaml")["sections"]}


@cache
def divisions() -> dict[str, str]:
    """Division of two digits → its name."""
    return dict(rules.load("industries.yaml")["divisions"])


def section_of(division: str) -> str:
    """The letter of the section that a division belongs to; empty for none."""
    for letter, row in sections().items():
        if row["first"] <= division <= row["last"]:
            return letter
    return ""


def is_industry(code: str) -> bool:
    """Whether a code is a section (C), a division (C39), a group or a class (C3974).

    Groups and classes are held only against their division.
    """
    if not CODE.fullmatch(code):
        return False
    division = code[1:3]
    return not division or (division in divisions() and section_of(division) == code[0])


def industry_name(code: str) -> str:
    """The name of the division, else of the section, that a code lies in; the code if unknown."""
    if code[1:3] in divisions():
        return divisions()[code[1:3]]
    section = sections().get(code[:1])
    return named(section["zh"], section["en"]) if section else code
