// SPDX-License-Identifier: AGPL-3.0-or-later
// What Hearth adds to FTS5 on a SQLite connection: the tokenizer `snowball LANGUAGE` (words of db/stem.h) and the
// function hearth_tf (db/fts.h). Registered on every connection and in tools/sqlc, which only then can prepare
// statements on the search tables. Returns a SQLite result code. Private to src/db and tools/sqlc.
#pragma once
struct sqlite3;
int snowball_register(struct sqlite3 *h);
