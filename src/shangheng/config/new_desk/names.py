"""What a new desk is called, in code, in Chinese and in English; every other word follows from it."""

import keyword
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from string import Template

from shangheng.config.new_desk.rooms import sources

CODE = re.compile(r"[a-z]{3,30}")
THING = re.compile(r"[a-z]+(?:_[a-z]+)*")
UNSAFE = re.compile(r"[\"'\\{}<>%$:#\n]")
CHINESE = re.compile(r"[\u3400-\u9fff]")
IDENTIFIER = re.compile(r"(?<![$\w{])[A-Za-z_]\w*")


class NotANewDesk(ValueError):
    """A desk that cannot be made, with everything that is wrong in Chinese and in English."""

    def __init__(self, faults: Collection[str]) -> None:
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Taken:
    """What other rooms are called already, each word with where it is taken."""

    desks: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Names:
    """The words that a person gives: codes (`desk`, `thing`, `things`) and titles."""

    desk: str
    title: str
    title_en: str
    thing: str
    things: str
    thing_title: str
    thing_title_en: str
    things_title_en: str
    icon: str = "list-check"
    order: int = 100
    editor: str = "section_head"

    @property
    def class_name(self) -> str:
        """The name of the table in code: training_course → TrainingCourse."""
        return "".join(part.capitalize() for part in self.thing.split("_"))

    @property
    def route(self) -> str:
        """The page of one of them."""
        return self.thing.replace("_", "-")

    @property
    def routes(self) -> str:
        """The page of the list."""
        return self.things.replace("_", "-")

    def words(self) -> dict[str, str]:
        """Everything that a template may ask for."""
        one, many = _lower(self.thing_title_en), _lower(self.things_title_en)
        return {
            "desk": self.desk,
            "Desk": self.desk.capitalize(),
            "desk_words": _lower(self.title_en),
            "title": self.title,
            "title_en": self.title_en,
            "thing": self.thing,
            "things": self.things,
            "Thing": self.class_name,
            "model": self.class_name.lower(),
            "route": self.route,
            "routes": self.routes,
            "thing_words": one,
            "things_words": many,
            "thing_title": self.thing_title,
            "thing_title_en": self.thing_title_en,
            "things_title_en": self.things_title_en,
            "thing_title_lower": one,
            "things_title_lower": many,
            "icon": self.icon,
            "order": str(self.order),
            "editor": self.editor,
        }

    def render(self, text: str) -> str:
        """A template with these names in it. Raises KeyError for a word that there is not."""
        return Template(text).substitute(self.words())


def check(names: Names, taken: Taken) -> None:
    """Raises NotANewDesk with all that keeps the names from being used."""
    faults = [*_codes(names), *_titles(names), *_clashes(names, taken)]
    if faults:
        raise NotANewDesk(faults)


def _codes(names: Names) -> list[str]:
    faults = []
    if not CODE.fullmatch(names.desk) or keyword.iskeyword(names.desk):
        faults.append(
            f"“{names.desk}”不能作业务台的代码:只用3至30个小写字母,例如 training。"
            " The code of a desk is 3 to 30 small letters."
        )
    for option, word in (("--thing", names.thing), ("--things", names.things)):
        if not THING.fullmatch(word) or keyword.iskeyword(word):
            faults.append(
                f"{option} “{word}”不能用:只用小写字母和下划线,例如 training_course。"
                f" {option} is small letters, with underscores between words."
            )
    if names.thing == names.things:
        faults.append("--thing 与 --things 相同。 --thing and --things must differ.")
    return faults


def _titles(names: Names) -> list[str]:
    faults = []
    for option, text in (("--title", names.title), ("--thing-title", names.thing_title)):
        if not CHINESE.search(text) or UNSAFE.search(text):
            faults.append(
                f"{option} “{text}”须是中文,不含引号、括号等符号。"
                f" {option} is in Chinese, without quotes or braces."
            )
    english = {
        "--title-en": names.title_en,
        "--thing-title-en": names.thing_title_en,
        "--things-title-en": names.things_title_en,
    }
    for option, text in english.items():
        if not re.search(r"[A-Za-z]", text) or CHINESE.search(text) or UNSAFE.search(text):
            faults.append(
                f"{option} “{text}”须是英文,不含引号、括号等符号。"
                f" {option} is in English, without quotes or braces."
            )
    return faults


def _clashes(names: Names, taken: Taken) -> list[str]:
    used = {word for text in sources().values() for word in IDENTIFIER.findall(text)}
    faults = []
    if names.class_name in used | {"None", "True", "False"}:
        faults.append(
            f"--thing “{names.thing}”与生成的程序里的“{names.class_name}”重名,请换一个。"
            f" The code of every desk uses {names.class_name} already; choose another word."
        )
    wanted = [
        ("NAME", names.desk, taken.desks),
        ("--thing", names.route, taken.things),
        ("--things", names.routes, taken.things),
        ("--things", names.things, taken.things),
        ("--title", names.title, taken.titles),
    ]
    told = {
        f"{option} “{word}”已被占用:{places[word]}。 {option} {word!r} is taken: {places[word]}."
        for option, word, places in wanted
        if word in places
    }
    return [*faults, *sorted(told)]


def _lower(text: str) -> str:
    """A title within a sentence: its first letter small, unless it begins with an acronym."""
    first = text.split()[0] if text.split() else ""
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]
