"""A small todo service; `create_app` is the one place where its dependencies are put together."""

from datetime import timedelta

from argon2 import PasswordHasher
from flask import Flask

from app.adapters.attempts import AttemptRepository
from app.adapters.breaches import PwnedPasswords
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.passwords import DEFAULT_HASHER, Argon2Passwords
from app.adapters.todos import TodoRepository
from app.adapters.tokens import JwtTokens
from app.adapters.users import UserRepository
from app.api import make_flask
from app.api.dependencies import Dependencies, SiteConfig
from app.domain.limits import LimitRules
from app.settings import Settings


def create_app(
    settings: Settings,
    database: Database,
    live: LiveUpdates,
    *,
    hasher: PasswordHasher = DEFAULT_HASHER,
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
    dependencies = Dependencies(
        site=SiteConfig(
            settings.public_url,
            settings.zone,
            settings.trusted_proxies,
            rules,
            local_port=settings.local_port,
        ),
        users=UserRepository(database),
        todos=TodoRepository(database, settings.todos_per_account),
        attempts=AttemptRepository(database, rules.window),
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
    return make_flask(dependencies)
