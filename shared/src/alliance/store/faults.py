"""Which errors of the driver mean that the store is away for now."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    ExecutionTimeout,
    InvalidOperation,
    OperationFailure,
    PyMongoError,
    WriteConcernError,
    WTimeoutError,
)

from alliance.store.errors import StoreUnavailable

DUPLICATE = 11000
_PASSING = {6, 7, 24, 50, 64, 89, 91, 112, 133, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436}
"""Server codes that may be gone a moment later: host unreachable, no primary, shutting down, out of time, conflict."""


@contextmanager
def faults() -> Iterator[None]:
    """Turn errors of the connection into `StoreUnavailable`; mistakes of the programmer stay as they are."""
    try:
        yield
    except PyMongoError as error:
        if not passing(error):
            raise
        raise StoreUnavailable(f"the store did not answer: {type(error).__name__}") from error


def passing(error: PyMongoError) -> bool:
    """Whether the same call may succeed later."""
    match error:
        case ConnectionFailure() | ExecutionTimeout() | WTimeoutError() | WriteConcernError():
            return True
        case InvalidOperation():
            return "after close" in str(error)
        case BulkWriteError():
            failed = (error.details or {}).get("writeErrors", [])
            return all(_fades(each.get("code"), str(each.get("errmsg"))) for each in failed)
        case OperationFailure():
            return _fades(error.code, str(error)) or error.has_error_label("RetryableWriteError")
        case _:
            return error.has_error_label("TransientTransactionError")


def _fades(code: int | None, message: str) -> bool:
    return code in _PASSING or "locked" in message
