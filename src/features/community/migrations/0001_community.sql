-- Spaces hold topics; a topic's opening text is its post number 0; answers and replies are posts 1, 2, ….
CREATE TABLE space ( -- small
  id ID PRIMARY KEY,
  slug TEXT NOT NULL,
  parent_id ID,
  title TEXT NOT NULL,
  description TEXT,
  position INT NOT NULL,
  kind INT NOT NULL,
  persona INT NOT NULL,
  style INT NOT NULL,
  visibility INT NOT NULL,
  topics_n INT NOT NULL,
  posts_n INT NOT NULL,
  created_at TIME NOT NULL
);
CREATE UNIQUE INDEX space_slug ON space(slug);
CREATE INDEX space_position ON space(position, id);

CREATE TABLE topic (
  id ID PRIMARY KEY,
  space_id ID NOT NULL,
  opening_id ID NOT NULL,
  author_id ID,
  author_name TEXT,
  title TEXT NOT NULL,
  slug TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at TIME NOT NULL,
  bumped_at TIME NOT NULL,
  last_author_id ID,
  posts_n INT NOT NULL,
  answers_n INT NOT NULL,
  score INT NOT NULL,
  views INT NOT NULL,
  same_n INT NOT NULL,
  helped_guests_n INT NOT NULL,
  solution_id ID,
  closed_at TIME,
  deleted_at TIME,
  style INT NOT NULL,
  affiliation INT NOT NULL,
  origin_channel TEXT,
  origin_id TEXT,
  origin_url TEXT
);
CREATE INDEX topic_active ON topic(bumped_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX topic_space_active ON topic(space_id, bumped_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX topic_space_newest ON topic(space_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX topic_space_kudos ON topic(space_id, score DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX topic_space_unanswered ON topic(space_id, created_at DESC, id DESC) WHERE deleted_at IS NULL AND answers_n = 0;
CREATE INDEX topic_space_unsolved ON topic(space_id, bumped_at DESC, id DESC) WHERE deleted_at IS NULL AND solution_id IS NULL;
CREATE INDEX topic_space_solved ON topic(space_id, bumped_at DESC, id DESC) WHERE deleted_at IS NULL AND solution_id IS NOT NULL;
CREATE INDEX topic_author ON topic(author_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX topic_origin ON topic(origin_channel, origin_id) WHERE origin_id IS NOT NULL;

-- On SQLite the search index knows a post by its small number: with the id it would be twice as large.
CREATE TABLE post (
  -- @lite
  doc ID PRIMARY KEY,
  id ID NOT NULL,
  -- @pg
  id ID PRIMARY KEY,
  -- @end
  topic_id ID NOT NULL,
  number INT NOT NULL,
  author_id ID,
  author_name TEXT,
  created_at TIME NOT NULL,
  edited_at TIME,
  score INT NOT NULL,
  comments_n INT NOT NULL,
  revisions_n INT NOT NULL,
  style INT NOT NULL,
  affiliation INT NOT NULL,
  deleted_at TIME,
  origin_channel TEXT,
  origin_id TEXT,
  origin_url TEXT,
  text_n INT NOT NULL, -- bytes of the plain text, for the order of search results
  body_html TEXT NOT NULL,
  source BLOB -- what was typed, packed against body_html (text/pack.h); absent where body_html is it (imports) or gives it back
);
-- @lite
CREATE UNIQUE INDEX post_id ON post(id);
-- @end
CREATE UNIQUE INDEX post_topic ON post(topic_id, number);
-- Posts of one moment are put in order by their ids when they are read: in the index these would be a third of it.
CREATE INDEX post_author ON post(author_id, created_at DESC) WHERE number > 0 AND deleted_at IS NULL;
CREATE UNIQUE INDEX post_origin ON post(origin_channel, origin_id) WHERE origin_id IS NOT NULL;

CREATE TABLE comment (
  id ID PRIMARY KEY,
  post_id ID NOT NULL,
  topic_id ID NOT NULL,
  author_id ID,
  author_name TEXT,
  created_at TIME NOT NULL,
  score INT NOT NULL,
  style INT NOT NULL,
  affiliation INT NOT NULL,
  deleted_at TIME,
  origin_channel TEXT,
  origin_id TEXT,
  origin_url TEXT,
  body_html TEXT NOT NULL
);
CREATE INDEX comment_post ON comment(post_id, created_at, id);
CREATE UNIQUE INDEX comment_origin ON comment(origin_channel, origin_id) WHERE origin_id IS NOT NULL;

CREATE TABLE revision (
  id ID PRIMARY KEY,
  post_id ID NOT NULL,
  number INT NOT NULL,
  author_id ID,
  at_ms TIME NOT NULL,
  title TEXT,
  body TEXT NOT NULL,
  reason TEXT
);
CREATE UNIQUE INDEX revision_post ON revision(post_id, number);

CREATE TABLE tag (
  id ID PRIMARY KEY,
  name TEXT NOT NULL,
  topics_n INT NOT NULL,
  description TEXT
);
CREATE UNIQUE INDEX tag_name ON tag(name);
CREATE INDEX tag_size ON tag(topics_n DESC, id DESC);

CREATE TABLE topic_tag (
  tag_id ID NOT NULL,
  topic_id ID NOT NULL,
  PRIMARY KEY (tag_id, topic_id)
) WITHOUT ROWID;
CREATE INDEX topic_tag_topic ON topic_tag(topic_id);

-- When a vote was cast, its fact says.
CREATE TABLE vote (
  post_id ID NOT NULL,
  member_id ID NOT NULL,
  value INT NOT NULL,
  PRIMARY KEY (post_id, member_id)
) WITHOUT ROWID;

-- "I have this too" and "this solved it" of members (kind 0 and 1) on topics and posts.
CREATE TABLE mark (
  subject_id ID NOT NULL,
  kind INT NOT NULL,
  member_id ID NOT NULL,
  at_ms TIME NOT NULL,
  PRIMARY KEY (subject_id, kind, member_id)
) WITHOUT ROWID;

-- "This solved it" of people without an account: once per browser, counted apart.
CREATE TABLE guest_mark (
  topic_id ID NOT NULL,
  browser_hash BLOB NOT NULL,
  at_ms TIME NOT NULL,
  PRIMARY KEY (topic_id, browser_hash)
) WITHOUT ROWID;

CREATE TABLE topic_link (
  topic_id ID NOT NULL,
  other_id ID NOT NULL,
  kind INT NOT NULL,
  at_ms TIME NOT NULL,
  origin_id TEXT,
  PRIMARY KEY (topic_id, other_id, kind)
) WITHOUT ROWID;
CREATE INDEX topic_link_other ON topic_link(other_id);

CREATE TABLE draft (
  member_id ID NOT NULL,
  place TEXT NOT NULL,
  title TEXT NOT NULL,
  tags TEXT NOT NULL,
  body TEXT NOT NULL,
  updated_at TIME NOT NULL,
  PRIMARY KEY (member_id, place)
) WITHOUT ROWID;

CREATE TABLE report (
  id ID PRIMARY KEY,
  post_id ID NOT NULL,
  reporter_id ID,
  why INT NOT NULL,
  note TEXT,
  at_ms TIME NOT NULL,
  closed_at TIME
);
CREATE INDEX report_open ON report(at_ms, id) WHERE closed_at IS NULL;
CREATE INDEX report_post ON report(post_id);

-- The search index: one document a post; the opening post carries the title. rowid: post.doc, on PostgreSQL post.id.
-- @lite
CREATE VIRTUAL TABLE post_fts USING fts5(title, body, content='', columnsize=0, detail=full, tokenize='snowball english');
INSERT INTO post_fts (post_fts, rank) VALUES ('usermerge', 2); -- the hourly merge leaves few segments to look into
-- @pg
CREATE TABLE post_fts (rowid ID PRIMARY KEY, tsv TSVECTOR NOT NULL);
CREATE INDEX post_fts_tsv ON post_fts USING gin(tsv);
-- @end
