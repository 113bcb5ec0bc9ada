"""The words of our own findings, from `rules/findings.yaml`, in the language of who reads them."""

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.operations.registry import Finding, Level


def found(code: str, level: Level = Level.ERROR, **values: object) -> Finding:
    """The finding `code` of the rules, filled with `values`; a list is joined as the language does."""
    what, why, mend = (_text(code, part, values) for part in ("what", "why", "mend"))
    return Finding(what, why, mend, level)


def in_both(finding: Finding) -> dict[str, dict[str, str]]:
    """The words of a finding in Chinese and in English."""
    texts = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            parts = ("what", "why", "mend")
            texts[key] = {part: str(getattr(finding, part)) for part in parts}
    return texts


def label(code: str) -> Promise:
    """What a check of ours looks at."""
    return lazystr(_Words(code, "label", {}))


def _text(code: str, part: str, values: dict[str, object]) -> Promise:
    return lazystr(_Words(code, part, values))


class _Words:
    """One text of a finding; becomes words only where it is shown."""

    def __init__(self, code: str, part: str, values: dict[str, object]) -> None:
        self.code, self.part, self.values = code, part, values

    def __str__(self) -> str:
        texts = rules.load("findings.yaml")[self.code][self.part]
        text: str = texts["en" if get_language() == "en" else "zh"]
        values = {
            name: _("、").join(value) if isinstance(value, list) else value
            for name, value in self.values.items()
        }
        return text.format(**values)
