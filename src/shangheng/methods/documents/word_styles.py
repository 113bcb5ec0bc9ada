"""Styles and settings of the Word edition, written out in full.

The template that python-docx brings is American: theme fonts, coloured headings, an old
compatibility mode. Its styles and settings are replaced, so that nothing depends on it.
"""

from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from shangheng.methods.documents import layout
from shangheng.methods.documents.fonts import FontNames

_SETTINGS = """
<w:zoom w:percent="100"/>
<w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"
  w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
"""

# No hanging punctuation and no space between Chinese and Latin, so that a line holds 28 characters;
# no control of widows, so that a page holds 22 lines.
_SHARED = (
    '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
)


def twips(points: float) -> int:
    """Points as Word's twentieths of a point."""
    return round(points * 20)


def settings() -> list[BaseOxmlElement]:
    """Settings of a present-day Chinese document with different odd and even pages."""
    return list(parse_xml(f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>"))


def styles(fonts: FontNames) -> list[BaseOxmlElement]:
    """Document defaults and every style in use."""
    centred = _paragraph(keep=True, jc="center")
    small, smaller = layout.PAGE_NUMBER_PT, layout.TABLE_PT
    defaults = f"<w:rPrDefault><w:rPr>{_font(fonts.body)}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    text = [
        f"<w:docDefaults>{defaults}</w:docDefaults>",
        _style("Normal", "Normal", _paragraph(indent=2), _font(fonts.body)),
        _style("Title", "Title", centred, _font(fonts.title, layout.TITLE_PT)),
        _style("Subtitle", "Subtitle", centred, _font(fonts.heading2)),
        _style("BodyFlush", "Body Flush", _paragraph()),
        _style(
            "AnnexLabel", "Annex Label", _paragraph(keep=True, new_page=True), _font(fonts.heading1)
        ),
        _style("Signature", "Signature", _paragraph(jc="right")),
        _style("Caption", "caption", centred, _font(fonts.heading1, small)),
        _style("Footer", "footer", _paragraph(pitch=small), _font(fonts.page, small)),
        _style("TableText", "Table Text", _cell("left"), _font(fonts.body, smaller)),
        _style("TableHead", "Table Head", _cell("center"), _font(fonts.heading1, smaller)),
        _style("TableEnd", "Table End", _paragraph(pitch=1), _font(fonts.body, 1)),
    ]
    for level, font in enumerate((fonts.heading1, fonts.heading2, fonts.body, fonts.body), 1):
        paragraph = _paragraph(keep=True, indent=2, outline=level)
        text += (
            _style(f"Heading{level}", f"heading {level}", paragraph, _font(font)),
            _style(f"Heading{level}Run", f"Heading {level} Run", "", _font(font), "character"),
        )
    return list(parse_xml(f"<w:styles {nsdecls('w')}>{''.join(text)}</w:styles>"))


def _style(key: str, name: str, paragraph: str, run: str = "", kind: str = "paragraph") -> str:
    properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    if key == "Normal":
        default, based = ' w:default="1"', ""
    else:
        default, based = "", '<w:basedOn w:val="Normal"/>' if paragraph else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
        f"<w:qFormat/>{properties}<w:rPr>{run}</w:rPr></w:style>"
    )


def _font(name: str, size: float = layout.BODY_PT) -> str:
    """Run properties: one font for all scripts, and body text set tighter to 28 characters."""
    quoted = quoteattr(name)
    tracking = layout.TRACKING_PT if size == layout.BODY_PT else 0
    return (
        f"<w:rFonts w:ascii={quoted} w:eastAsia={quoted} w:hAnsi={quoted} w:cs={quoted}/>"
        f'<w:spacing w:val="{twips(tracking)}"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    )


def _paragraph(
    *,
    keep: bool = False,
    new_page: bool = False,
    pitch: float = layout.PITCH_PT,
    indent: int = 0,
    jc: str = "both",
    outline: int = 0,
) -> str:
    """Paragraph properties in the order that the schema asks for; `indent` in characters."""
    level = f'<w:outlineLvl w:val="{outline - 1}"/>' if outline else ""
    return (
        ("<w:keepNext/>" if keep else "")
        + ("<w:pageBreakBefore/>" if new_page else "")
        + _SHARED
        + f'<w:spacing w:before="0" w:after="0" w:line="{twips(pitch)}" w:lineRule="exact"/>'
        + f'<w:ind w:firstLineChars="{indent * 100}" '
        + f'w:firstLine="{twips(indent * layout.CHARACTER_PT)}"/>'
        + f'<w:jc w:val="{jc}"/>{level}'
    )


def _cell(jc: str) -> str:
    return (
        f'{_SHARED}<w:spacing w:before="40" w:after="40" w:line="{twips(layout.TABLE_PITCH_PT)}" '
        f'w:lineRule="atLeast"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{jc}"/>'
    )
