-- Paired sessions: the rounds in which two builds were measured side by side.

-- The round of a paired session in which a process ran, from 0; null where nothing was paired.
ALTER TABLE process ADD COLUMN round INTEGER;

-- Which part it took: 'base', 'head', or 'null', a second process of BASE run as if it were another
-- revision; null where nothing was paired.
ALTER TABLE process ADD COLUMN arm TEXT;
