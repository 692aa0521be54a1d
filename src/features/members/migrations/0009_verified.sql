-- Who said that a member is a customer: 0 nobody but perhaps themselves, 1 the staff. Never set by who signs up; reputation trusts the
-- judgement of verified customers.
ALTER TABLE member ADD COLUMN verified INT NOT NULL DEFAULT 0;
