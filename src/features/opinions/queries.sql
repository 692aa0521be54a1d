-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Newest topics of a tag first, their posts in order.
-- name: opinion_posts :many
-- args: tag_id id, limit int
SELECT p.id, p.number, p.topic_id, p.created_at, t.title, t.slug, p.body_html
FROM topic_tag g JOIN topic t ON t.id = g.topic_id JOIN post p ON p.topic_id = t.id
WHERE g.tag_id = :tag_id AND t.deleted_at IS NULL AND p.deleted_at IS NULL
ORDER BY g.topic_id DESC, p.number LIMIT :limit;
