"""Pages for people: routes that show templates, forms that keep what was typed, and answers that say what to do."""

from alliance.web.commands import Command, page_doing, public_page_doing
from alliance.web.dependencies import given, may
from alliance.web.pages.days import DayQuestion
from alliance.web.pages.fields import (
    ChoiceQuestion,
    ChoicesQuestion,
    LineQuestion,
    MoneyQuestion,
    PassageQuestion,
    SelectQuestion,
)
from alliance.web.pages.files import FileQuestion
from alliance.web.pages.forms import Form, HiddenField, attempt, sent
from alliance.web.pages.routing import page_router
from alliance.web.pages.shell import Item, Neighbour, Shell
from alliance.web.pages.showing import Show

__all__ = [
    "ChoiceQuestion",
    "ChoicesQuestion",
    "Command",
    "DayQuestion",
    "FileQuestion",
    "Form",
    "HiddenField",
    "Item",
    "LineQuestion",
    "MoneyQuestion",
    "Neighbour",
    "PassageQuestion",
    "SelectQuestion",
    "Shell",
    "Show",
    "attempt",
    "given",
    "may",
    "page_doing",
    "page_router",
    "public_page_doing",
    "sent",
]
