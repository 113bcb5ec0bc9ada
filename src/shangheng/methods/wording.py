"""Sentences of code that knows no Django, said in the language of whoever reads them.

Pure code writes its messages in Chinese, through `say`; the web frame tells it once how to
translate (`speak_with`), and until then, as on the command line, they stay Chinese.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def say(text: str, **values: object) -> str:
    """`text` in the reader's language, with `%(name)s` filled from `values`; a bare % is written %%.

    `text` has to be a literal: it is the key of the catalogue of translations.
    """
    return _translate(text) % values


def speak_with(translate: Callable[[str], str]) -> None:
    """From now on, look every text up with `translate`."""
    global _translate  # noqa: PLW0603 - one voice for the whole process, set once at its start
    _translate = translate
