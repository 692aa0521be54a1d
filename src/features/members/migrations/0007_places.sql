-- A search for who stands behind a place has to begin at that place: while the index itself asked for place > 0, SQLite began there.
DROP INDEX member_place;
CREATE INDEX member_place ON member(place, id) WHERE deleted_at IS NULL AND board_off = 0;
