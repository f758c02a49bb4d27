"""Versions as entity tags: what a reader is told, and what `If-Match` of a command gives back."""

from fastapi import Response


def etag(version: int) -> str:
    """`7` → `"7"`, quotes included."""
    return f'"{version}"'


def tag(response: Response, version: int) -> None:
    """Tell the reader which version this is."""
    response.headers["ETag"] = etag(version)
