"""The collections of this service by the names that its functions use."""

from alliance.store import Documents
from notify.domain.alert import Alert
from notify.domain.digest import Digest
from notify.domain.key_worker import KeyWorker
from notify.domain.message import Message

Alerts = Documents[Alert]
Messages = Documents[Message]
Digests = Documents[Digest]
KeyWorkers = Documents[KeyWorker]
