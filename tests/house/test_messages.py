"""The tool that keeps the English catalogue: what it finds, what it complains of."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from scripts import messages

CODE = """
from django.utils.translation import gettext as _, ngettext
TITLE = _("实际到位资金")
def count(n: int) -> str:
    return ngettext("%(n)s 个项目", "%(n)s 个项目", n) % {"n": n}
"""
TEMPLATE = """{% translate "口径(说明)" %} {{ value|default:_("缺") }}
{% blocktranslate trimmed with who=actor %}
  由 {{ who }} 填报
{% endblocktranslate %}"""
ENGLISH: dict[str, str | tuple[str, str]] = {
    "实际到位资金": "Capital in place",
    "%(n)s 个项目": ("one project", "%(n)s projects"),
    "口径(说明)": "Scope (note)",
    "缺": "missing",
    "由 %(who)s 填报": "posted by %(who)s",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one module and one template, and no catalogue yet."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "en" / "django.po")
    return tmp_path


def translate(changes: dict[str, str] | None = None) -> None:
    """Fill the stored catalogue as a translator would, and run the tool again."""
    catalogue = messages.merged()
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text:
            message.string = {**ENGLISH, **(changes or {})}[text]
    with messages.CATALOGUE.open("wb") as file:
        write_po(file, catalogue)
    messages.main()


@pytest.mark.usefixtures("package")
def test_new_texts_are_collected_and_reported_until_they_are_translated() -> None:
    assert messages.problems() == ["django.po is missing: run make messages"]
    assert messages.main() == 1
    assert len(messages.problems()) == len(ENGLISH)
    translate()
    assert messages.problems() == []


@pytest.mark.usefixtures("package")
def test_the_compiled_catalogue_speaks_english() -> None:
    messages.main()
    translate()
    with messages.CATALOGUE.with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("口径(说明)") == "Scope (note)"
    assert english.ngettext("%(n)s 个项目", "%(n)s 个项目", 1) == "one project"


@pytest.mark.usefixtures("package")
def test_a_lost_placeholder_is_reported() -> None:
    messages.main()
    translate({"由 %(who)s 填报": "posted by somebody"})
    assert [line.split(":")[0] for line in messages.problems()] == [
        "other placeholders than the text"
    ]


def test_a_text_that_is_gone_and_an_old_binary_are_reported(package: Path) -> None:
    messages.main()
    translate()
    (package / "templates" / "page.html").write_text("", encoding="utf-8")
    messages.CATALOGUE.with_suffix(".mo").write_bytes(b"")
    kinds = {line.split(":")[0] for line in messages.problems()}
    assert kinds == {"no longer used", "django.mo is not up to date"}
    assert messages.main() == 0
