-- expect: 3: near "FRM": syntax error
CREATE TABLE t (id ID PRIMARY KEY);
DELETE FRM t;
