-- A small schema with one of each.
CREATE TABLE maker ( -- small
  id ID PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE item (
  id ID PRIMARY KEY,
  maker_id ID,
  name TEXT NOT NULL,
  note_html TEXT,
  price REAL NOT NULL,
  stock INT NOT NULL,
  low INT,
  live BOOL NOT NULL,
  picture BLOB,
  made_at TIME NOT NULL
);
CREATE UNIQUE INDEX item_name ON item(name);
CREATE INDEX item_newest ON item(made_at DESC, id DESC);
CREATE TABLE item_tag (
  item_id ID NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (item_id, tag)
) WITHOUT ROWID;
-- @lite
CREATE VIRTUAL TABLE item_fts USING fts5(name, note, content='', tokenize='snowball english');
-- @pg
CREATE TABLE item_fts (rowid ID PRIMARY KEY, tsv TSVECTOR NOT NULL);
-- @end
