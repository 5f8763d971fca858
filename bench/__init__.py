"""What the service costs on this machine, as ratios and absolute figures: `make bench`.

The load comes from aiohttp: one thread keeps hundreds of connections and WebSockets busy and uses
less CPU than the service does. The SQL side of each ratio uses psycopg's asynchronous connections,
so both sides run in the same event loop. The two sides take turns, and all figures are medians of
several rounds.
"""
