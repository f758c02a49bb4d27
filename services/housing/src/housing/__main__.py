"""`python -m housing serve | manifest`."""

from housing.main import service

service.main()
