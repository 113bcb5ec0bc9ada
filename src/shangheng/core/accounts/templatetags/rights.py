"""What the reader of a page may open."""

from django import template

from shangheng.core.accounts.middleware import may_follow

register = template.Library()
register.filter("opens", may_follow)
