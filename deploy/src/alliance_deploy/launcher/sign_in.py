"""What the development issuer is told when it is started."""

from collections.abc import Mapping

from alliance_deploy.launcher.keys import key_file
from alliance_deploy.launcher.place import Place
from alliance_deploy.reconcile.secrets import Secrets

SIGN_IN = "sign-in"
"""Its name among the processes, and of its port."""

MACHINE = "demo"
"""The client that gets tokens without a person: the demo, and `alliance token`."""


def issuer_environment(place: Place, service: Mapping[str, str], port: int) -> dict[str, str]:
    """`service`: the compiled environment of any service, since all are told the same about all."""
    Secrets(place.clients).password(MACHINE)
    return {
        "ALLIANCE_ENVIRONMENT": service["ALLIANCE_ENVIRONMENT"],
        "ALLIANCE_SERVICES": service["ALLIANCE_SERVICES"],
        "ALLIANCE_SIGN_IN_PORT": str(port),
        "ALLIANCE_SIGN_IN_KEY_FILE": str(key_file(place.secrets)),
        "ALLIANCE_SIGN_IN_CLIENTS": str(place.clients),
        "ALLIANCE_SIGN_IN_PERSONAS": str(place.personas),
    }
