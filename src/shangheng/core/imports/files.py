"""Files that the pages hand out."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file to be saved, never to be opened in the page."""

    name: str
    content: bytes
    media_type: str = XLSX

    def response(self) -> HttpResponse:
        """The answer that hands it out."""
        response = HttpResponse(self.content, content_type=self.media_type)
        response["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=self.name) or "attachment"
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
