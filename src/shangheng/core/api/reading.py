"""The description of the API, parted for the page that people read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from shangheng.core.ui.menu import desks

NAMES = {"accounts": _("人员与权限"), "audit": _("审计"), "evidence": _("凭证")}
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Row:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True)
class Answer:
    """One way in which an operation answers."""

    status: str
    about: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Operation:
    """One operation."""

    code: str
    method: str
    path: str
    title: str
    about: str
    permission: str
    parameters: list[Row]
    body: list[Row]
    answers: list[Answer]


@dataclass(frozen=True)
class Section:
    """The operations of one desk."""

    code: str
    operations: list[Operation]

    @property
    def name(self) -> str:
        """What people call it: as the menu does, for a desk."""
        named = {desk.code: desk.label for desk in desks()}
        return str(named.get(self.code) or NAMES.get(self.code, self.code))


def sections(description: Mapping[str, Any]) -> list[Section]:
    """All operations in the order of the description, by their tags."""
    found: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method in METHODS:
            if method in methods:
                told = methods[method]
                operation = _operation(description, path, method, told)
                found.setdefault(told["tags"][0], []).append(operation)
    return [Section(code, operations) for code, operations in found.items()]


def _operation(
    description: Mapping[str, Any], path: str, method: str, told: Mapping[str, Any]
) -> Operation:
    return Operation(
        code=told["operationId"],
        method=method.upper(),
        path=path,
        title=str(told["summary"]),
        about=told.get("description", "").strip(),
        permission=told["x-permission"],
        parameters=[
            Row(
                one["name"],
                kind_of(one["schema"]),
                one.get("required", False),
                str(one.get("description", "")),
            )
            for one in told["parameters"]
        ],
        body=list(_body(description, told.get("requestBody", {}))),
        answers=[_answer(description, status, one) for status, one in told["responses"].items()],
    )


def _body(description: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[Row]:
    for content in body.get("content", {}).values():
        yield from rows_of(description, content["schema"])


def _answer(description: Mapping[str, Any], status: str, told: Mapping[str, Any]) -> Answer:
    whole = resolved(description, told)
    contents = whole.get("content", {}) if status < "300" else {}
    rows = [row for one in contents.values() for row in rows_of(description, one.get("schema", {}))]
    return Answer(status, str(whole["description"]), rows)


def rows_of(
    description: Mapping[str, Any], schema: Mapping[str, Any], before: str = "", depth: int = 3
) -> Iterator[Row]:
    """The fields of a schema, those of parts after them: `lines[].value`."""
    whole = resolved(description, schema)
    if whole.get("type") == "array":
        yield from rows_of(description, whole["items"], f"{before}[]", depth)
        return
    required = set(whole.get("required", ()))
    for name, told in whole.get("properties", {}).items():
        place = f"{before}.{name}" if before else name
        yield Row(place, kind_of(told), name in required, str(told.get("description", "")))
        if depth:
            for part in (told, *told.get("anyOf", ())):
                if "$ref" in part or part.get("type") == "array":
                    yield from rows_of(description, part, place, depth - 1)


def resolved(description: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference leads to; anything else as it is."""
    reference = told.get("$ref")
    if reference is None:
        return told
    found: Mapping[str, Any] = description
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type of a field in a word: `string`, `integer`, `array of PostingOut`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        return " | ".join(str(one) or '""' for one in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(kind_of(one) for one in schema["anyOf"]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"array of {kind_of(schema['items'])}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind
