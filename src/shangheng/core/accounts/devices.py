"""Browsers and systems in words."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "HarmonyOS"),
    (r"Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)
BROWSERS = (
    (r"MicroMessenger/", _("微信")),
    (r"DingTalk/", _("钉钉")),
    (r"Edg/", "Edge"),
    (r"Firefox/", "Firefox"),
    (r"Chrome/", "Chrome"),
    (r"Safari/", "Safari"),
)


def device_words(agent: str) -> str:
    """What a browser says of itself, in words: “Windows 上的 Edge”."""
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, agent)), "")
    browser = next((str(name) for pattern, name in BROWSERS if re.search(pattern, agent)), "")
    if system and browser:
        return gettext("%(system)s上的%(browser)s") % {"system": system, "browser": browser}
    return system or browser or gettext("未知设备")
