-- expect: 2: text before the first -- name: line
SELECT id FROM maker;
