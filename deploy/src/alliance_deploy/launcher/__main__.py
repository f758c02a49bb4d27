"""`python -m alliance_deploy.launcher [--demo]`: the launcher as it runs in the background."""

import asyncio
import sys

from alliance_deploy.cli.troubles import TOLD
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.progress import Progress
from alliance_deploy.launcher.up import stay_up

try:
    asyncio.run(stay_up(Place.find(), Progress(live=False), demo="--demo" in sys.argv))
except TOLD as trouble:
    sys.exit(str(trouble))
