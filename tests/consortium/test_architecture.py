"""Promises about the code itself, which no linter makes for us."""

import ast
import subprocess
import tomllib
from pathlib import Path

import pytest
from flask import Flask

from consortium.access import policy_of, unmarked_endpoints

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("consortium", "events", "cohorts")
MODULES = sorted(
    path for folder in (*PACKAGES, "tests", "scripts") for path in (ROOT / folder).rglob("*.py")
)
SOURCES = [path for path in MODULES if path.relative_to(ROOT).parts[0] in PACKAGES]
FEATURE_FILES = {
    "__init__",
    "domain",
    "engine",
    "models",
    "service",
    "forms",
    "emails",
    "exports",
    "imports",
    "routes",
    "commands",
    "jobs",
}
TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "cohorts",
    "consortium", "events", "pyproject.toml", "requirements-dev.lock", "requirements.lock",
    "scripts", "templates", "tests",
}  # fmt: skip
# What must never stand in a tracked file: where packages come from, or a path of one machine.
INDEX_HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "file:" + "///",
    "--index" + "-url",
)


def tracked_files() -> list[Path]:
    """Return every file that git tracks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.pure
def test_only_the_database_module_ends_a_transaction() -> None:
    enders = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }

    assert enders == {"consortium/database.py"}


def test_every_view_says_who_may_call_it(app: Flask) -> None:
    assert unmarked_endpoints(app) == set()


def test_a_view_that_changes_something_is_not_public_by_accident(app: Flask) -> None:
    """Public views that take a POST are these and no others.

    Whoever has an invoice's link may pay it, Stripe signs what it sends, and a kiosk has a
    token, and whoever is asked in a survey an address of their own.
    """
    open_posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
        and policy_of(app.view_functions[rule.endpoint]) == "public"
        and not rule.endpoint.startswith(("auth.", "demonstration."))
    }

    assert open_posts == {
        "cards.begin",
        "checkin.come",
        "surveys.send_answers",
        "webhooks.receive",
    }


@pytest.mark.pure
@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_stay_short(module: Path) -> None:
    assert len(module.read_text().splitlines()) <= 300


@pytest.mark.pure
def test_the_top_level_holds_what_it_should() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked_files()} <= TOP_LEVEL


@pytest.mark.pure
def test_feature_folders_hold_files_of_the_known_names() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    features = next(c for c in contracts if c["name"] == "Inside a feature, imports go down")
    strange = {
        path.relative_to(ROOT).as_posix()
        for name in features["containers"]
        for path in (ROOT / name.replace(".", "/")).iterdir()
        if path.name != "__pycache__" and path.stem not in FEATURE_FILES
    }

    assert strange == set()


@pytest.mark.pure
def test_the_contracts_name_every_feature_folder() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    named = {
        name
        for contract in contracts
        if contract["name"] == "Inside a feature, imports go down"
        for name in contract["containers"]
    }
    features = {
        f"{package}.{folder.name}"
        for package in PACKAGES
        for folder in (ROOT / package).iterdir()
        if (folder / "__init__.py").exists()
        and folder.name not in {"adapters", "demonstration", "exchange", "facade", "migrations"}
    }

    assert features == named


@pytest.mark.pure
def test_no_tracked_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in tracked_files()
        if path.suffix not in {".png", ".gz", ".pdf"}
        for word in INDEX_HOSTS
        if word in path.read_text(errors="replace")
    }

    assert found == set()


@pytest.mark.pure
def test_the_clock_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    }

    assert readers == {"consortium/clock.py"}
