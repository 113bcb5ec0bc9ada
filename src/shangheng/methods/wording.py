"""Sentences of code that knows no Django, said in the language of whoever reads them.

Pure code writes its messages in Chinese, through `say`; the web frame tells it once how to
translate (`speak_with`), and until then, as on the command line, they stay Chinese.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str
_language: Callable[[], str | None] = str


def say(text: str, /, **values: object) -> str:
    """`text` in the reader's language, with `%(name)s` filled from `values`; a bare % is written %%.

    `text` has to be a literal: it is the key of the catalogue of translations.
    """
    return _translate(text) % values


def parted(text: str) -> str:
    """`text` with quotation marks within quotation marks written ‘…’ (GB/T 15834-2011, 4.8).

    For sentences that quote a title which may quote something itself. A text whose marks do not pair
    stays as it is.
    """
    depth, found = 0, []
    for sign in text:
        if sign == "”":
            depth -= 1
        inner = depth % 2 == 1
        found.append({"“": "‘", "”": "’"}.get(sign, sign) if inner else sign)
        if sign == "“":
            depth += 1
        if depth < 0:
            return text
    return text if depth else "".join(found)


def language() -> str:
    """The code of the reader's language, empty where none was told: part of the key of what is remembered."""
    return _language() or ""


def named(zh: str, en: str) -> str:
    """The one of two names, as a rule gives them, that is in the reader's language."""
    return en if language().startswith("en") else zh


def after_number(zh: str, en: str) -> str:
    """The name of a unit as it stands after a number: close to it in Chinese, apart in English."""
    name = named(zh, en)
    return name if name == zh else f"\N{NO-BREAK SPACE}{name}"


def speak_with(translate: Callable[[str], str], language: Callable[[], str | None]) -> None:
    """From now on, look every text up with `translate`; `language` is the reader's, as a code."""
    global _translate, _language  # one voice for the whole process, set once at its start
    _translate, _language = translate, language
