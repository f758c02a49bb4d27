"""structlog without its pretty printer, which would load rich and pygments (0.25 CPU-s) wherever they are installed."""

import sys

_first = "rich" not in sys.modules and "structlog" not in sys.modules
if _first:
    sys.modules["rich"] = None  # type: ignore[assignment]
try:
    import structlog
finally:
    if _first:
        del sys.modules["rich"]

__all__ = ["structlog"]
