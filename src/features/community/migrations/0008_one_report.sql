-- One open report a member a post. Of those that are there several times the first stays open; the later ones count as dealt with
-- when they were made.
UPDATE report SET closed_at = at_ms WHERE closed_at IS NULL AND reporter_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM report o WHERE o.post_id = report.post_id AND o.reporter_id = report.reporter_id AND o.closed_at IS NULL AND o.id < report.id);
CREATE UNIQUE INDEX report_once ON report(post_id, reporter_id) WHERE closed_at IS NULL AND reporter_id IS NOT NULL;
