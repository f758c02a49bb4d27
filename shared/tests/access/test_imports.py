"""Six services start at once on small machines: what signing in needs is loaded when somebody signs in."""

import subprocess
import sys

SLOW = ("authlib", "httpx2")


def test_a_service_starts_without_what_only_signing_in_needs() -> None:
    look = f"import sys, alliance.service.process; print([name for name in {SLOW!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
