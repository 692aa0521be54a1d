-- The handles of who asked and who wrote last, beside the topic: a list of topics then seeks no member. Written with the ids they
-- belong to and nowhere else; whoever changes a handle (erasing a member) has to change it here too.
ALTER TABLE topic ADD COLUMN author_handle TEXT;
ALTER TABLE topic ADD COLUMN last_handle TEXT;
UPDATE topic SET author_handle = (SELECT m.handle FROM member m WHERE m.id = topic.author_id),
  last_handle = (SELECT m.handle FROM member m WHERE m.id = topic.last_author_id);
-- What tags a topic has stands in `tags`, and whether it has one is found by the primary key.
DROP INDEX topic_tag_topic;
