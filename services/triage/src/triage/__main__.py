"""`python -m triage serve | manifest`."""

from triage.main import service

service.main()
