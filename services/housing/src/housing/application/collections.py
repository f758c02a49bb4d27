"""The collections that housing keeps, by the names its use cases speak of."""

from alliance.store import Documents
from housing.domain.home import Home
from housing.domain.placement import Placement

Homes = Documents[Home]
Placements = Documents[Placement]
