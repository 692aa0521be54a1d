-- The earlier answer of the topic that this one nearly repeats; written by community_post_repeats only.
ALTER TABLE post ADD COLUMN repeats_id ID;
CREATE INDEX post_repeats ON post(repeats_id) WHERE repeats_id IS NOT NULL;
