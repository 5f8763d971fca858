"""The one kind of request that schemathesis shall not make."""

import schemathesis


@schemathesis.hook
def filter_body(_context: schemathesis.HookContext, body: object) -> bool:
    """Leave out 5.0 for a whole number: to JSON Schema it is one, here it is refused on purpose."""
    order = body.get("order") if isinstance(body, dict) else None
    return not (isinstance(order, float) and order.is_integer())
