"""Answering with a file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shangheng.core.exchange.files import File


def attachment(file: File) -> HttpResponse:
    """A file to be saved, never to be opened in the page."""
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
