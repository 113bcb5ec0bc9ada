"""The English catalogue: collected from code and templates, checked, compiled.

Texts are written in Chinese where they are used, and are the keys of the catalogue
`src/shangheng/locale/en/LC_MESSAGES/django.po`. `make messages` adds new texts to it (empty, to
be translated), drops those that are gone, and compiles it. No gettext programs are needed.
"""

import argparse
import ast
import re
import string
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "shangheng"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# function → positions of context, text and plural among its arguments
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "say": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL = re.compile(r"\b(?:n?p?gettext|_)\(")

Text = tuple[str | None, str, str | None]
"""Context, text, plural."""


def texts_of(tree: ast.AST) -> Iterator[Text]:
    """The translatable texts of Python code; calls on anything but plain text are passed over."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in FUNCTIONS:
            continue
        context, text, plural = (_constant(node, position) for position in FUNCTIONS[name])
        if text is not None:
            yield context, text, plural


def _constant(call: ast.Call, position: int | None) -> str | None:
    if position is None or position >= len(call.args):
        return None
    argument = call.args[position]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


def texts_of_template(source: str, origin: str) -> Iterator[Text]:
    """The translatable texts of a template, by Django's own reading of it."""
    code = templatize(source, origin)
    for match in CALL.finditer(code):
        end = code.find(")", match.end())
        while end >= 0:
            try:
                tree = ast.parse(code[match.start() : end + 1], mode="eval")
            except SyntaxError:  # a bracket within the text: the call ends later
                end = code.find(")", end + 1)
            else:
                yield from texts_of(tree)
                break


def collected() -> Catalog:
    """A catalogue of every text of the package, untranslated, with the files that use it."""
    catalogue = Catalog(locale="en")
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.svg")]):
        if "tests" in file.parts or "static" in file.parts:
            continue
        source = file.read_text(encoding="utf-8")
        place = file.relative_to(PACKAGE).as_posix()
        found = (
            texts_of(ast.parse(source))
            if file.suffix == ".py"
            else texts_of_template(source, place)
        )
        for context, text, plural in found:
            key = (text, plural) if plural is not None else text
            catalogue.add(key, locations=[(place, 0)], context=context)
    return catalogue


def stored() -> Catalog:
    """The catalogue as it is in the repository; an empty one when there is none."""
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def merged() -> Catalog:
    """What the code says now, with the translations there are."""
    catalogue = stored()
    catalogue.update(collected(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as Django loads it."""
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def placeholders(text: str) -> set[str]:
    """What is filled into a text: `%(name)s`, `%s` and `{name}`."""
    percent = set(re.findall(r"%(?:\(\w+\))?[sdif]", text.replace("%%", "")))
    try:
        return percent | {
            f"{{{field}}}" for _, field, _, _ in string.Formatter().parse(text) if field
        }
    except ValueError:  # a lone brace, which is text
        return percent


def problems() -> list[str]:
    """What is wrong with the stored catalogue, each in one line."""
    if not CATALOGUE.exists():
        return [f"{CATALOGUE.name} is missing: run make messages"]
    found = []
    now, kept = collected(), stored()
    for message in _real(now):
        translation = kept.get(message.id, message.context)
        if translation is None:
            found.append(f"not in the catalogue: {message.id!r}")
        else:
            found.extend(_faults(translation))
    found += [f"no longer used: {m.id!r}" for m in _real(kept) if now.get(m.id, m.context) is None]
    binary = CATALOGUE.with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != compiled(kept):
        found.append(f"{binary.name} is not up to date")
    return found


def _real(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _faults(message: Message) -> Iterator[str]:
    originals = _forms(message.id)
    translations = _forms(message.string)
    if message.fuzzy or not all(translations):
        yield f"not translated: {message.id!r}"
        return
    wanted = set[str]().union(*map(placeholders, originals))
    for translation in translations:
        # a plural form may leave the number out: “one project”
        missing = wanted - placeholders(translation) if len(originals) == 1 else set()
        if missing or placeholders(translation) - wanted:
            yield f"other placeholders than the text: {message.id!r} → {translation!r}"


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def fill(catalogue: Catalog, translations: Mapping[str, str]) -> None:
    """Give texts that have no translation yet the one that stands in `translations`."""
    for message in _real(catalogue):
        if isinstance(message.id, str) and not message.string:
            message.string = translations.get(message.id, "")


def main(argv: Sequence[str] = ()) -> int:
    """Renew the stored catalogue and compile it; print what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fill", type=Path, help="YAML file of translations for empty texts")
    arguments = parser.parse_args(argv)
    catalogue = merged()
    if arguments.fill:
        fill(catalogue, yaml.safe_load(arguments.fill.read_text(encoding="utf-8")))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(
            file, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False
        )
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(stored()))
    left = problems()
    sys.stdout.write("".join(f"{line}\n" for line in left) or "译文齐全 every text is translated\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
