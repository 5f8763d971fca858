"""What the service costs on this machine, as ratios and absolute figures: `make bench`.

The load comes from aiohttp, and the SQL side of each ratio from psycopg's asynchronous connections:
both run in one thread that uses less CPU than the service. The two sides take turns.
"""
