"""Whom a comment speaks to: login names behind an @."""

import re

_MENTION = re.compile(r"(?<![\w.@-])[@＠]([a-z0-9][a-z0-9._-]*[a-z0-9]|[a-z0-9])", re.IGNORECASE)


def mentioned(text: str) -> tuple[str, ...]:
    """The login names that a text mentions, each once, in small letters; an e-mail address is none.

    >>> mentioned("@li-si 请看，另请@Wang。cc a@b.cn")
    ('li-si', 'wang')
    """
    return tuple(dict.fromkeys(name.lower() for name in _MENTION.findall(text)))
