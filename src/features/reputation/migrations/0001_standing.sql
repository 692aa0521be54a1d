-- The rules that were ever in force here, the newest last. Version 1 is the pack support-default, unless another was published.
CREATE TABLE ruleset ( -- small
  version INT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  toml TEXT NOT NULL,
  hash TEXT NOT NULL,
  published_at TIME NOT NULL,
  published_by ID,
  note TEXT
);

-- What the last whole pass over the journal found out that concerns everybody; one row.
CREATE TABLE reputation_pass ( -- small
  id INT PRIMARY KEY NOT NULL,
  day INT NOT NULL,
  at_ms TIME NOT NULL,
  fact_id ID NOT NULL,
  version INT NOT NULL,
  profile INT NOT NULL,
  seeds_found INT NOT NULL,
  members_n INT NOT NULL,
  ranked_n INT NOT NULL,
  settled_n INT NOT NULL,
  settled_accepted_n INT NOT NULL,
  metrics TEXT NOT NULL
);

-- Whom the pass found trusted, since which fact (time and id), so that a member's part can be computed between passes.
CREATE TABLE trust (
  member_id ID PRIMARY KEY,
  seed BOOL NOT NULL,
  since_at TIME NOT NULL,
  since_id ID NOT NULL,
  met_at TIME NOT NULL,
  met_id ID NOT NULL,
  met_by ID NOT NULL,
  many_at TIME NOT NULL,
  many_id ID NOT NULL
);
-- Facts that count since their judge had credit left to vouch with (guard profile "verified" only).
CREATE TABLE vouched (
  member_id ID NOT NULL,
  fact_id ID NOT NULL,
  PRIMARY KEY (member_id, fact_id)
) WITHOUT ROWID;

-- One row for each member who has facts: scores in thousandths as of the end of a UTC day (days since 1970), what the
-- guard made them of, the evidence, and the place and rank of the last pass.
CREATE TABLE standing (
  member_id ID PRIMARY KEY,
  day INT NOT NULL,
  credibility INT NOT NULL,
  contribution INT NOT NULL,
  engagement INT NOT NULL,
  conduct INT NOT NULL,
  reach INT NOT NULL,
  trusted INT NOT NULL,
  untrusted INT NOT NULL,
  base INT NOT NULL,
  events_n INT NOT NULL,
  answers_n INT NOT NULL,
  solved_n INT NOT NULL,
  kept_n INT NOT NULL,
  helped_n INT NOT NULL,
  settled_n INT NOT NULL,
  settled_kept_n INT NOT NULL,
  areas TEXT NOT NULL,
  place INT NOT NULL,
  place_to INT NOT NULL,
  percentile INT NOT NULL,
  rank INT NOT NULL,
  rank_since TIME NOT NULL,
  rank_low_since TIME NOT NULL
);

-- What members object to about a score; managers read and close them.
CREATE TABLE objection (
  id ID PRIMARY KEY,
  member_id ID NOT NULL,
  by_id ID NOT NULL,
  note TEXT NOT NULL,
  at_ms TIME NOT NULL,
  closed_at TIME
);
CREATE INDEX objection_open ON objection(at_ms, id) WHERE closed_at IS NULL;
