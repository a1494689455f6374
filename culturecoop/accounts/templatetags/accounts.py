"""The names of accounts in templates."""

from django import template

from culturecoop.accounts.retirement import account_name

register = template.Library()
register.filter(account_name)
