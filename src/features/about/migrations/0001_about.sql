-- What a member typed about themselves; how it looks stands in member.about_html.
CREATE TABLE about (
  member_id ID PRIMARY KEY,
  source TEXT NOT NULL,
  at_ms TIME NOT NULL
);

-- What others found wrong with it: one open report a member a profile.
CREATE TABLE profile_report (
  id ID PRIMARY KEY,
  member_id ID NOT NULL,
  reporter_id ID NOT NULL,
  note TEXT,
  at_ms TIME NOT NULL,
  closed_at TIME
);
CREATE UNIQUE INDEX profile_report_once ON profile_report(member_id, reporter_id) WHERE closed_at IS NULL;
CREATE INDEX profile_report_open ON profile_report(at_ms, id) WHERE closed_at IS NULL;
