-- A member's page asks for the series of their votes and of those for them. One row is a series: there are few.
CREATE INDEX vote_series_voter ON vote_series(voter_id);
CREATE INDEX vote_series_author ON vote_series(author_id);
