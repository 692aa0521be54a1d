-- How many seconds a member read and wrote on a day, by whose words they were read or answered: a row for a member's day.
-- member_id 0: the staff, who are never told apart.
CREATE TABLE attention_day (
  day INT NOT NULL, -- since 1970, UTC
  member_id ID NOT NULL,
  spent INT NOT NULL,     -- seconds, of everything
  until_ms TIME NOT NULL, -- up to when the day's time is spent, so that two tabs do not count double
  areas TEXT NOT NULL,    -- attention.h: everywhere, by space and by tag; so that no list of topics is kept
  PRIMARY KEY (day, member_id)
) WITHOUT ROWID;
CREATE INDEX attention_member ON attention_day(member_id, day);

-- Whose seconds were deleted, and when: what was sealed before counts no longer.
CREATE TABLE attention_erased ( -- small
  member_id ID PRIMARY KEY NOT NULL,
  at_ms TIME NOT NULL
);
