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
