-- What managers tried: other rules over the history (kind 1), or the rules in force against the packs (kind 2). The work is a
-- job; the figures it finds are rows. `side` is 0 before, 1 after, or the number of the time that was forecast from.
CREATE TABLE rule_trial (
  id ID PRIMARY KEY,
  kind INT NOT NULL,
  author_id ID NOT NULL,
  at_ms TIME NOT NULL,
  toml TEXT NOT NULL,
  state INT NOT NULL,
  why TEXT,
  done_at TIME
);
CREATE INDEX rule_trial_kind ON rule_trial(kind, id);

CREATE TABLE rule_figure (
  trial_id ID NOT NULL,
  name TEXT NOT NULL,
  side INT NOT NULL,
  value INT NOT NULL,
  PRIMARY KEY (trial_id, name, side)
) WITHOUT ROWID;

CREATE TABLE rule_move (
  trial_id ID NOT NULL,
  number INT NOT NULL,
  member_id ID NOT NULL,
  place_before INT NOT NULL,
  place_after INT NOT NULL,
  rank_before TEXT,
  rank_after TEXT,
  PRIMARY KEY (trial_id, number)
) WITHOUT ROWID;
