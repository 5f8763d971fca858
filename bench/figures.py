"""Percentiles and tables."""

from collections.abc import Sequence
from statistics import quantiles


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which `percent` percent of the values lie."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a text table: the first column is left-aligned, the others right-aligned."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])])
        for first, *others in (head, *rows)
    ]
    return "\n".join(["", title, lines[0], "-" * len(lines[0]), *lines[1:], ""])
