-- Who sees a tag: whoever sees a space where it is in use, so the least closed of these. 3, the staff, until it is used at all.
ALTER TABLE tag ADD COLUMN visibility INT NOT NULL DEFAULT 3;
UPDATE tag SET visibility = COALESCE((SELECT min(s.visibility) FROM topic_tag x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id
  WHERE x.tag_id = tag.id AND t.deleted_at IS NULL), 3);
CREATE INDEX tag_closed ON tag(visibility) WHERE visibility > 0;
CREATE INDEX tag_closed_name ON tag(name) WHERE visibility > 0;
-- It stood beside names, where everybody sees it.
UPDATE member SET area = NULL WHERE area IN (SELECT name FROM tag WHERE visibility > 0);
