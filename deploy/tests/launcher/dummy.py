"""A stand-in for a service: answers /health/ready, and ends when told to by its environment."""

import http.server
import os
import signal
import sys
import threading


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


if "DUMMY_STUBBORN" in os.environ:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("dummy starts", flush=True)
if "DUMMY_BROKEN" in os.environ:
    print("the dummy cannot find its settings", flush=True)
    sys.exit(3)
if seconds := os.environ.get("DUMMY_LIVES"):
    threading.Timer(float(seconds), lambda: os._exit(7)).start()
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
