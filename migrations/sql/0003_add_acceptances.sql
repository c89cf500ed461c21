-- Changes for the worse that somebody has accepted. Dates are days in universal time, YYYY-MM-DD.

CREATE TABLE acceptance (
  uuid TEXT PRIMARY KEY,
  benchmark TEXT NOT NULL,             -- suite/name
  parameters TEXT NOT NULL,            -- JSON object of texts, keys sorted
  metric TEXT NOT NULL,
  from_commit TEXT NOT NULL,           -- hash of the commit after which the change happened
  to_commit TEXT NOT NULL,             -- hash of the commit at or before which it did
  size REAL NOT NULL,                  -- relative, 0.05 is 5 % worse: what is accepted at most
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  accepted_on TEXT NOT NULL,
  until TEXT,                          -- the last day on which it holds; null for good
  withdrawn_ms INTEGER                 -- null while it stands. Kept, so that merging does not bring it back
) STRICT;
