// SPDX-License-Identifier: AGPL-3.0-or-later
// FTS5 cuts texts into tokens itself (db/stem.h); PostgreSQL is given the same tokens with their positions, so that both
// engines hold the same documents. Stop words are indexed, and left out of queries.
#include "model.h"

#include "db/stem.h"

#define POSITION_MAX 16383 // PostgreSQL's; later ones are the same to it
#define TSVECTOR_MAX_BYTES ((size_t)1 << 20)

Str search_tsvector(Arena *a, Str text)
{
	Stemmer st = stemmer_init(S("english"));
	StemCursor c = stem_cursor(&st, text);
	StemToken token;
	int64_t at = 1; // one place is left before the text, so that no phrase reaches from the title into it
	Buf b = buf_init(a, text.n * 2 + 16, TSVECTOR_MAX_BYTES);
	while (stem_next(&c, &token)) {
		at = i64_min(at + 1, POSITION_MAX);
		if (b.n) buf_char(&b, ' ');
		buf_char(&b, '\'');
		for (size_t i = 0; i < token.s.n; i++) {
			if (token.s.p[i] == '\'' || token.s.p[i] == '\\') buf_char(&b, token.s.p[i]);
			buf_char(&b, token.s.p[i]);
		}
		buf_str(&b, S("':"));
		buf_int(&b, at);
	}
	stemmer_done(&st);
	return b.n ? buf_view(&b) : S("");
}

Status community_index_put(Ctx *cx, Tx *tx, Id post_id, Str title, Str plain)
{
	SearchInsertArgs args = {.id = post_id, .title = title.p ? title : S(""), .body = plain.p ? plain : S("")};
	if (db_engine(tx_db(tx)) == DB_POSTGRES) {
		args.title = search_tsvector(cx->arena, args.title);
		args.body = search_tsvector(cx->arena, args.body);
	}
	return search_insert(cx, tx, &args);
}

Status search_remove(Ctx *cx, Tx *tx, Id post_id, Str title, Str plain)
{
	return search_delete(
		cx, tx, &(SearchDeleteArgs){.id = post_id, .title = title.p ? title : S(""), .body = plain.p ? plain : S("")});
}
