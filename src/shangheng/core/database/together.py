"""Many tables made in one go, so that a new installation is ready in seconds.

Django renders every related model anew after each operation of a migration: with a hundred tables
that is nine tenths of the time of `migrate`. Here the models of all operations are rendered once.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Migration operation: make the tables of `operations`, which may refer to each other."""

    reduces_to_sql = True
    reversible = True
    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """How the operation is written down."""
        return self.__class__.__qualname__, [], {"operations": list(self.operations)}

    def describe(self) -> str:
        """One line for `migrate`."""
        return "Create " + ", ".join(operation.name for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to a state that is not rendered; who asks for its models renders all once."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the tables, the last first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)
