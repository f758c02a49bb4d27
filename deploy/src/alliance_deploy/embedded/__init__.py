"""RabbitMQ and the store as private servers beside the checkout: on 127.0.0.1, with ports and folders of their own."""

from alliance_deploy.embedded.rabbitmq import RabbitNode, ServerMissing, find_server
from alliance_deploy.embedded.store import StoreServer

__all__ = ["RabbitNode", "ServerMissing", "StoreServer", "find_server"]
