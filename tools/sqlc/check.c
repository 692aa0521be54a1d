// SPDX-License-Identifier: AGPL-3.0-or-later
// A query against the schema: tables it names, types of its arguments and results, its plan, and the refusals.
#include "sqlc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool ends_table_name(const SqlToken *t)
{
	static const char WORDS[] =
		"ON WHERE JOIN LEFT RIGHT FULL INNER CROSS NATURAL GROUP ORDER LIMIT SET VALUES SELECT DO FOR "
		"USING UNION EXCEPT INTERSECT HAVING WINDOW RETURNING DEFAULT INDEXED NOT";
	return t->kind != SQL_WORD || token_in(t, WORDS);
}

static int skip_parens(const Tokens *ts, int i)
{
	for (int depth = 0; i < ts->n; i++) {
		depth += sql_is(&ts->v[i], "(") - sql_is(&ts->v[i], ")");
		if (depth == 0) return i;
	}
	return i;
}

// Reads `name [AS] alias` or `(SELECT …) alias` at token i; returns the index after it.
static int read_ref(const Schema *s, Query *q, const Tokens *ts, int i, bool left, bool target)
{
	bool select = sql_is(&ts->v[i], "(");
	if (select) i = skip_parens(ts, i);
	else if (ends_table_name(&ts->v[i])) return i;
	const SqlToken *t = &ts->v[i++];
	Ref r = {.name = t, .alias = t, .left = left, .target = target};
	if (!select) r.table = schema_table(s, t->p, t->n);
	if (sql_is(&ts->v[i], "AS")) i++;
	if (!ends_table_name(&ts->v[i])) r.alias = &ts->v[i++];
	if (q->refs_n < REFS_MAX) q->refs[q->refs_n++] = r;
	return i;
}

static void read_join(const Schema *s, const char *file, Query *q, const Tokens *ts, int i)
{
	const SqlToken *before = &ts->v[i - 1];
	bool left = sql_is(before, "LEFT") || (sql_is(before, "OUTER") && sql_is(before - 1, "LEFT"));
	if (token_in(before, "RIGHT FULL NATURAL"))
		QUERY_ERROR(file, q, before->line, "%s: RIGHT, FULL and NATURAL joins are not portable", q->name);
	read_ref(s, q, ts, i + 1, left, false);
}

// FROM a, b AS c, (SELECT …) d
static void read_from(const Schema *s, Query *q, const Tokens *ts, int i)
{
	do i = read_ref(s, q, ts, i + 1, false, false);
	while (sql_is(&ts->v[i], ","));
}

static void collect_refs(const Schema *s, const char *file, Query *q, const Tokens *ts)
{
	q->refs_n = 0;
	if (ts->n && sql_is(&ts->v[0], "UPDATE")) read_ref(s, q, ts, 1, false, true);
	for (int i = 1; i < ts->n; i++) {
		const SqlToken *t = &ts->v[i];
		if (sql_is(t, "FROM") && !sql_is(t - 1, "DISTINCT")) read_from(s, q, ts, i);
		else if (sql_is(t, "JOIN")) read_join(s, file, q, ts, i);
		else if (sql_is(t, "INTO") || (sql_is(t, "UPDATE") && sql_is(t - 1, ")")))
			read_ref(s, q, ts, i + 1, false, true);
	}
}

static bool same_name(const SqlToken *t, const char *p, size_t n) { return t->n == n && strncasecmp(t->p, p, n) == 0; }

// The column that `name` or `alias.name` means; NULL if there is none or several of different types.
const Column *resolve_column(const Schema *s, const Query *q, const SqlToken *qualifier, const SqlToken *name)
{
	const Column *found = NULL;
	for (int i = 0; i < q->refs_n; i++) {
		const Ref *r = &q->refs[i];
		bool excluded = qualifier && r->target && sql_is(qualifier, "excluded");
		if (!r->table || (qualifier && !excluded && !same_name(r->alias, qualifier->p, qualifier->n))) continue;
		const Column *c = schema_column(s, r->table->name, name->p, name->n);
		if (c && found && found->type != c->type) return NULL;
		if (c && (!found || r->target)) found = c;
	}
	return found;
}

static bool writes_to(const Query *q, const char *table)
{
	for (int i = 0; i < q->refs_n; i++)
		if (q->refs[i].target && q->refs[i].table && strcasecmp(q->refs[i].table->name, table) == 0) return true;
	return false;
}

static void collect_args(const Schema *s, const char *file, Query *q, const Tokens *ts)
{
	for (int i = 0; i < ts->n; i++) {
		const SqlToken *t = &ts->v[i], name = {.kind = SQL_WORD, .p = t->p + 1, .n = t->n - 1};
		if (t->kind != SQL_PARAM) continue;
		int known = find_arg(q, t);
		const Column *c = known < 0 ? resolve_column(s, q, NULL, &name) : NULL;
		if (known >= 0) q->args[known].used = true;
		else if (!c || q->args_n == FIELDS_MAX)
			QUERY_ERROR(file, q, t->line,
						"%s: unknown parameter %.*s: no one column of that name; declare it in -- args:", q->name,
						(int)t->n, t->p);
		else
			q->args[q->args_n++] = (Field){take_str(name.p, name.n), c->type, writes_to(q, c->table) && !c->not_null,
										   .used = true};
	}
}

// The first token outside parentheses that is the result's label; NULL if it has none.
static const SqlToken *label_token(const Tokens *ts, const char *label)
{
	int depth = 0;
	size_t n = strlen(label);
	for (int i = 0; i < ts->n; i++) {
		const SqlToken *t = &ts->v[i];
		depth += sql_is(t, "(") - sql_is(t, ")");
		bool quoted = t->kind == SQL_QUOTED && t->n == n + 2 && memcmp(t->p + 1, label, n) == 0;
		if (depth == 0 && i > 0 && (quoted || (t->kind == SQL_WORD && same_name(t, label, n)))) return t;
	}
	return NULL;
}

// Does the column come from the nullable side of a LEFT JOIN? `alias.column` says; else it is so if its table is.
static bool left_joined(const Query *q, const char *table, const Tokens *ts, const SqlToken *label)
{
	long at = label ? label - ts->v : 0;
	if (at > 3 && sql_is(label - 1, "AS")) at -= 2;
	const SqlToken *alias = at > 1 && sql_is(&ts->v[at - 1], ".") ? &ts->v[at - 2] : NULL;
	bool any = false;
	for (int i = 0; i < q->refs_n; i++) {
		const Ref *r = &q->refs[i];
		bool named = alias && same_name(r->alias, alias->p, alias->n);
		if (named && (r->left || r->table)) return r->left;
		any |= r->left && r->table && strcasecmp(r->table->name, table) == 0;
	}
	return any;
}

static bool integral(Type t) { return t == T_INT || t == T_ID || t == T_TIME || t == T_BOOL; }

static bool type_fits(Type column, Type marked)
{
	return column == marked || (column == T_TEXT && marked == T_HTML) || (integral(column) && integral(marked));
}

static void check_type(const char *file, Query *q, const Field *r, const Column *c, int line)
{
	if (r->type == T_NONE)
		QUERY_ERROR(file, q, line, "%s: the expression %s has no type; mark it, as in AS \"total:int\"", q->name,
					r->name);
	else if (c && !type_fits(c->type, r->type))
		QUERY_ERROR(file, q, line, "%s: %s.%s is %s, its alias says %s", q->name, c->table, c->name,
					TYPES[c->type].word, TYPES[r->type].alias);
}

static void check_name(const char *file, Query *q, const Field *r, int line)
{
	if (!*r->name || strspn(r->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(r->name))
		QUERY_ERROR(file, q, line, "%s: '%s' is no name for a result; give it an alias", q->name, r->name);
	for (const Field *k = q->results; k < r; k++)
		if (strcmp(k->name, r->name) == 0) QUERY_ERROR(file, q, line, "%s: second result called %s", q->name, r->name);
}

static void check_result(const Schema *s, const char *file, Query *q, sqlite3_stmt *st, int i)
{
	const char *label = sqlite3_column_name(st, i), *table = sqlite3_column_table_name(st, i);
	const char *origin = sqlite3_column_origin_name(st, i);
	const Tokens *ts = &q->tokens[DB_SQLITE];
	const SqlToken *t = label_token(ts, label);
	const Column *c = table && origin ? schema_column(s, table, origin, strlen(origin)) : NULL;
	const Alias a = alias_parse(label, strlen(label));
	int line = t ? t->line : q->line;
	Field *r = &q->results[q->results_n++];
	*r = (Field){.name = take_str(label, a.name_n), .type = a.type == T_NONE && !a.bad && c ? c->type : a.type};
	r->nullable = a.null_mark || a.type != T_NONE ? a.null_mark == '?' : c && !c->not_null;
	check_name(file, q, r, line);
	check_type(file, q, r, c, line);
	if (c && !a.marked && left_joined(q, c->table, ts, t))
		QUERY_ERROR(file, q, line, "%s: %s comes from a LEFT JOIN; mark it \"%s?\" (may be NULL) or \"%s!\" (never)",
					q->name, r->name, r->name, r->name);
}

static const Table *scanned_table(const Query *q, const char *name, size_t n)
{
	for (int i = 0; i < q->refs_n; i++) {
		const Ref *r = &q->refs[i];
		bool named = same_name(r->alias, name, n) || same_name(r->name, name, n);
		if (named && r->table && !r->table->small) return r->table;
	}
	return NULL;
}

// One line of EXPLAIN QUERY PLAN: does it walk a whole table that may be large, or all rows of a space?
static const Table *plan_scans(const Query *q, const char *detail, bool limited)
{
	bool scan = strncmp(detail, "SCAN ", 5) == 0,
		 worse = strstr(detail, "AUTOMATIC") || strstr(detail, " (space_id=?)");
	if (!scan && !worse) return NULL;
	const char *name = detail + (scan ? 5 : 7);
	const Table *t = scanned_table(q, name, strcspn(name, " "));
	if (!t) return NULL;
	const char *virt = strstr(detail, "VIRTUAL TABLE INDEX "), *plan = virt ? strchr(virt, ':') : NULL;
	if (plan && plan[1]) return NULL;                              // the virtual table was given a constraint
	if (limited && strstr(detail, "USING") && !worse) return NULL; // walks an index in order, up to LIMIT
	return t;
}

static void check_plan(const Schema *s, const char *file, Query *q)
{
	const char *sql = take_format("EXPLAIN QUERY PLAN %s", q->sql[DB_SQLITE]);
	sqlite3_stmt *st = NULL;
	bool limited = false, found = false;
	for (int i = 0; i < q->tokens[DB_SQLITE].n; i++) limited |= sql_is(&q->tokens[DB_SQLITE].v[i], "LIMIT");
	if (sqlite3_prepare_v2(s->real, sql, -1, &st, NULL) != SQLITE_OK)
		QUERY_ERROR(file, q, q->line, "%s: %s", q->name, sqlite3_errmsg(s->real));
	while (st && sqlite3_step(st) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(st, 3);
		const Table *t = plan_scans(q, detail, limited);
		found |= t != NULL;
		if (t && !q->scan_ok)
			QUERY_ERROR(file, q, q->line,
						"%s scans the table %s (%s); add an index, mark the table -- small, or say -- scan-ok: reason",
						q->name, t->name, detail);
	}
	if (q->scan_ok && !found) QUERY_ERROR(file, q, q->line, "%s scans nothing large: leave out scan-ok", q->name);
	sqlite3_finalize(st);
}

static void check_kind(const char *file, Query *q)
{
	bool rows = q->results_n > 0, exec = q->kind == K_EXEC || q->kind == K_EXECN;
	if (exec && rows) QUERY_ERROR(file, q, q->line, "%s returns rows: its kind cannot be :exec", q->name);
	if (!exec && !rows) QUERY_ERROR(file, q, q->line, "%s returns no rows: its kind is :exec or :execn", q->name);
	if (exec && !rows && !q->writes) QUERY_ERROR(file, q, q->line, "%s writes nothing", q->name);
	if (q->kind == K_EACH && q->writes) QUERY_ERROR(file, q, q->line, "%s writes: its kind cannot be :each", q->name);
}

static void check_statement(const Schema *s, const char *file, Query *q)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(s->h, query_render(q, DB_SQLITE, true), -1, &st, NULL) != SQLITE_OK) {
		const Tokens *ts = &q->tokens[DB_SQLITE];
		int i = 0, offset = sqlite3_error_offset(s->h);
		while (offset >= 0 && i + 1 < ts->n && ts->at[i + 1] <= offset) i++;
		QUERY_ERROR(file, q, offset < 0 ? q->line : ts->v[i].line, "%s: %s", q->name, sqlite3_errmsg(s->h));
		return;
	}
	q->writes = !sqlite3_stmt_readonly(st);
	for (int i = 0; i < sqlite3_column_count(st) && i < FIELDS_MAX; i++) check_result(s, file, q, st, i);
	sqlite3_finalize(st);
	check_kind(file, q);
	check_plan(s, file, q);
}

void query_check(const Schema *s, const char *file, Query *q)
{
	if (q->bad) return;
	for (int e = DB_POSTGRES; e >= DB_SQLITE; e--) { // the tables of the SQLite text stay for what follows
		collect_refs(s, file, q, &q->tokens[e]);
		collect_args(s, file, q, &q->tokens[e]);
		query_compare_types(s, file, q, &q->tokens[e]);
		query_refuse_words(file, q, &q->tokens[e]);
	}
	for (int i = 0; i < q->args_n; i++)
		if (!q->args[i].used) QUERY_ERROR(file, q, q->line, "%s: argument %s is not used", q->name, q->args[i].name);
	q->sql[DB_SQLITE] = query_render(q, DB_SQLITE, false);
	q->sql[DB_POSTGRES] = query_render(q, DB_POSTGRES, false);
	if (!q->bad) check_statement(s, file, q);
}
