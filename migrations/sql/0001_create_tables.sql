-- The schema of a benchdb results database.
--
-- Times are whole milliseconds since 1970-01-01 00:00 UTC (…_ms). Durations that benchmarks measured
-- are nanoseconds and sizes are bytes (series.unit). Columns named 'uuid' hold lower-case UUIDs; they
-- and hashes are identity, the integer ids are local to this file. Empty text means 'none'.

-- The file names itself (offset 68 of its header): the letters 'benc'.
PRAGMA application_id = 1650814563;

-- Which migrations have made this schema, oldest first.
CREATE TABLE schema_migration (
  number INTEGER PRIMARY KEY,          -- the four digits of its file's name
  name TEXT NOT NULL,                  -- the rest of its file's name
  checksum TEXT NOT NULL,              -- SHA-256 of its SQL, 64 hexadecimal digits
  applied_ms INTEGER NOT NULL
) STRICT;

-- The slow facts of a machine. Only series of one class are compared.
CREATE TABLE machine_class (
  id INTEGER PRIMARY KEY,
  architecture TEXT NOT NULL,          -- x86_64, aarch64
  cpu_model TEXT NOT NULL,
  cores INTEGER NOT NULL,
  memory_gib INTEGER NOT NULL,         -- GiB, rounded to a power of two
  system TEXT NOT NULL,                -- name and major version, 'Linux 6'
  virtualisation TEXT NOT NULL,        -- 'kvm', 'docker', 'none'
  container_limits TEXT NOT NULL,      -- limits on CPU and memory, or 'none'
  runner_image TEXT NOT NULL,          -- a hosted runner's image
  UNIQUE (architecture, cpu_model, cores, memory_gib, system, virtualisation, container_limits,
    runner_image)
) STRICT;

-- A git commit. 'commit' itself is a word of SQL.
CREATE TABLE git_commit (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,           -- 40 or 64 lower-case hexadecimal digits
  tree TEXT NOT NULL,                  -- hash of the tree
  author TEXT NOT NULL,
  authored_ms INTEGER NOT NULL,
  committed_ms INTEGER NOT NULL,
  subject TEXT NOT NULL
) STRICT;

-- The parents of a commit; they need not be in this database.
CREATE TABLE git_parent (
  commit_id INTEGER NOT NULL REFERENCES git_commit,
  position INTEGER NOT NULL,           -- 0 is the first parent
  hash TEXT NOT NULL,
  PRIMARY KEY (commit_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE toolchain (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE            -- as the compiler names itself
) STRICT;

-- What a worker process executes.
CREATE TABLE build (
  id INTEGER PRIMARY KEY,
  commit_id INTEGER NOT NULL REFERENCES git_commit,
  difference_hash TEXT NOT NULL,       -- SHA-256 of everything uncommitted; empty for a clean tree
  toolchain_id INTEGER NOT NULL REFERENCES toolchain,
  binary_hash TEXT NOT NULL,           -- SHA-256 of the executable: equal is identical code
  UNIQUE (commit_id, difference_hash, toolchain_id, binary_hash)
) STRICT;

-- One execution of a command that measures, and what it was asked to do.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  commit_id INTEGER NOT NULL REFERENCES git_commit,   -- what was asked for
  difference_hash TEXT NOT NULL,       -- as in build
  purpose TEXT NOT NULL,               -- record, confirm, calibrate, import
  status TEXT NOT NULL,                -- running, completed, interrupted, failed
  profile TEXT NOT NULL,               -- JSON: name, processes, seconds, …
  seed INTEGER NOT NULL,               -- 64 bits, read as a signed number
  tool_version TEXT NOT NULL,
  planned_processes INTEGER NOT NULL,
  selection TEXT NOT NULL,             -- JSON: suites and filter as given
  recorder TEXT NOT NULL,              -- JSON: host, boot and process that measures
  started_ms INTEGER NOT NULL,
  finished_ms INTEGER                  -- null while it is running
) STRICT;
CREATE INDEX run_started ON run (started_ms);
CREATE INDEX run_commit ON run (commit_id, difference_hash);
CREATE INDEX run_running ON run (status) WHERE status = 'running';

-- One sitting on one machine; a resumed run has several.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  run_id INTEGER NOT NULL REFERENCES run,
  machine_class_id INTEGER NOT NULL REFERENCES machine_class,
  state TEXT NOT NULL,                 -- JSON: kernel, governor, load, … at its start
  started_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX session_run ON session (run_id);
CREATE INDEX session_machine_class ON session (machine_class_id, started_ms);

-- A benchmark with its parameters. One that measures something else has another version.
CREATE TABLE benchmark (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                  -- suite/name
  parameters TEXT NOT NULL,            -- JSON object of texts, keys sorted
  version INTEGER NOT NULL,
  label TEXT NOT NULL,                 -- name and parameters as people read them
  source_file TEXT,                    -- where it was last declared
  source_line INTEGER,                 -- from 1
  UNIQUE (name, parameters, version)
) STRICT;

-- A benchmark and one of its metrics.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  benchmark_id INTEGER NOT NULL REFERENCES benchmark,
  metric TEXT NOT NULL,                -- 'wall', 'allocated bytes'
  unit TEXT NOT NULL,                  -- 'ns', 'B', 'count', '1/s'
  direction TEXT NOT NULL,             -- which is better: lower, higher
  is_gate INTEGER NOT NULL,            -- 1 where a commit can fail on it; as last declared
  tolerance REAL,                      -- relative, 0.01 is 1 %; null: judged statistically; as last declared
  UNIQUE (benchmark_id, metric, unit, direction)
) STRICT;

-- One fresh worker process.
CREATE TABLE process (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  session_id INTEGER NOT NULL REFERENCES session,
  build_id INTEGER NOT NULL REFERENCES build,
  benchmark_id INTEGER NOT NULL REFERENCES benchmark,
  pass TEXT NOT NULL,                  -- timing, counting
  plan_order INTEGER NOT NULL,         -- its place in the run's plan, from 0
  started_ms INTEGER NOT NULL,
  seconds REAL NOT NULL,               -- how long it lived
  outcome TEXT NOT NULL,               -- completed, failed, crashed, timed-out, garbage
  outcome_text TEXT NOT NULL,          -- reason or description; seconds where it timed out
  outcome_detail TEXT NOT NULL,
  standard_error TEXT NOT NULL,        -- the end of it; empty when completed
  state TEXT NOT NULL,                 -- JSON: the machine's fast facts at its start
  facts TEXT NOT NULL                  -- JSON: what the worker said of itself
) STRICT;
CREATE INDEX process_session ON process (session_id, build_id);
CREATE INDEX process_build ON process (build_id, session_id);
CREATE INDEX process_failed ON process (session_id) WHERE outcome <> 'completed';

-- What one process measured of one series, summarised: all that comparing and plotting need.
-- Values are for one iteration, in series.unit, of the samples after warm-up.
CREATE TABLE measurement (
  id INTEGER PRIMARY KEY,
  process_id INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
  series_id INTEGER NOT NULL REFERENCES series,
  level TEXT NOT NULL,                 -- what a value stands for: sample, batch-mean, summary
  warm_up_count INTEGER NOT NULL,      -- samples before the summarised ones
  sample_count INTEGER NOT NULL,       -- summarised samples
  iterations_total INTEGER NOT NULL,   -- iterations in the summarised samples
  minimum REAL NOT NULL,
  lower_quartile REAL NOT NULL,
  median REAL NOT NULL,
  upper_quartile REAL NOT NULL,
  maximum REAL NOT NULL,
  mean REAL NOT NULL,
  deviation REAL NOT NULL,             -- divides by n - 1; 0 where n is 1
  is_gate INTEGER NOT NULL,            -- 1 where a commit could fail on it, as its own build declared
  tolerance REAL,                      -- relative, as its own build declared; null: judged statistically
  UNIQUE (process_id, series_id)
) STRICT;
CREATE INDEX measurement_series ON measurement (series_id, process_id);

-- Every sample of a measurement in the order in which it was taken, apart from the summaries so that
-- those stay dense. Read it through the view 'sample'.
CREATE TABLE sample_array (
  measurement_id INTEGER PRIMARY KEY REFERENCES measurement ON DELETE CASCADE,
  value_array TEXT NOT NULL,           -- JSON array of numbers, for one iteration each
  iterations TEXT NOT NULL             -- JSON array of integers, or one where all are the same
) STRICT;

-- Named revisions to compare with.
CREATE TABLE baseline (
  name TEXT PRIMARY KEY,
  commit_id INTEGER NOT NULL REFERENCES git_commit,
  difference_hash TEXT NOT NULL,       -- as in build
  created_ms INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

-- One row a process and series: the summary with its whole context.
CREATE VIEW history AS
SELECT
  run.uuid AS run, session.uuid AS session, process.uuid AS process,
  git_commit.hash AS "commit", git_commit.subject, build.difference_hash, build.binary_hash,
  toolchain.name AS toolchain, session.machine_class_id,
  strftime('%Y-%m-%dT%H:%M:%SZ', process.started_ms / 1000, 'unixepoch') AS started,
  benchmark.label AS benchmark, benchmark.version, series.metric, series.unit, series.direction,
  process.pass, process.plan_order, measurement.level, measurement.warm_up_count,
  measurement.sample_count, measurement.minimum, measurement.lower_quartile, measurement.median,
  measurement.upper_quartile, measurement.maximum, measurement.mean, measurement.deviation,
  measurement.id AS measurement_id
FROM measurement
JOIN process ON process.id = measurement.process_id
JOIN session ON session.id = process.session_id
JOIN run ON run.id = session.run_id
JOIN build ON build.id = process.build_id
JOIN git_commit ON git_commit.id = build.commit_id
JOIN toolchain ON toolchain.id = build.toolchain_id
JOIN series ON series.id = measurement.series_id
JOIN benchmark ON benchmark.id = series.benchmark_id;

-- One row a sample, in nothing but standard SQL and JSON.
-- "order" counts from 0 within its measurement; warm_up is 1 for samples that are never judged.
CREATE VIEW sample AS
SELECT
  history.run, history.session, history.process, history."commit", history.benchmark,
  history.metric, history.unit, element.key AS "order", CAST(element.value AS REAL) AS value,
  -- By json_each alone: in SQLite 3.40 the other JSON functions may not stand in a view of a schema
  -- that is not trusted, and benchdb trusts none.
  CASE substr(sample_array.iterations, 1, 1)
    WHEN '[' THEN (SELECT own.value FROM json_each(sample_array.iterations) AS own
      WHERE own.key = element.key)
    ELSE CAST(sample_array.iterations AS INTEGER)
  END AS iterations,
  element.key < history.warm_up_count AS warm_up
FROM history
JOIN sample_array ON sample_array.measurement_id = history.measurement_id,
  json_each(sample_array.value_array) AS element;

-- One row a process that did not complete.
CREATE VIEW failure AS
SELECT
  run.uuid AS run, process.uuid AS process, git_commit.hash AS "commit",
  benchmark.label AS benchmark, process.pass, process.outcome, process.outcome_text,
  process.outcome_detail, process.standard_error
FROM process
JOIN session ON session.id = process.session_id
JOIN run ON run.id = session.run_id
JOIN build ON build.id = process.build_id
JOIN git_commit ON git_commit.id = build.commit_id
JOIN benchmark ON benchmark.id = process.benchmark_id
WHERE process.outcome <> 'completed';
