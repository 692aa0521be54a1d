-- What one member did, what concerns them, and what is said about a thing, without a walk through the journal: scores and boards
-- are computed from these. The id is the row's number, so each list comes in the order of the journal; a further column
-- would double the size.
CREATE INDEX fact_target ON fact(target_id) WHERE target_id IS NOT NULL;
CREATE INDEX fact_actor ON fact(actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX fact_subject ON fact(subject_id);
