"""`python -m reporting serve | manifest | replay`."""

from reporting.main import service

service.main()
