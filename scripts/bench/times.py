"""What a rush took, as benches print it."""

import statistics
from collections.abc import Sequence


def in_words(took: Sequence[float], wall: float, *, done: str, rate: str) -> str:
    """Say how many were ``done`` in ``wall`` seconds, at which ``rate``, and how long each took."""
    ordered = sorted(took)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return (
        f"{len(ordered)} {done} in {wall:.1f} s: {len(ordered) / wall:.1f} {rate}/s, "
        f"p50 {1000 * statistics.median(ordered):.0f} ms, p95 {1000 * p95:.0f} ms, "
        f"longest {1000 * ordered[-1]:.0f} ms"
    )
