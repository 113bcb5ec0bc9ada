"""How Chinese characters sound, and which strings are words: read from the data files of pypinyin.

The package itself keeps the readings of 47,000 phrases, 42 MB of which nothing is needed here but the phrases.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_PHRASE = re.compile(r'"([\u4e00-\u9fff]{2,4})":')
_LOOSE = re.compile(r"^([zcs])h|(?<=n)g$")


@cache
def _folder() -> Path:
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    return Path(spec.origin).parent


@cache
def _readings() -> dict[str, str]:
    """The first reading of each common character, without its tone."""
    listed: dict[str, str] = json.loads(
        (_folder() / "pinyin_dict.json").read_text(encoding="utf-8")
    )
    return {
        chr(int(code)): _toneless(first)
        for code, readings in listed.items()
        if 0x4E00 <= int(code) <= 0x9FFF and (first := readings.partition(",")[0])
    }


@cache
def _toneless(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable.replace("ü", "v").replace("ǖ", "v"))
    return "".join(c for c in letters.replace("u\u0308", "v") if not unicodedata.combining(c))


@cache
def _phrases() -> frozenset[str]:
    """Every phrase of two to four characters that the dictionary has."""
    listed = (_folder() / "phrases_dict.json").read_text(encoding="utf-8")
    return frozenset(_PHRASE.findall(listed))


def sound(character: str) -> str:
    """How a character sounds, without its tone; nothing for what is no common character."""
    return _readings().get(character, "")


@lru_cache(maxsize=1024)
def near(syllable: str) -> str:
    """Sounds that typists mix up taken as one: zh/z, ch/c, sh/s, ng/n."""
    return _LOOSE.sub(r"\1", syllable)


def is_phrase(words: str) -> bool:
    """Whether a string of two to four characters is a phrase of the dictionary."""
    return words in _phrases()
