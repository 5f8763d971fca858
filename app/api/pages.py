"""The page, the API's description and the health checks."""

import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from app.api.dependencies import dependencies
from app.api.schemas import COMPONENTS

pages = Blueprint("pages", __name__)

OPENAPI = Path(__file__).with_name("openapi.json")


@pages.get("/")
def page() -> str:
    """Return the page, whose fields take their limits from the schemas."""
    names = ("Email", "Password", "Title")
    return render_template("index.html", fields={name.lower(): COMPONENTS[name] for name in names})


@pages.get("/openapi.json")
def openapi() -> Response:
    """Return the API's description, with the schemas that validate its request bodies."""
    document: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
    document["servers"] = [{"url": dependencies().site.url}]
    document["components"]["schemas"] = COMPONENTS
    document["components"]["securitySchemes"]["cookie"]["name"] = dependencies().site.cookie
    return jsonify(document)


@pages.get("/healthz")
def healthz() -> Response:
    """Report that the process is alive."""
    return jsonify(status="ok")


@pages.get("/readyz")
def readyz() -> Response:
    """Report that the database answers as well."""
    dependencies().health.check()
    return jsonify(status="ok")
