-- expect: 3: triggers are not portable
CREATE TABLE t (id ID PRIMARY KEY);
CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END;
