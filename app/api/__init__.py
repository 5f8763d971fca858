"""The Flask application: routes, request bodies, errors, authorization."""

from pathlib import Path

from flask import Flask

from app.api import csrf, problems, request_hooks
from app.api.accounts import accounts
from app.api.dependencies import EXTENSION, Dependencies
from app.api.live import SOCKET_OPTIONS, live
from app.api.pages import pages
from app.api.request_body import MAX_BODY_BYTES
from app.api.static_files import files
from app.api.todos import TodoIdConverter, todos

WEB = Path(__file__).parent.parent / "web"


def make_flask(dependencies: Dependencies) -> Flask:
    """Return the Flask application that answers with these dependencies."""
    flask = Flask(
        __name__,
        template_folder=str(WEB),
        static_folder=None,
    )
    flask.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    flask.json.sort_keys = False  # type: ignore[attr-defined] # a todo begins with its id
    flask.extensions[EXTENSION] = dependencies
    flask.url_map.converters["todo_id"] = TodoIdConverter
    problems.register(flask)
    request_hooks.register(flask)
    flask.before_request(csrf.reject_unknown_hosts)
    flask.before_request(csrf.reject_cross_site_writes)
    flask.config["SOCK_SERVER_OPTIONS"] = SOCKET_OPTIONS
    for blueprint in (accounts, todos, live, pages, files):
        flask.register_blueprint(blueprint)
    return flask
