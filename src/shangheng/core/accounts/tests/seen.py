"""What a form sends along of what its reader saw."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="(version|initial-[^"]+)"(?: value="([^"]*)")?')


def seen(client: Client, path: str) -> dict[str, str]:
    """The version and the values that the first form of a page carries."""
    found: dict[str, str] = {}
    for name, value in HIDDEN.findall(client.get(path).content.decode()):
        found.setdefault(name, value)
    return found


def send(client: Client, path: str, typed: Mapping[str, object]) -> Any:
    """Open the form at an address, type and send it."""
    return client.post(path, {**seen(client, path), **typed})
