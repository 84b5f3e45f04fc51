"""Every route, every kind of person, every kind of thing: generated from the URL map."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.consortium.matrix import of_checkin
from tests.consortium.matrix.conftest import Ask, Stage
from tests.consortium.matrix.policies import KINDS, POLICIES, Answer, Policy
from tests.consortium.matrix.worlds import absent

# Who may do what is decided before any row is read: one database tells.
pytestmark = pytest.mark.real_commits
# Signing in tells nobody anything: a wrong token gets the same answer as a used one, and who did
# not ask for a code is sent to ask.
SAME_FOR_ANYONE = {
    "auth.link GET": 200,
    "auth.link POST": 410,
    "auth.code GET": 302,
    "auth.code POST": 302,
    "webhooks.receive POST": 404,  # no consortium of these takes cards
    **of_checkin.AT_KIOSKS,
}
ROUTES = sorted(set(POLICIES) - set(SAME_FOR_ANYONE))
A_FEW = ("stranger", "lead", "coordinator")
FIXED = {"part", "file_format", "consortium", "filename", "report"}
DAYS = {"year", "month", "closed_month"}


def test_every_route_and_method_stands_in_the_table(stage: Stage) -> None:
    routes = {
        f"{rule.endpoint} {method}"
        for rule in stage.app.url_map.iter_rules()
        if not rule.endpoint.endswith("static")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert routes == set(POLICIES)


@pytest.mark.parametrize("route", ROUTES)
def test_each_kind_of_person_gets_what_the_table_says(stage: Stage, ask: Ask, route: str) -> None:
    differs = {}
    for kind in KINDS:
        path = path_of(stage, route, stage.here.named)
        asked = ask(kind, route.split()[1], path, POLICIES[route].sent)
        expected = POLICIES[route].answer(kind)
        if kind_of(asked.response) is not expected:
            differs[kind] = (expected, asked.response.status)
        elif expected is not Answer.ALLOWED and asked.kept:
            differs[kind] = (expected, f"kept {asked.kept}")

    assert differs == {}


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_not_there_or_not_ours_is_not_found(stage: Stage, ask: Ask, route: str) -> None:
    parameters = rule_of(stage, route).arguments - FIXED
    if not parameters:
        return
    differs = {}
    for name, values in things(stage, POLICIES[route], parameters).items():
        path = path_of(stage, route, values)
        for kind in asking(POLICIES[route], name):
            asked = ask(kind, route.split()[1], path, POLICIES[route].sent)
            told = name.split(" of ")[0] in POLICIES[route].told_on_page
            expected = POLICIES[route].answer(kind, exists=told)
            if kind_of(asked.response) is not expected:
                differs[name, kind] = (expected, asked.response.status)
            elif asked.kept:
                differs[name, kind] = (expected, f"kept {asked.kept}")
            assert "of hillside" not in asked.response.text

    assert differs == {}


@pytest.mark.parametrize(("route", "status"), SAME_FOR_ANYONE.items())
def test_signing_in_says_the_same_to_everyone(
    stage: Stage, ask: Ask, route: str, status: int
) -> None:
    for kind in KINDS:
        asked = ask(kind, route.split()[1], path_of(stage, route, stage.here.named), {})
        assert asked.response.status_code == status


def asking(policy: Policy, name: str) -> Sequence[str]:
    """Return who asks for this: who may most, and who may or is looked for before being refused.

    Whoever is refused before anything is looked up asks for what is another's alone.
    """
    few = ("coordinator",) if name == "absent" else A_FEW
    if " of " in name:
        few = tuple(kind for kind in few if policy.answer(kind) is not Answer.FORBIDDEN)
    return (*few, *({"nobody", "member"} & policy.may))


def things(stage: Stage, policy: Policy, parameters: set[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return values for addresses that name what is nowhere, another's, or another parent's."""
    here, there = stage.here, stage.there
    keys = {policy.names.get(one, one) for one in parameters}
    found: dict[str, Mapping[str, Any]] = {"absent": absent(here.named)}
    shared = {"number", "lea_id", "mail_id", "topic", "state", *DAYS}  # not of any consortium
    if not keys <= shared:
        found["theirs"] = there.named
    for key in keys & set(here.aside) if len(keys) > 1 else ():
        if key not in policy.any_of:
            found[f"{key} of another"] = {**here.named, key: here.aside[key]}
        if there.named[key] != here.named[key]:
            found[f"{key} of theirs"] = {**here.named, key: there.named[key]}
    return found


def rule_of(stage: Stage, route: str) -> Rule:
    """Return the rule of a route in the table."""
    endpoint, method = route.split()
    for rule in stage.app.url_map.iter_rules(endpoint):
        if method in (rule.methods or set()):
            return rule
    raise LookupError(route)


def path_of(stage: Stage, route: str, values: Mapping[str, Any]) -> str:
    """Return the address, at the first consortium, that names these things."""
    rule, names = rule_of(stage, route), POLICIES[route].names
    filled = {one: values[names.get(one, one)] for one in rule.arguments - {"consortium"}}
    with stage.app.test_request_context():
        if "consortium" in rule.arguments:
            filled["consortium"] = stage.here.slug
        path = stage.app.url_map.bind("localhost").build(
            rule.endpoint, filled, method=route.split()[1]
        )
    return str(path).removeprefix("http://localhost")


def kind_of(response: TestResponse) -> Answer | None:
    """Tell what kind of answer this is; ``None`` for one that there must not be."""
    if response.status_code == 404:
        return Answer.MISSING
    if response.status_code == 403:
        return Answer.FORBIDDEN
    if response.status_code == 302 and (response.location or "").split("?")[0] == "/sign-in":
        return Answer.SIGN_IN
    return Answer.ALLOWED if response.status_code in {200, 302, 409, 410, 422} else None
