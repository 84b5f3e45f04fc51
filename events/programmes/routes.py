"""Programme files in the browser."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)
