-- Rounds in lockstep: both sides' processes are alive at once and take turns of milliseconds.

-- The number of samples of each turn; null where the process took no turns. The sample at index i
-- was taken in turn i / turn_samples, at position i % turn_samples; samples at the same index in
-- the processes of a round were taken within milliseconds of each other.
ALTER TABLE measurement ADD COLUMN turn_samples INTEGER;

-- How many samples at the beginning of each turn do not count, since the other side's turn has
-- cooled the caches.
ALTER TABLE measurement ADD COLUMN turn_uncounted INTEGER;

-- By how much the samples differ from those of the round's process of BASE: the median of the
-- natural logarithms of their ratios, over the samples that count, or the logarithm of the ratio of
-- the means where the processes ran at once without turns. Null where they ran one after the other.
ALTER TABLE measurement ADD COLUMN shift REAL;

-- One row a sample, in nothing but standard SQL and JSON.
-- "order" counts from 0 within its measurement; warm_up is 1 for samples that are never judged, and
-- so is uncounted for the first ones of a turn. turn and position are null without turns.
DROP VIEW sample;
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
  element.key < history.warm_up_count AS warm_up,
  element.key / measurement.turn_samples AS turn,
  element.key % measurement.turn_samples AS position,
  coalesce(element.key % measurement.turn_samples < measurement.turn_uncounted, 0) AS uncounted
FROM history
JOIN measurement ON measurement.id = history.measurement_id
JOIN sample_array ON sample_array.measurement_id = history.measurement_id,
  json_each(sample_array.value_array) AS element;
