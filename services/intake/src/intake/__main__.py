"""`python -m intake serve | manifest`."""

from intake.main import service

service.main()
