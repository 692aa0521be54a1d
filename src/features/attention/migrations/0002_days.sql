-- A row is written for each member's day, and read by member on few pages: SQLite finds a member's rows day by day, 800 at most.
-- @lite
DROP INDEX attention_member;
-- @end
