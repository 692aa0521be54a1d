// SPDX-License-Identifier: AGPL-3.0-or-later
// queries.sql into Query: names, kinds, arguments, bodies; and a body into the text that one engine gets.
#include "sqlc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char KINDS[] = ":one :find :many :exec :execn :each";

// Which of the words, which a space separates, is [p, p + n)? -1: none.
static int word_index(const char *words, const char *p, size_t n)
{
	for (size_t k, i = 0; *words; words += k + (words[k] == ' '), i++) {
		k = strcspn(words, " ");
		if (k == n && strncasecmp(words, p, n) == 0) return (int)i;
	}
	return -1;
}

bool token_in(const SqlToken *t, const char *words)
{
	return (t->kind == SQL_WORD || t->kind == SQL_OP) && word_index(words, t->p, t->n) >= 0;
}

static bool is_name(const char *z)
{
	static const char RESERVED[] =
		"auto break case char const continue default do double else enum extern float for goto if inline int long "
		"register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while "
		"bool true false";
	return *z >= 'a' && *z <= 'z' && word_index(RESERVED, z, strlen(z)) < 0 &&
		   strspn(z, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(z);
}

static char *pascal_of(const char *name)
{
	char *out = take(strlen(name) + 1), *w = out;
	for (const char *p = name; *p; p++)
		if (*p != '_') *w++ = (p == name || p[-1] == '_') && *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
	return out;
}

// "name:type?" taken apart.
Alias alias_parse(const char *p, size_t n)
{
	Alias a = {.name_n = n};
	if (n && (p[n - 1] == '?' || p[n - 1] == '!')) {
		a.marked = true;
		a.null_mark = p[n - 1];
		a.name_n = --n;
	}
	const char *colon = memchr(p, ':', n);
	if (!colon) return a;
	a.marked = true;
	a.name_n = (size_t)(colon - p);
	a.type = type_named(colon + 1, n - a.name_n - 1, true);
	a.bad = a.type == T_NONE;
	return a;
}

typedef struct Parser {
	Queries *qs;
	const char *file;
	Query *q;      // the current one
	bool lite, pg; // which bodies the lines belong to
	bool done;     // its semicolon was seen
	int line;
} Parser;

static void start_query(Parser *p, char *rest)
{
	Queries *qs = p->qs;
	Query *q = p->q = &qs->v[qs->n < QUERIES_MAX - 1 ? qs->n++ : qs->n];
	p->lite = p->pg = true;
	p->done = false;
	char *save, *name = strtok_r(rest, " \t", &save), *kind = name ? strtok_r(NULL, " \t", &save) : NULL;
	int k = kind ? word_index(KINDS, kind, strlen(kind)) : -1;
	*q = (Query){
		.line = p->line, .kind = (Kind)(k < 0 ? 0 : k), .name = take_str(name ? name : "", name ? strlen(name) : 0)};
	q->pascal = pascal_of(q->name);
	if (!is_name(q->name))
		QUERY_ERROR(p->file, q, p->line, "'%s' is no name for a query: lower case, digits and _", q->name);
	for (const Query *o = qs->v; o < q; o++)
		if (strcmp(o->name, q->name) == 0)
			QUERY_ERROR(p->file, q, p->line, "second query called %s (the first is at line %d)", q->name, o->line);
	if (k < 0) QUERY_ERROR(p->file, q, p->line, "%s: the kind must be one of %s", q->name, KINDS);
}

static void parse_args(Parser *p, char *rest)
{
	Query *q = p->q;
	char *save, *save2;
	for (char *item = strtok_r(rest, ",", &save); item; item = strtok_r(NULL, ",", &save)) {
		char *name = strtok_r(item, " \t", &save2), *type = name ? strtok_r(NULL, " \t", &save2) : NULL;
		if (!name) continue;
		size_t n = type ? strlen(type) : 0;
		bool nullable = n && type[n - 1] == '?';
		Type t = type ? type_named(type, n - nullable, true) : T_NONE;
		if (t == T_NONE || !is_name(name)) {
			QUERY_ERROR(p->file, q, p->line,
						"argument '%s %s': want NAME TYPE, the type one of int id time text real bool blob html", name,
						type ? type : "");
			continue;
		}
		for (int i = 0; i < q->args_n; i++)
			if (strcmp(q->args[i].name, name) == 0) QUERY_ERROR(p->file, q, p->line, "second argument called %s", name);
		if (q->args_n < FIELDS_MAX)
			q->args[q->args_n++] = (Field){.name = take_str(name, strlen(name)), .type = t, .nullable = nullable};
	}
}

static void add_body_line(Parser *p, DbEngine engine, const char *line)
{
	char *old = p->q->text[engine];
	if (!old && !*line) return;
	p->q->text[engine] = take_format("%s%s\n", old ? old : "", line);
	if (!old) p->q->text_line[engine] = p->line;
}

static const char *after(const char *line, const char *prefix)
{
	size_t n = strlen(prefix);
	return strncmp(line, prefix, n) == 0 ? line + n : NULL;
}

static bool parse_directive(Parser *p, const char *line)
{
	const char *rest;
	bool lite, pg;
	if ((rest = after(line, "-- name:"))) {
		start_query(p, take_str(rest, strlen(rest)));
	} else if (dialect_marker(line, strlen(line), &lite, &pg)) {
		p->lite = lite;
		p->pg = pg;
		p->done = false;
	} else if ((rest = after(line, "-- args:")) && p->q) {
		parse_args(p, take_str(rest, strlen(rest)));
	} else if ((rest = after(line, "-- scan-ok:")) && p->q) {
		p->q->scan_ok = true;
		if (strspn(rest, " \t") == strlen(rest)) QUERY_ERROR(p->file, p->q, p->line, "scan-ok wants a reason");
	} else {
		return false;
	}
	return true;
}

static void parse_line(Parser *p, const char *line)
{
	line += strspn(line, " \t");
	if (parse_directive(p, line)) return;
	bool blank = !*line || after(line, "--"); // in a body it only keeps the count of lines
	bool inside = p->q && !p->done;
	if (!blank && p->done) error_at(p->file, p->line, "text after the end of %s: one statement a query", p->q->name);
	if (!blank && !p->q) error_at(p->file, p->line, "text before the first -- name: line");
	if (!inside) return;
	if (p->lite) add_body_line(p, DB_SQLITE, blank ? "" : line);
	if (p->pg) add_body_line(p, DB_POSTGRES, blank ? "" : line);
	p->done = !blank && line[strlen(line) - 1] == ';';
}

static void tokenize(const char *file, Query *q, DbEngine engine)
{
	char *text = q->text[engine];
	static const char *const ENGINES[] = {[DB_SQLITE] = "SQLite", [DB_POSTGRES] = "PostgreSQL"};
	if (!text) QUERY_ERROR(file, q, q->line, "%s has no statement for %s", q->name, ENGINES[engine]);
	if (!text) return;
	Tokens *ts = &q->tokens[engine];
	ts->v = take(TOKENS_MAX * sizeof *ts->v);
	ts->at = take(TOKENS_MAX * sizeof *ts->at);
	SqlLexer lx = {.p = text, .end = text + strlen(text), .line = q->text_line[engine]};
	for (SqlToken t = sql_next(&lx); t.kind != SQL_END; t = sql_next(&lx))
		if (t.kind != SQL_SPACE && t.kind != SQL_COMMENT && ts->n < TOKENS_MAX - 1) ts->v[ts->n++] = t;
	ts->n -= ts->n > 0;
	if (!sql_is(&ts->v[ts->n], ";")) QUERY_ERROR(file, q, q->line, "%s does not end with a semicolon", q->name);
	for (int i = 0; i < ts->n; i++)
		if (sql_is(&ts->v[i], ";")) QUERY_ERROR(file, q, ts->v[i].line, "%s: one statement a query", q->name);
}

void queries_parse(Queries *qs, const char *file)
{
	size_t n;
	char *text = read_file(file, &n);
	if (!text) return;
	qs->v = take(QUERIES_MAX * sizeof *qs->v);
	Parser p = {.qs = qs, .file = file};
	for (char *line; (line = strsep(&text, "\n"));) {
		for (size_t k = strlen(line); k && strchr(" \t\r", line[k - 1]);) line[--k] = 0;
		p.line++;
		parse_line(&p, line);
	}
	for (size_t i = 0; i < qs->n * 2; i++) tokenize(file, &qs->v[i / 2], i % 2 ? DB_POSTGRES : DB_SQLITE);
}

int find_arg(const Query *q, const SqlToken *t)
{
	for (int i = 0; i < q->args_n; i++)
		if (strlen(q->args[i].name) == t->n - 1 && memcmp(q->args[i].name, t->p + 1, t->n - 1) == 0) return i;
	return -1;
}

static void render_token(const Query *q, DbEngine engine, const SqlToken *t, bool after_as, bool keep_marks, FILE *out)
{
	const char *type = t->kind == SQL_WORD && after_as ? dialect_type(engine, t->p, t->n, true) : NULL;
	Alias a = t->kind == SQL_QUOTED ? alias_parse(t->p + 1, t->n - 2) : (Alias){0};
	int i = t->kind == SQL_PARAM ? find_arg(q, t) : -1;
	if (type) fputs(type, out);
	else if (i >= 0 && engine == DB_SQLITE) fprintf(out, "?%d", i + 1);
	else if (i >= 0) fprintf(out, "$%d::%s", i + 1, TYPES[q->args[i].type].pg_cast);
	else if (a.marked && !keep_marks) fwrite(t->p + 1, 1, a.name_n, out);
	else fwrite(t->p, 1, t->n, out);
}

// The statement with single spaces between tokens, parameters numbered and marked aliases plain.
char *query_render(Query *q, DbEngine engine, bool keep_marks)
{
	Tokens *ts = &q->tokens[engine];
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	for (int i = 0; i < ts->n; i++) {
		const SqlToken *t = &ts->v[i], *prev = i ? t - 1 : NULL;
		if (prev && prev->p + prev->n != t->p) fputc(' ', out);
		ts->at[i] = ftell(out);
		render_token(q, engine, t, prev && sql_is(prev, "AS"), keep_marks, out);
	}
	fclose(out);
	return text;
}

void query_refuse_words(const char *file, Query *q, const Tokens *ts)
{
	for (int i = 1; i < ts->n; i++) {
		const SqlToken *t = &ts->v[i];
		if (sql_is(t, "*") && token_in(t - 1, "SELECT DISTINCT ALL . , RETURNING"))
			QUERY_ERROR(file, q, t->line, "%s: name the columns instead of *", q->name);
		if (sql_is(t, "OFFSET")) QUERY_ERROR(file, q, t->line, "%s: OFFSET is not allowed; page by a key", q->name);
	}
}
