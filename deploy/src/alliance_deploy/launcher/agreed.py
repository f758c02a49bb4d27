"""The agreement as the launcher uses it: read and checked, compiled into environments, applied to the broker."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alliance_deploy.agreement import Agreement, Manifest, manifests_under
from alliance_deploy.agreement.check import Verdict, check
from alliance_deploy.agreement.environment import Surroundings, environment_of
from alliance_deploy.agreement.load import load_agreement
from alliance_deploy.agreement.output import write_all
from alliance_deploy.agreement.sign_in import told_services
from alliance_deploy.issuer.personas import PersonasWrong, read_personas
from alliance_deploy.launcher.broker import Broker
from alliance_deploy.launcher.keys import ISSUER, jwks_file, signing_key
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.ports import Port
from alliance_deploy.reconcile import Management, Outcome, Plan, Secrets, apply, plan_for
from alliance_deploy.topology import Topology, compile_topology

VHOST = "alliance"


class AgreementRefused(Exception):
    """The agreement does not hold, or a service hears what is not granted; the message has the lines to add."""


class NotEqual(Exception):
    """After applying, broker and agreement still differ."""


@dataclass(frozen=True)
class Agreed:
    place: Place
    agreement: Agreement
    manifests: Mapping[str, Manifest]

    @classmethod
    def read(cls, place: Place, *, demo: bool = False) -> "Agreed":
        """The agreement of the checkout, with the demo's short times laid over it if `demo`."""
        overlays = (place.demo_agreement,) if demo else ()
        return cls(place, load_agreement(place.agreement, *overlays), manifests_under(place.checkout))

    @property
    def verdict(self) -> Verdict:
        """Personas that the agreement leaves no role are a remark: only the development sign-in minds them."""
        verdict = check(self.agreement, self.manifests)
        try:
            read_personas(self.place.personas, told_services(self.agreement, {}))
        except PersonasWrong as wrong:
            return replace(verdict, remarks=(*verdict.remarks, *str(wrong).splitlines()))
        return verdict

    def topology(self, broker: tuple[int, int] = (3, 10)) -> Topology:
        """What the broker must hold. Raises `AgreementRefused`."""
        if refusals := self.verdict.refusals:
            raise AgreementRefused("\n".join(("The agreement does not hold.", *refusals)))
        return compile_topology(self.agreement, self.manifests, vhost=VHOST, broker=broker)

    def surroundings(
        self, broker: Broker, store_url: str, ports: Mapping[str, Port], *, pinned: bool = False
    ) -> Surroundings:
        """`pinned`: no issuer runs, services trust the keys that are on disk."""
        sign_in = ports.get("sign-in")
        return Surroundings(
            broker_port=broker.port,
            broker_host=broker.host,
            broker_tls=broker.tls,
            vhost=VHOST,
            mongodb_url=store_url,
            issuer=f"http://localhost:{sign_in.number}" if sign_in else ISSUER,
            jwks_file=jwks_file(self.place.secrets),
            sign_in_folder=self.place.environment,
            client_secrets=self.place.clients,
            pinned=pinned,
            ports={name: port.number for name, port in ports.items()},
        )

    def compile(self, around: Surroundings) -> dict[str, dict[str, str]]:
        """Write everything the agreement compiles to; the variables of each service."""
        folder = self.place.environment
        signing_key(self.place.secrets)
        write_all(folder, self.agreement, self.manifests, self.topology(), around, self._secrets)
        return {name: environment_of(name, self.agreement, around, self._secrets) for name in self.agreement.services}

    async def plan(self, broker: Broker) -> Plan:
        """What `apply` would do."""
        async with Management(broker.management_url, *broker.admin) as management:
            topology = self.topology(await management.version())
            return await plan_for(topology, management, self._secrets, operators=self.agreement.broker.operators)

    async def apply(self, broker: Broker) -> Outcome:
        """Make the broker equal to the agreement. Raises `NotEqual` when something could not be done."""
        async with Management(broker.management_url, *broker.admin) as management:
            outcome = await apply(
                self.topology(await management.version()),
                management,
                self._secrets,
                amqp_url=broker.url(VHOST),
                operators=self.agreement.broker.operators,
            )
        if not outcome.equal:
            raise NotEqual("\n".join(("Broker and agreement still differ:", *outcome.kept, str(outcome.remaining))))
        return outcome

    @property
    def _secrets(self) -> Secrets:
        return Secrets(self.place.secrets / "broker")
