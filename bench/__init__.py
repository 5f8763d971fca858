"""What the service costs on this machine, as ratios beside absolute figures: `make bench`.

aiohttp loads the service: one thread holds hundreds of connections and WebSockets and costs less
than the service does, and it needs no program outside the lock file. The SQL side is psycopg's own
asynchronous connections, so both sides wait in the same event loop. Statistics are the standard
library's. The two sides of every ratio take turns, and figures are medians of the rounds.
"""
