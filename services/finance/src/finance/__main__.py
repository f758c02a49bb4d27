"""`python -m finance serve | manifest`."""

from finance.main import service

service.main()
