-- expect: 2: column t.a: the type must be one of ID INT REAL TEXT BLOB BOOL TIME
CREATE TABLE t (a INTEGER NOT NULL);
