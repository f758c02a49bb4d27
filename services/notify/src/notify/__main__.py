"""`python -m notify serve | manifest`."""

from notify.main import service

service.main()
