"""Whether Redis answers: asked by ``doctor`` and by ``/readyz``."""

from redis import Redis, RedisError

ANSWERS_WITHIN = 3  # seconds


def redis_answers(url: str) -> str:
    """Return ``ok``, or what Redis said instead, which may hold its address but no password."""
    try:
        Redis.from_url(url, socket_connect_timeout=ANSWERS_WITHIN).ping()
    except (RedisError, ValueError) as error:
        return str(error)
    return "ok"
