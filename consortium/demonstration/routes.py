from flask import Blueprint

bp = Blueprint("demonstration", __name__)
