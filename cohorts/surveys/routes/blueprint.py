"""The pages' blueprint and what they share."""

from flask import Blueprint, request

bp = Blueprint("surveys", __name__)
MANAGE = "/manage/surveys"
WAVE = f"{MANAGE}/waves/<uuid:wave_id>"
FORMATS = "<any(csv, xlsx):file_format>"
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PDF = "application/pdf"


def page_number() -> int:
    """Return which page of a list the address asks for."""
    return request.args.get("page", default=1, type=int)
