-- What one member did and what concerns them, without a walk through the journal: a score is computed from these.
CREATE INDEX fact_target ON fact(target_id, subject_id) WHERE target_id IS NOT NULL;
CREATE INDEX fact_actor ON fact(actor_id, at_ms, id) WHERE actor_id IS NOT NULL;
