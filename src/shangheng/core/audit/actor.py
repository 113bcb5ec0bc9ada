"""Who acts: all that an audit row needs to know of a person."""

from typing import Protocol


class Actor(Protocol):
    """A person with a stable number, a login name and a name for the screen."""

    @property
    def pk(self) -> int:
        """The stable number of the person."""

    @property
    def username(self) -> str:
        """The login name."""

    @property
    def display_name(self) -> str:
        """The name shown to people."""
