-- What was set aside so far, on the posts (community, 0005).
UPDATE post SET set_aside_n = (SELECT count(*) FROM vote_out v WHERE v.post_id = post.id AND v.back_id IS NULL)
WHERE id IN (SELECT post_id FROM vote_out);
