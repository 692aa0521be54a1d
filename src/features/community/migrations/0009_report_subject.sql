-- A report is of a post (3) or of a member's profile (1), as in facts; of the latter nobody is asked for a reason (why 0).
ALTER TABLE report RENAME COLUMN post_id TO subject_id;
ALTER TABLE report ADD COLUMN subject_type INT NOT NULL DEFAULT 3;
DROP INDEX report_once;
CREATE UNIQUE INDEX report_once ON report(subject_type, subject_id, reporter_id) WHERE closed_at IS NULL AND reporter_id IS NOT NULL;
CREATE INDEX report_by ON report(reporter_id);
