"""The issuer as an application."""

from fastapi import FastAPI

from alliance.web.pages.assets import assets_router
from alliance_deploy.issuer.describing import describing
from alliance_deploy.issuer.desk import Desk
from alliance_deploy.issuer.giving import giving
from alliance_deploy.issuer.guarding import Guarded
from alliance_deploy.issuer.pages.rendering import Pages
from alliance_deploy.issuer.pages.starting import starting
from alliance_deploy.issuer.signing_in import signing_in
from alliance_deploy.issuer.signing_out import signing_out

LARGEST_BODY = 65_536


def build(desk: Desk) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, max_body_size=LARGEST_BODY)
    pages = Pages(desk)
    for router in (
        describing(desk),
        starting(desk, pages),
        signing_in(desk, pages),
        giving(desk),
        signing_out(desk, pages),
        assets_router(),
    ):
        app.include_router(router)
    origins = [client.origin for client in desk.clients.values() if client.origin]
    app.add_middleware(Guarded, issuer=desk.issuer, origins=origins)
    return app
