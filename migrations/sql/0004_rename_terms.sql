-- Values that carry a renamed term: the second copy of BASE is the A/A control, what a worker
-- may not say is a violation of its protocol, and a profile counts sessions.

UPDATE process SET arm = 'control' WHERE arm = 'null';
UPDATE process SET outcome = 'protocol-violation' WHERE outcome = 'garbage';
UPDATE run SET profile = replace(profile, '"sittings":', '"sessions":');
