-- Among those who share a place the published figure says who is named first.
DROP INDEX member_place;
CREATE INDEX member_place ON member(place, reputation DESC, id) WHERE deleted_at IS NULL AND board_off = 0;
