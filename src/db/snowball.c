// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/snowball.h"

#include "db/stem.h"

#include <sqlite3.h>
#include <string.h>

#define FEW_BYTES 64 // the counts of a usual query

static int tokenizer_create(UNUSED void *api, const char **args, int args_n, Fts5Tokenizer **ret)
{
	Str language = args_n > 0 ? (Str){args[0], strlen(args[0])} : S("english");
	Stemmer *st = sqlite3_malloc(sizeof *st);
	if (!st) return SQLITE_NOMEM;
	*st = stemmer_init(language);
	if (!st->sb && language.n) {
		sqlite3_free(st);
		return SQLITE_ERROR;
	}
	*ret = (Fts5Tokenizer *)st;
	return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *t)
{
	Stemmer *st = (Stemmer *)t;
	sqlite3_free(st->kept);
	stemmer_done(st);
	sqlite3_free(st);
}

// Who writes texts keeps stems; a query is of a few words.
static void keep(Stemmer *st, int flags)
{
	if (st->kept || !(flags & FTS5_TOKENIZE_DOCUMENT)) return;
	st->kept = sqlite3_malloc(sizeof *st->kept);
	if (st->kept) memset(st->kept, 0, sizeof *st->kept);
}

static int tokenizer_run(Fts5Tokenizer *t, void *arg, int flags, const char *text, int n,
						 int (*token)(void *, int, const char *, int, int, int))
{
	keep((Stemmer *)t, flags);
	StemCursor c = stem_cursor((const Stemmer *)t, (Str){text, n > 0 ? (size_t)n : 0});
	StemToken tok;
	int rc = SQLITE_OK;
	while (rc == SQLITE_OK && stem_next(&c, &tok))
		rc = token(arg, 0, tok.s.p, (int)tok.s.n, (int)tok.from, (int)tok.to);
	return rc;
}

static void put_u16(unsigned char *p, int v)
{
	int capped = v > 0xffff ? 0xffff : v;
	p[0] = (unsigned char)(capped & 0xff);
	p[1] = (unsigned char)(capped >> 8);
}

static int count_phrase(const Fts5ExtensionApi *api, Fts5Context *fts, int phrase, int columns, unsigned char *cells)
{
	Fts5PhraseIter it;
	int column, offset, rc = api->xPhraseFirst(fts, phrase, &it, &column, &offset);
	for (; rc == SQLITE_OK && column >= 0; api->xPhraseNext(fts, &it, &column, &offset)) {
		unsigned char *cell = cells + (size_t)column * 2;
		if (column < columns) put_u16(cell, (cell[0] | cell[1] << 8) + 1);
	}
	return rc;
}

// hearth_tf(table): for each phrase of the query its count in each column, then the number of tokens of each column,
// all as u16, little endian, capped at 65535.
static void tf_function(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *cx, UNUSED int args_n,
						UNUSED sqlite3_value **args)
{
	int phrases = api->xPhraseCount(fts), columns = api->xColumnCount(fts);
	size_t cells = (size_t)phrases * (size_t)columns, bytes = (cells + (size_t)columns) * 2;
	unsigned char few[FEW_BYTES], *out = bytes <= sizeof few ? few : sqlite3_malloc64(bytes);
	int rc = out ? SQLITE_OK : SQLITE_NOMEM;
	if (out) memset(out, 0, bytes);
	for (int p = 0; rc == SQLITE_OK && p < phrases; p++)
		rc = count_phrase(api, fts, p, columns, out + (size_t)(p * columns) * 2);
	for (int c = 0; rc == SQLITE_OK && c < columns; c++) {
		int size = 0;
		rc = api->xColumnSize(fts, c, &size);
		put_u16(out + (cells + (size_t)c) * 2, size);
	}
	if (rc == SQLITE_OK) sqlite3_result_blob64(cx, out, bytes, SQLITE_TRANSIENT);
	else sqlite3_result_error_code(cx, rc);
	if (out != few) sqlite3_free(out);
}

static fts5_api *find_api(sqlite3 *h)
{
	fts5_api *api = NULL;
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(h, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL);
		sqlite3_step(st);
	}
	sqlite3_finalize(st);
	return api;
}

int snowball_register(struct sqlite3 *h)
{
	fts5_api *api = find_api(h);
	if (!api) return SQLITE_ERROR;
	fts5_tokenizer tokenizer = {.xCreate = tokenizer_create, .xDelete = tokenizer_delete, .xTokenize = tokenizer_run};
	int rc = api->xCreateTokenizer(api, "snowball", api, &tokenizer, NULL);
	return rc == SQLITE_OK ? api->xCreateFunction(api, "hearth_tf", NULL, tf_function, NULL) : rc;
}
