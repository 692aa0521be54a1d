-- What is said about a thing, and what somebody did, newest first: boards read the journal past the sealed cells by
-- subject, and lead from each number to the facts behind it.
CREATE INDEX fact_subject ON fact(subject_id);
CREATE INDEX fact_actor ON fact(actor_id, at_ms, id) WHERE actor_id IS NOT NULL;
