-- The phrases that emerged in a space, week by week, as they were found; the last week is found anew as it grows.
CREATE TABLE trend (
  space_id ID NOT NULL,
  week_ms TIME NOT NULL, -- its Monday
  place INT NOT NULL,    -- 0: the most telling of the week
  phrase TEXT NOT NULL,
  posts INT NOT NULL,
  authors INT NOT NULL,
  expected_centi INT NOT NULL, -- posts a week before, in hundredths
  examples TEXT NOT NULL,      -- ids of posts as in addresses, a space between them
  PRIMARY KEY (space_id, week_ms, place)
) WITHOUT ROWID;

-- How far a space is done: weeks before until_ms, of so many posts, the first of which was from first_ms.
CREATE TABLE trend_state ( -- small
  space_id ID PRIMARY KEY NOT NULL,
  first_ms TIME NOT NULL,
  until_ms TIME NOT NULL,
  posts_n INT NOT NULL
);
