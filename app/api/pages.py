"""The page, the API's description and the health checks."""

import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from app.api.cookies import session_tokens
from app.api.dependencies import dependencies
from app.api.schemas import COMPONENTS
from app.api.static_files import module_names, version

pages = Blueprint("pages", __name__)

OPENAPI = Path(__file__).with_name("openapi.json")


@pages.get("/")
def page() -> Response:
    """Return the page, whose fields take their limits from the schemas."""
    names = ("Email", "Password", "Title")
    html = render_template(
        "index.html",
        fields={name.lower(): COMPONENTS[name] for name in names},
        files=f"/static/{version()}",
        modules=module_names(),
        is_signed_out=_is_signed_out(),
    )
    # A browser that goes back would otherwise show the form of before the sign-in.
    return make_response(html, {"Cache-Control": "no-store"})


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


def _is_signed_out() -> bool:
    """Tell whether the browser certainly has no session; the page then starts with its form.

    A browser also withholds our cookie, which is SameSite=Strict, when another site linked here.
    """
    is_own_visit = request.headers.get("Sec-Fetch-Site") in {"none", "same-origin"}
    return is_own_visit and not session_tokens()
