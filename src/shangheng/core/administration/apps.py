"""The administration app: lists of people and the logs, above the lists that they are shown by."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Registers its lists, and how the audit tells of logins."""

    name = "shangheng.core.administration"
    label = "administration"

    def ready(self) -> None:
        """Register the lists; have details of logins told in words."""
        from shangheng.core.accounts.devices import device_words
        from shangheng.core.administration import words
        from shangheng.core.administration.listings.logins import LOGINS
        from shangheng.core.administration.listings.operations import OPERATIONS
        from shangheng.core.administration.listings.people import PEOPLE
        from shangheng.core.administration.listings.sessions import SESSIONS
        from shangheng.core.audit import wording
        from shangheng.core.lists.registry import register

        register(PEOPLE, OPERATIONS, LOGINS, SESSIONS)
        wording.register(words.way_words, "way")
        wording.register(words.reason_words, "reason")
        wording.register(device_words, "device")
