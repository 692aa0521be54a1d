-- What who is invited agrees to, version by version; a term lasts so many days.
CREATE TABLE programme_terms ( -- small
  version INT PRIMARY KEY NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  days INT NOT NULL,
  at_ms TIME NOT NULL,
  by_id ID
);

-- Where each member stands (programme.h has the states). `terms`: the version they were invited to, then accepted.
CREATE TABLE programme_member (
  member_id ID PRIMARY KEY,
  state INT NOT NULL,
  area TEXT NOT NULL,
  why TEXT NOT NULL,
  terms INT NOT NULL,
  changed_at TIME NOT NULL,
  since TIME,
  until TIME,
  rest_since TIME,
  rest_until TIME
);
CREATE INDEX programme_state ON programme_member(state, changed_at DESC, member_id DESC);

-- The steps, with what was said to the member or noted; the facts say the same without the words.
CREATE TABLE programme_step (
  id ID PRIMARY KEY,
  member_id ID NOT NULL,
  kind INT NOT NULL,
  at_ms TIME NOT NULL,
  by_id ID,
  note TEXT NOT NULL
);
CREATE INDEX programme_step_member ON programme_step(member_id, id DESC);
