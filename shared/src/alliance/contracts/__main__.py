"""`python -m alliance.contracts`: publish the schemas, or say why not."""

import sys

from alliance.contracts.publication import ContractBroken, publish

try:
    written = publish()
except ContractBroken as broken:
    sys.exit(str(broken))
sys.stdout.write("\n".join(written or ["nothing changed"]) + "\n")
