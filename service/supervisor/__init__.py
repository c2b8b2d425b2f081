"""Keeps an installation's processes alive on one machine and leaves nothing behind."""

from service.supervisor.child import ProcessSpec
from service.supervisor.ports import free_port
from service.supervisor.postgresql import Postgresql
from service.supervisor.redis import redis_over_tcp
from service.supervisor.supervise import supervise

__all__ = ["Postgresql", "ProcessSpec", "free_port", "redis_over_tcp", "supervise"]
