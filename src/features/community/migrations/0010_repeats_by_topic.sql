-- Which answers of a topic were repeated is asked once a page, of topics where any was.
DROP INDEX post_repeats;
CREATE INDEX post_repeats ON post(topic_id, repeats_id) WHERE repeats_id IS NOT NULL;
