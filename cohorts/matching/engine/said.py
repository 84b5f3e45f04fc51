"""Weights as a file or a row states them."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from cohorts.matching.domain.weights import NUMBERS, OPTIONAL
from cohorts.matching.engine.weights import Weights


def weights_from(said: Mapping[str, Any]) -> Weights:
    """Return the weights of a mapping whose faults were looked for."""
    related = {
        (one, other): worth
        for name, worth in said["role_related"].items()
        for one, other in [name.split("|")]
    }
    plain = {name: said[name] for name in NUMBERS}
    plain |= {name: said[name] for name in OPTIONAL if name in said and name != "version"}
    return Weights(
        roles=tuple(said["roles"]),
        role_related=related,
        goal_rank_values=tuple(said["goal_rank_values"]),
        size_thresholds=tuple(said["size_thresholds"]),
        main_language=said["main_language"],
        **plain,
    )


def said_of(weights: Weights) -> dict[str, Any]:
    """Return weights as the file states them."""
    plain = {each.name: getattr(weights, each.name) for each in fields(weights)}
    related = {"|".join(pair): worth for pair, worth in weights.role_related.items()}
    lists = {name: list(plain[name]) for name in ("roles", "goal_rank_values", "size_thresholds")}
    return {"version": 1, **plain, **lists, "role_related": related}
