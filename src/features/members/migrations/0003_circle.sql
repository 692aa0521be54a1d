-- Where a member stands with the superuser programme (core/site.h has the numbers), since when, and where they help;
-- written by members_put_circle only.
ALTER TABLE member ADD COLUMN circle INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN circle_since TIME;
ALTER TABLE member ADD COLUMN circle_area TEXT;
CREATE INDEX member_circle ON member(circle, id) WHERE circle > 0;
