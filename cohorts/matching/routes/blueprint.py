"""What every page of peer matching starts from."""

from flask import Blueprint

bp = Blueprint("matching", __name__)
MANAGED = "/manage/institutes/<slug>"
AT_INSTITUTE = "/institutes/<slug>"
