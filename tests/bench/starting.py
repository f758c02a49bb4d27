"""(f) How long until all services are ready, what they weigh, and what their imports cost."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.ground import ROUNDS, Measured
from tests.cluster import SERVICES, Cluster

IMPORTS = """
import json, resource, sys
__import__(sys.argv[1] + ".main")
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps(used.ru_utime + used.ru_stime))
"""


async def measure(folder: Path) -> list[Measured]:
    from_nothing, when_up, weights = [], [], list[float]()
    for number in range(ROUNDS):
        began = time.perf_counter()
        async with Cluster(folder / f"start-{number}") as cluster:
            servers_up = time.perf_counter()
            await cluster.start()
            from_nothing.append(time.perf_counter() - began)
            when_up.append(time.perf_counter() - servers_up)
            weights.append(max(_resident(cluster.pid(name)) for name in SERVICES))
    imports = [max(_import_seconds(name) for name in SERVICES) for _ in range(ROUNDS)]
    ready, whole, weight, seconds = (statistics.median(each) for each in (when_up, from_nothing, weights, imports))
    return [
        Measured("(f) six services ready, servers up", ready, "s", "≤ 15", ready <= 15),
        Measured("(f) six services ready, from nothing", whole, "s", "≤ 30", whole <= 30),
        Measured("(f) resident, the heaviest service", weight, "MiB", "≤ 120", weight <= 120),
        Measured("(f) CPU of imports, the slowest service", seconds, "s", "≤ 2", seconds <= 2),
    ]


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError("no resident size")


def _import_seconds(service: str) -> float:
    done = subprocess.run([sys.executable, "-c", IMPORTS, service], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout))
