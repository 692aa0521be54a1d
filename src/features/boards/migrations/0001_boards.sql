-- What is said about a thing: boards read the journal past the sealed cells by subject.
CREATE INDEX fact_subject ON fact(subject_id);
