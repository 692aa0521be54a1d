-- How the engine read the rules of this version (RULES_ENGINE of rules/rules.h).
ALTER TABLE ruleset ADD COLUMN engine INT NOT NULL DEFAULT 1;
