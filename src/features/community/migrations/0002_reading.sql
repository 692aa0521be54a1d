-- What the text engine takes a post or comment for, packed into one number (text/reading.h), in the order in which a space's
-- page reads it. Written by the feature insight only. Words: those that decided, a tab between them; absent where none did.
CREATE TABLE reading (
  space_id ID NOT NULL,
  at_ms TIME NOT NULL,
  subject_id ID NOT NULL,
  bits INT NOT NULL,
  words TEXT,
  PRIMARY KEY (space_id, at_ms, subject_id)
) WITHOUT ROWID;

-- The language of a text that is surely not in the language of the pages.
ALTER TABLE post ADD COLUMN lang TEXT;
ALTER TABLE comment ADD COLUMN lang TEXT;
