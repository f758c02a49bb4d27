"""Who may ask for which page of the directory, by the table of who may do what."""

from typing import Annotated

from alliance.access import Access
from alliance.web.pages import Command, may, page_doing

Directory = Annotated[Access, may("directory.read")]
Reading = Annotated[Access, may("entry.read")]
Inbox = Annotated[Access, may("offer.list")]

MayAdd = may("entry.add")
MayImport = may("directory.import")
MayEdit = may("entry.edit")
MayAssure = may("entry.assure")
MayAnswer = may("offer.answer")

Adding = Annotated[Command, page_doing("entry.add")]
Importing = Annotated[Command, page_doing("directory.import")]
Editing = Annotated[Command, page_doing("entry.edit")]
Assuring = Annotated[Command, page_doing("entry.assure")]
Answering = Annotated[Command, page_doing("offer.answer")]
