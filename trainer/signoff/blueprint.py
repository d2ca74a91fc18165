"""The blueprint of sign-off, shared by the files that hold its pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("signoff", __name__)
