-- What happened to those who were about to ask, by time. The kinds are those of core/observe.h; other observations are not in it.
CREATE INDEX observation_asking ON observation(at_ms) WHERE kind >= 10 AND kind <= 13;
