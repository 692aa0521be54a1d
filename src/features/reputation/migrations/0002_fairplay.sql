-- Badges that stay once earned: their ids in the rules, separated by spaces.
ALTER TABLE standing ADD COLUMN badges TEXT NOT NULL DEFAULT '';

-- Answers that say nearly what an earlier answer of their topic says, and which; similarity in thousandths.
CREATE TABLE repeated (
  post_id ID PRIMARY KEY,
  of_id ID NOT NULL,
  similarity INT NOT NULL
);

-- Many votes by one person for another in a short time; what was more than usual of them does not count (vote_out), unless
-- a manager lets it.
CREATE TABLE vote_series (
  id ID PRIMARY KEY,
  voter_id ID NOT NULL,
  author_id ID NOT NULL,
  first_at TIME NOT NULL,
  last_at TIME NOT NULL,
  out_n INT NOT NULL,
  found_at TIME NOT NULL,
  back_at TIME,
  back_by ID
);
CREATE INDEX vote_series_found ON vote_series(found_at DESC, id DESC);

CREATE TABLE vote_out (
  fact_id ID PRIMARY KEY,
  series_id ID NOT NULL,
  post_id ID NOT NULL,
  value INT NOT NULL,
  out_id ID NOT NULL, -- past the fact that says so, before any later one
  back_id ID          -- past the fact that lets it count again
);
CREATE INDEX vote_out_series ON vote_out(series_id);
