// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/dialect.h"

#include <string.h>
#include <strings.h>

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

static const char *skip_quoted(const char *p, const char *end, char q)
{
	for (p++; p < end; p++) {
		if (*p != q) continue;
		if (p + 1 < end && p[1] == q) p++;
		else return p + 1;
	}
	return end;
}

static const char *skip_word(const char *p, const char *end)
{
	while (p < end && (is_alpha(*p) || is_digit(*p))) p++;
	return p;
}

static const char *skip_comment(const char *p, const char *end)
{
	if (*p == '-') {
		while (p < end && *p != '\n') p++;
		return p;
	}
	for (p += 2; p < end; p++)
		if (*p == '/' && p[-1] == '*') return p + 1;
	return end;
}

static const char *skip_op(const char *p, const char *end)
{
	static const char *const OPS[] = {"->>", "::", "<=", ">=", "<>", "!=", "==", "||", "->", "@@", "<<", ">>"};
	for (size_t i = 0; i < COUNTOF(OPS); i++) {
		size_t n = strlen(OPS[i]);
		if ((size_t)(end - p) >= n && memcmp(p, OPS[i], n) == 0) return p + n;
	}
	return p + 1;
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p)) p++;
	return p;
}

static const char *skip_number(const char *p, const char *end)
{
	p = skip_word(p, end);
	return p + 1 < end && *p == '.' && is_digit(p[1]) ? skip_word(p + 1, end) : p;
}

static SqlTokenKind scan_word(const char *p, const char *end, const char **ret_end)
{
	bool bytes = (*p == 'x' || *p == 'X') && p + 1 < end && p[1] == '\'';
	*ret_end = bytes ? skip_quoted(p + 1, end, '\'') : skip_word(p, end);
	return bytes ? SQL_STRING : SQL_WORD;
}

static SqlTokenKind scan(const char *p, const char *end, const char **ret_end)
{
	char c = *p, d = p + 1 < end ? p[1] : 0;
	if (is_alpha(c)) return scan_word(p, end, ret_end);
	if (is_space(c)) {
		*ret_end = skip_space(p, end);
		return SQL_SPACE;
	}
	if ((c == '-' && d == '-') || (c == '/' && d == '*')) {
		*ret_end = skip_comment(p, end);
		return SQL_COMMENT;
	}
	if (c == '\'' || c == '"') {
		*ret_end = skip_quoted(p, end, c);
		return c == '"' ? SQL_QUOTED : SQL_STRING;
	}
	if (is_digit(c)) {
		*ret_end = skip_number(p, end);
		return SQL_NUMBER;
	}
	bool param = c == ':' && is_alpha(d);
	*ret_end = param ? skip_word(p + 1, end) : skip_op(p, end);
	return param ? SQL_PARAM : SQL_OP;
}

SqlToken sql_next(SqlLexer *lx)
{
	SqlToken t = {.kind = SQL_END, .p = lx->p, .line = lx->line};
	if (lx->p == lx->end) return t;
	t.kind = scan(lx->p, lx->end, &lx->p);
	t.n = (size_t)(lx->p - t.p);
	for (size_t i = 0; i < t.n; i++) lx->line += t.p[i] == '\n';
	return t;
}

bool sql_is(const SqlToken *t, const char *word)
{
	return (t->kind == SQL_WORD || t->kind == SQL_OP) && strlen(word) == t->n && strncasecmp(t->p, word, t->n) == 0;
}

bool dialect_marker(const char *line, size_t n, bool *ret_lite, bool *ret_pg)
{
	static const struct {
		const char *text;
		bool lite, pg;
	} MARKERS[] = {{"-- @lite", true, false}, {"-- @pg", false, true}, {"-- @end", true, true}};
	while (n && is_space(line[0])) line++, n--;
	while (n && is_space(line[n - 1])) n--;
	for (size_t i = 0; i < COUNTOF(MARKERS); i++) {
		if (n != strlen(MARKERS[i].text) || memcmp(line, MARKERS[i].text, n) != 0) continue;
		*ret_lite = MARKERS[i].lite;
		*ret_pg = MARKERS[i].pg;
		return true;
	}
	return false;
}

const char *dialect_type(DbEngine engine, const char *word, size_t n, bool in_cast)
{
	static const struct {
		const char *word, *lite, *pg;
	} TYPES[] = {
		{"ID", "INTEGER", "BIGINT"},
		{"INT", "INTEGER", "BIGINT"},
		{"REAL", "REAL", "DOUBLE PRECISION"},
		{"TEXT", "TEXT", "TEXT COLLATE \"C\""},
		{"BLOB", "BLOB", "BYTEA"},
		{"BOOL", "INTEGER", "SMALLINT"},
		{"TIME", "INTEGER", "BIGINT"},
	};
	for (size_t i = 0; i < COUNTOF(TYPES); i++) {
		if (strlen(TYPES[i].word) != n || memcmp(TYPES[i].word, word, n) != 0) continue;
		if (in_cast && TYPES[i].word[0] == 'T' && TYPES[i].word[1] == 'E') return "TEXT";
		return engine == DB_SQLITE ? TYPES[i].lite : TYPES[i].pg;
	}
	return NULL;
}

typedef struct Rewrite {
	DbEngine engine;
	bool describe;
	char *out;
	size_t n, id_end; // id_end: where the type ID was just put
	int words, depth; // of the statement so far
	bool table, create, body, without, skip_rowid;
	bool after_as;
	bool w_create, w_alter;
} Rewrite;

static void put(Rewrite *w, const char *p, size_t n)
{
	memcpy(w->out + w->n, p, n);
	w->n += n;
}
static void put_z(Rewrite *w, const char *z) { put(w, z, strlen(z)); }

static void statement_start(Rewrite *w)
{
	*w = (Rewrite){.engine = w->engine, .describe = w->describe, .out = w->out, .n = w->n};
}

static void statement_end(Rewrite *w)
{
	if (w->engine == DB_SQLITE && !w->describe && w->create && w->table && w->body)
		put_z(w, w->without ? ", STRICT" : " STRICT");
}

// Types stay as they are, except that only INTEGER can be the rowid.
static void describe_word(Rewrite *w, const SqlToken *t)
{
	static const char ROWID[] = "INTEGER";
	if (w->id_end && sql_is(t, "PRIMARY")) {
		char *id = w->out + w->id_end - 2;
		memmove(id + sizeof ROWID - 1, id + 2, w->n - w->id_end);
		memcpy(id, ROWID, sizeof ROWID - 1);
		w->n += sizeof ROWID - 3;
	}
	put(w, t->p, t->n);
	if (w->table && sql_is(t, "INTEGER")) put_z(w, "_"); // not a portable word: must not be taken for that
	w->id_end = w->table && t->n == 2 && memcmp(t->p, "ID", 2) == 0 ? w->n : 0;
}

static void rewrite_word(Rewrite *w, const SqlToken *t)
{
	w->words++;
	if (w->words == 1) {
		w->w_create = sql_is(t, "CREATE");
		w->w_alter = sql_is(t, "ALTER");
	} else if (w->words == 2 && sql_is(t, "TABLE")) {
		w->table = true;
		w->create = w->w_create;
	}
	bool in_cast = w->after_as;
	w->after_as = sql_is(t, "AS");
	if (w->describe) {
		describe_word(w, t);
		return;
	}
	if (w->create && w->table && w->depth == 0 && sql_is(t, "WITHOUT")) {
		w->without = true;
		w->skip_rowid = w->engine == DB_POSTGRES;
		if (w->skip_rowid) return;
	} else if (w->skip_rowid && sql_is(t, "ROWID")) {
		w->skip_rowid = false;
		return;
	}
	const char *type = w->table || in_cast ? dialect_type(w->engine, t->p, t->n, in_cast) : NULL;
	if (type) put_z(w, type);
	else put(w, t->p, t->n);
}

static void rewrite_token(Rewrite *w, const SqlToken *t)
{
	if (t->kind == SQL_WORD) {
		rewrite_word(w, t);
		return;
	}
	if (t->kind == SQL_OP && t->p[0] == '(') {
		if (w->depth++ == 0 && !w->after_as) w->body = true;
	} else if (t->kind == SQL_OP && t->p[0] == ')') {
		w->depth--;
	} else if (t->kind == SQL_OP && t->p[0] == ';') {
		statement_end(w);
		put(w, t->p, t->n);
		statement_start(w);
		return;
	}
	if (t->kind != SQL_SPACE && t->kind != SQL_COMMENT) {
		w->after_as = false;
		w->id_end = 0;
	}
	put(w, t->p, t->n);
}

// Copies sql without the lines that belong to the other engine, keeping their ends.
static size_t select_sections(DbEngine engine, const char *sql, size_t n, char *out)
{
	bool lite = true, pg = true;
	size_t m = 0;
	for (size_t at = 0; at < n;) {
		const char *nl = memchr(sql + at, '\n', n - at);
		size_t len = nl ? (size_t)(nl - sql) - at + 1 : n - at;
		bool marker = dialect_marker(sql + at, len, &lite, &pg);
		if (!marker && (engine == DB_SQLITE ? lite : pg)) {
			memcpy(out + m, sql + at, len);
			m += len;
		} else if (nl) {
			out[m++] = '\n';
		}
		at += len;
	}
	return m;
}

static size_t rewrite(DbEngine engine, bool describe, const char *sql, size_t n, char *out)
{
	// The selected text is put at the far end of the same buffer: the result, at most four times as long, is written
	// from the front and cannot reach what is still to be read.
	char *text = out + dialect_room_bytes(n) - n;
	size_t text_n = select_sections(engine, sql, n, text);
	SqlLexer lx = {.p = text, .end = text + text_n, .line = 1};
	Rewrite w = {.engine = engine, .describe = describe, .out = out};
	for (SqlToken t = sql_next(&lx); t.kind != SQL_END; t = sql_next(&lx)) rewrite_token(&w, &t);
	if (w.words) {
		put_z(&w, "\n");
		statement_end(&w);
	}
	out[w.n] = 0;
	return w.n;
}

size_t dialect_migration(DbEngine engine, const char *sql, size_t n, char *out)
{
	return rewrite(engine, false, sql, n, out);
}

size_t dialect_describe(const char *sql, size_t n, char *out) { return rewrite(DB_SQLITE, true, sql, n, out); }
