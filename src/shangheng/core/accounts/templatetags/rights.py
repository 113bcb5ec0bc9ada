"""What the reader of a page may open."""

from django import template
from django.http import Http404
from django.urls import resolve

from shangheng.core.accounts.middleware import may_open
from shangheng.core.accounts.models import User

register = template.Library()


@register.filter
def opens(user: User, url: str) -> bool:
    """Whether `user` has the permission of the page at an address of the platform."""
    try:
        return may_open(user, resolve(url.partition("?")[0]).func)
    except Http404:
        return False
