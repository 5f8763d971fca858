"""The Flask application: routes, bodies, errors, who may ask what."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.http import access, problems, traffic
from app.http.accounts import accounts
from app.http.bodies import LARGEST_BODY
from app.http.live import SOCKET_OPTIONS, live
from app.http.pages import pages
from app.http.parts import KEY, Parts, Site
from app.http.todos import TodoIdConverter, todos

WEB = Path(__file__).parent.parent / "web"


def make_flask(parts: Parts, site: Site) -> Flask:
    """Return the application that serves `site` with these parts."""
    flask = Flask(
        __name__,
        template_folder=str(WEB),
        static_folder=str(WEB / "static"),
        static_url_path="/static",
    )
    flask.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    flask.json.sort_keys = False  # type: ignore[attr-defined] # a todo begins with its id
    flask.extensions[KEY] = (parts, site)
    flask.url_map.converters["todo_id"] = TodoIdConverter
    problems.register(flask)
    traffic.register(flask)
    flask.before_request(access.refuse_foreign_hosts)
    flask.before_request(access.refuse_forged_writes)
    flask.config["SOCK_SERVER_OPTIONS"] = SOCKET_OPTIONS
    for blueprint in (accounts, todos, live, pages):
        flask.register_blueprint(blueprint)
    proxied = ProxyFix(flask.wsgi_app, x_for=site.trusted_proxies, x_proto=0)
    flask.wsgi_app = proxied  # type: ignore[method-assign] # Flask's documented way
    return flask
