-- What a member's rank gives on top of their role (core/site.h, Grants): bits of rights everywhere and in their areas, and how many
-- votes a day; 0: no limit. Written with the rank.
ALTER TABLE member ADD COLUMN grants INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN grants_area INT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN votes_a_day INT NOT NULL DEFAULT 0;
