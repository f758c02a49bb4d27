"""`python -m alliance_deploy.cli`, the same as `alliance`."""

from alliance_deploy.cli import app

app()
