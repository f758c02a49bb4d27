"""The agreement of the virtual organisation as code: read it, check it, compile it, print it."""

from alliance_deploy.agreement.check import Verdict, check
from alliance_deploy.agreement.load import AgreementUnreadable, load_agreement
from alliance_deploy.agreement.manifest import Manifest, by_service, manifests_under, read_manifest
from alliance_deploy.agreement.model import Agreement

__all__ = [
    "Agreement",
    "AgreementUnreadable",
    "Manifest",
    "Verdict",
    "by_service",
    "check",
    "load_agreement",
    "manifests_under",
    "read_manifest",
]
