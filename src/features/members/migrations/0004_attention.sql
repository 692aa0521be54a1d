-- What a member said to being timed while reading and writing (core/consent.h): 0 nothing, 1 yes, 2 no.
ALTER TABLE member ADD COLUMN attention INT NOT NULL DEFAULT 0;
