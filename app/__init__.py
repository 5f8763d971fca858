"""A small todo service; `create_app` is the one place where its parts are put together."""

from datetime import timedelta

from argon2 import PasswordHasher
from flask import Flask

from app.adapters.attempts import Attempts
from app.adapters.breaches import PwnedPasswords
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.passwords import RECOMMENDED, Argon2Passwords
from app.adapters.todos import Todos
from app.adapters.tokens import JwtTokens
from app.adapters.users import Users
from app.domain.limits import LimitRules
from app.http import make_flask
from app.http.parts import Parts, Site
from app.settings import Settings


def create_app(
    settings: Settings,
    database: Database,
    live: LiveUpdates,
    *,
    hasher: PasswordHasher = RECOMMENDED,
) -> Flask:
    """Return the service; `hasher` sets the cost of a password.

    The caller starts and stops `live`, and closes `database`.
    """
    rules = LimitRules(
        window=timedelta(minutes=settings.limit_minutes),
        failures_per_account=settings.sign_in_failures_per_account,
        failures_per_address=settings.sign_in_failures_per_address,
        sign_ups_per_address=settings.sign_ups_per_address,
    )
    parts = Parts(
        users=Users(database),
        todos=Todos(database),
        attempts=Attempts(database, rules.window),
        breaches=PwnedPasswords(settings.breach_api_url),
        passwords=Argon2Passwords(hasher),
        tokens=JwtTokens(
            settings.secrets,
            site=settings.public_url,
            lifetime=timedelta(minutes=settings.token_minutes),
        ),
        live=live,
        health=database,
    )
    site = Site(settings.public_url, settings.zone, settings.trusted_proxies, rules)
    return make_flask(parts, site)
