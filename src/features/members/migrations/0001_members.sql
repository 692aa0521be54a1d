-- A member is a person (or a service) who can write; sessions and tokens are stored hashed.
CREATE TABLE member (
  id ID PRIMARY KEY,
  handle TEXT NOT NULL,
  handle_key TEXT NOT NULL,
  display_name TEXT,
  email TEXT,
  email_key TEXT,
  password_hash TEXT,
  role INT NOT NULL,
  affiliation INT NOT NULL,
  joined_at TIME NOT NULL,
  seen_at TIME,
  location TEXT,
  website TEXT,
  about_html TEXT,
  reputation INT NOT NULL,
  topics_n INT NOT NULL,
  answers_n INT NOT NULL,
  comments_n INT NOT NULL,
  solutions_n INT NOT NULL,
  kudos_n INT NOT NULL,
  deleted_at TIME,
  origin_channel TEXT,
  origin_id TEXT,
  origin_url TEXT
);
CREATE UNIQUE INDEX member_handle ON member(handle_key);
CREATE UNIQUE INDEX member_email ON member(email_key) WHERE email_key IS NOT NULL;
CREATE UNIQUE INDEX member_origin ON member(origin_channel, origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX member_board ON member(reputation DESC, id DESC) WHERE deleted_at IS NULL;

CREATE INDEX member_solvers ON member(solutions_n DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE session (
  token_hash BLOB PRIMARY KEY NOT NULL,
  member_id ID NOT NULL,
  created_at TIME NOT NULL,
  expires_at TIME NOT NULL
);
CREATE INDEX session_member ON session(member_id);
CREATE INDEX session_expires ON session(expires_at);

CREATE TABLE api_token (
  token_hash BLOB PRIMARY KEY NOT NULL,
  id ID NOT NULL,
  member_id ID NOT NULL,
  label TEXT NOT NULL,
  created_at TIME NOT NULL
);
CREATE INDEX api_token_member ON api_token(member_id);

-- Figures published elsewhere (another site's reputation), kept apart from what is computed here.
CREATE TABLE external_figure (
  member_id ID NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  value INT NOT NULL,
  at_ms TIME NOT NULL,
  PRIMARY KEY (member_id, source, name)
) WITHOUT ROWID;

CREATE TABLE badge (
  id ID PRIMARY KEY,
  member_id ID NOT NULL,
  name TEXT NOT NULL,
  level INT NOT NULL,
  at_ms TIME NOT NULL,
  origin_id TEXT
);
CREATE INDEX badge_member ON badge(member_id, at_ms DESC, id DESC);
CREATE UNIQUE INDEX badge_origin ON badge(origin_id) WHERE origin_id IS NOT NULL;
