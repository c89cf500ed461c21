-- The date of a commit may be unknown: one that a shallow clone does not have was stored with 0,
-- which reads as 1970-01-01. SQLite can't take NOT NULL from a column, so each column is made anew.

ALTER TABLE git_commit RENAME COLUMN authored_ms TO authored_or_zero_ms;
ALTER TABLE git_commit RENAME COLUMN committed_ms TO committed_or_zero_ms;

-- Both are null where they are not known.
ALTER TABLE git_commit ADD COLUMN authored_ms INTEGER;
ALTER TABLE git_commit ADD COLUMN committed_ms INTEGER;

UPDATE git_commit SET
  authored_ms = nullif(authored_or_zero_ms, 0),
  committed_ms = nullif(committed_or_zero_ms, 0);

ALTER TABLE git_commit DROP COLUMN authored_or_zero_ms;
ALTER TABLE git_commit DROP COLUMN committed_or_zero_ms;
