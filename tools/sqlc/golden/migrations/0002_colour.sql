ALTER TABLE item ADD COLUMN colour TEXT;
CREATE TABLE shelf (
  space_id ID NOT NULL,
  made_at TIME NOT NULL,
  item_id ID NOT NULL,
  PRIMARY KEY (space_id, made_at, item_id)
) WITHOUT ROWID;
