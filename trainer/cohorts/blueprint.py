"""The blueprint of cohorts, shared by the files that hold its pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("cohorts", __name__)
