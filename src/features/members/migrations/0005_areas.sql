-- In what a member has solutions, most kept first: lines of area, solutions, and those kept (members_area_in). Beside a name on a
-- topic's page stands what they have in the topic's own area.
ALTER TABLE member ADD COLUMN areas TEXT;
