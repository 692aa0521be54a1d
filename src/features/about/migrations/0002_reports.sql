-- Reports of profiles stand beside those of posts.
INSERT INTO report (id, subject_type, subject_id, reporter_id, why, note, at_ms, closed_at)
SELECT id, 1, member_id, reporter_id, 0, note, at_ms, closed_at FROM profile_report;
DROP TABLE profile_report;
