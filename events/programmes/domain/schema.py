"""The JSON Schema of programme files, made from the shapes that read them."""

from typing import Any

from events.programmes.domain.shapes import ProgrammeShape

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a plain programme file.

    It knows the shape of each field. What must hold between fields (a session on one of the
    days, an audience that is a role) only ``programme check`` can tell.
    """
    return {"$schema": DIALECT, **ProgrammeShape.model_json_schema(by_alias=True)}
