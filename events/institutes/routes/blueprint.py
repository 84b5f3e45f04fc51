"""Where the pages about institutes are mounted."""

from flask import Blueprint

bp = Blueprint("institutes", __name__)
