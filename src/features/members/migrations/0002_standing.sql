-- What reputation shows of a member to everybody; written by members_put_standing only. `given_n`: answers to others.
ALTER TABLE member ADD COLUMN standing INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN place INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN place_to INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN rank_name TEXT;
ALTER TABLE member ADD COLUMN rank_level INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN area TEXT;
ALTER TABLE member ADD COLUMN given_n INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN solved_n INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN kept_n INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN board_off BOOL NOT NULL DEFAULT 0;
CREATE INDEX member_place ON member(place, id) WHERE place > 0 AND deleted_at IS NULL AND board_off = 0;
