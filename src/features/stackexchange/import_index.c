// SPDX-License-Identifier: AGPL-3.0-or-later
// The search index as community keeps it (its search_index.c is private to it, and removing a post from the index needs
// exactly what was put): a test compares the two.
#include "stackexchange/import_impl.h"

#include "db/stem.h"
#include "text/plain.h"

#define INDEX_TEXT_MAX_BYTES ((size_t)32 << 10)
#define POSITION_MAX 16383
#define TSVECTOR_MAX_BYTES ((size_t)1 << 20)

Str se_index_plain(Arena *a, Str html) { return html_plain(a, html, INDEX_TEXT_MAX_BYTES); }

Str se_index_tsvector(Arena *a, Str text)
{
	Stemmer st = stemmer_init(S("english"));
	StemCursor c = stem_cursor(&st, text);
	StemToken token;
	int64_t at = 1;
	Buf b = buf_init(a, text.n * 2 + 16, TSVECTOR_MAX_BYTES);
	while (stem_next(&c, &token)) {
		at = i64_min(at + 1, POSITION_MAX);
		buf_str(&b, b.n ? S(" '") : S("'"));
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

Status se_index_put(Ctx *cx, Tx *tx, Id post_id, Str title, Str plain)
{
	SearchInsertArgs args = {.id = post_id, .title = title.p ? title : S(""), .body = plain.p ? plain : S("")};
	if (db_engine(tx_db(tx)) == DB_POSTGRES) {
		args.title = se_index_tsvector(cx->arena, args.title);
		args.body = se_index_tsvector(cx->arena, args.body);
	}
	return search_insert(cx, tx, &args);
}
