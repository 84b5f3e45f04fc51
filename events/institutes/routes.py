from flask import Blueprint

bp = Blueprint("institutes", __name__)
