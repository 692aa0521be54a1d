-- Votes on a post that fair play set aside: they stand in its score and count nothing; written by community_set_aside only.
ALTER TABLE post ADD COLUMN set_aside_n INT NOT NULL DEFAULT 0;
