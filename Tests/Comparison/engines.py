"""Asks polars and DuckDB what the benchmark 'filter, map and group' asks the pipeline: of a million orders the open
ones of a dozen or more, amount and tax added, counted and summed for each territory of each region.

    python3 -m venv /tmp/engines && /tmp/engines/bin/pip install polars duckdb
    swift build -c release --product pipeline-benchmarks
    /tmp/engines/bin/python Tests/Comparison/engines.py .build/release/pipeline-benchmarks

All engines have the same orders in memory before the clock starts, money as whole cents, and every answer is compared
with the others'. What is printed is the median and the least of 30 runs, in nanoseconds a record, and one process only:
values for orientation, not for a verdict.
"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb
import polars as pl

RUNS, WARM_UP = 30, 5
QUERY = """
    SELECT region, territory, count(*) AS orders, sum(amount + tax) AS gross FROM orders
    WHERE status = 'open' AND quantity >= 12 GROUP BY region, territory"""


def timed(name, records, run):
    """Runs `run` until warm, then times it; returns its last answer."""
    for _ in range(WARM_UP):
        run()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter_ns()
        answer = run()
        times.append((time.perf_counter_ns() - start) / records)
    print(f"{name:44} {statistics.median(times):8.1f} {min(times):8.1f}")
    return answer


def groups(rows):
    """An answer as a dictionary, whatever its order."""
    return {(region, territory): (orders, gross) for region, territory, orders, gross in rows}


def polars_query(orders):
    return (
        orders.lazy()
        .filter((pl.col("status") == "open") & (pl.col("quantity") >= 12))
        .group_by("region", "territory")
        .agg(orders=pl.len(), gross=(pl.col("amount") + pl.col("tax")).sum())
    )


def duckdb_orders(path, threads):
    """A database in memory with the orders in a table."""
    connection = duckdb.connect()
    if threads == "1":
        connection.execute("SET threads = 1")
    connection.execute(f"""
        CREATE TABLE orders AS SELECT region, territory, status, quantity,
            CAST(round(amount * 100) AS BIGINT) AS amount, CAST(round(tax * 100) AS BIGINT) AS tax
        FROM read_csv('{path}')""")
    return connection


def main(benchmarks):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "orders.csv"
        subprocess.run([benchmarks, "--write-orders", str(path), "1000000"], check=True)
        cents = [(pl.col(name) * 100).round().cast(pl.Int64) for name in ("amount", "tax")]
        texts = pl.read_csv(path).with_columns(cents)
        connections = [(threads, duckdb_orders(path, threads)) for threads in ("1", "all")]
    records = texts.height
    names = ("region", "territory", "status")
    codes = texts.with_columns(pl.col(name).cast(pl.Categorical) for name in names)

    print(f"{'ns a record':44} {'median':>8} {'least':>8}")
    answers = []
    for name, orders in (("texts", texts), ("categories", codes)):
        query = polars_query(orders)
        result = timed(f"polars {pl.__version__}, {name}, all cores", records, query.collect)
        answers.append(groups(result.rows()))
    for threads, connection in connections:
        run = lambda connection=connection: connection.execute(QUERY).fetchall()
        title = f"DuckDB {duckdb.__version__}, texts, {threads} thread{'' if threads == '1' else 's'}"
        answers.append(groups(timed(title, records, run)))
    if any(answer != answers[0] for answer in answers):
        sys.exit("the engines' answers differ")
    print(f"({len(answers[0])} groups, the same from all)\n")
    # The pipeline's own benchmarks check their answers against a reference of their own.
    subprocess.run([benchmarks, "filter, map and group records=1000000"], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
