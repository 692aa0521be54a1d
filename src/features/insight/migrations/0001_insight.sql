-- The pass over all that was written: with which engine (stamp), how far, and how much there was when it began.
CREATE TABLE insight_state ( -- small
  id INT PRIMARY KEY NOT NULL,
  stamp INT NOT NULL,
  generation INT NOT NULL,
  post_after ID NOT NULL,
  comment_after ID NOT NULL,
  done_n INT NOT NULL,
  total_n INT NOT NULL,
  started_at TIME NOT NULL,
  finished_at TIME
);

-- What new members wrote that may be spam. State: 0 open, 1 hidden, 2 no spam.
CREATE TABLE suspect (
  subject_id ID PRIMARY KEY,
  comment BOOL NOT NULL,
  author_id ID NOT NULL,
  at_ms TIME NOT NULL,
  p INT NOT NULL,
  state INT NOT NULL,
  decided_by ID,
  decided_at TIME
);
CREATE INDEX suspect_state ON suspect(state, at_ms DESC, subject_id DESC);

-- What people said is right. Task: 0 sentiment, 1 language, 2 and more intents; label and was: as in text/reading.h.
CREATE TABLE correction (
  id ID PRIMARY KEY,
  subject_id ID NOT NULL,
  comment BOOL NOT NULL,
  task INT NOT NULL,
  label INT NOT NULL,
  was INT NOT NULL,
  member_id ID NOT NULL,
  at_ms TIME NOT NULL
);
CREATE UNIQUE INDEX correction_subject ON correction(subject_id, task);
CREATE INDEX correction_task ON correction(task, id DESC);

-- The site's own layer over a head, and how it did on corrections it was not trained from. Classes: labels, with commas.
CREATE TABLE insight_layer ( -- small
  task INT PRIMARY KEY NOT NULL,
  off BOOL NOT NULL,
  verdict INT NOT NULL,
  corrections_n INT NOT NULL,
  anchors_n INT NOT NULL,
  held_n INT NOT NULL,
  base_right_n INT NOT NULL,
  layer_right_n INT NOT NULL,
  anchors_held_n INT NOT NULL,
  anchors_changed_n INT NOT NULL,
  made_at TIME NOT NULL,
  classes TEXT NOT NULL,
  weights BLOB NOT NULL
);
