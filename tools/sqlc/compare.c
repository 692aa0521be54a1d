// SPDX-License-Identifier: AGPL-3.0-or-later
// Types of parameters against the columns that they are compared with, set to or inserted into. Works on tokens:
//   column OP :p   :p OP column   (a, b) OP (:x, :y)   column IN (:a, :b)   column BETWEEN :a AND :b
//   SET column = :p   INSERT INTO t (a, b) VALUES (:x, :y) and SELECT :x, :y
// A parameter inside a larger expression is not compared.
#include "sqlc.h"

#include <string.h>

typedef struct Compare {
	const Schema *s;
	const char *file;
	Query *q;
	const Tokens *ts;
	const Ref *target; // of INSERT INTO target (names…)
	int names;         // the "(" before the names, or -1
} Compare;

static const SqlToken *at(const Compare *c, int i)
{
	static const SqlToken NONE = {.kind = SQL_END, .p = "", .n = 0};
	return i >= 0 && i < c->ts->n ? &c->ts->v[i] : &NONE;
}

static bool is(const Compare *c, int i, const char *words) { return token_in(at(c, i), words); }

static bool is_arithmetic(const Compare *c, int i) { return is(c, i, "+ - * / % || :: -> ->> << >> & | COLLATE"); }

static bool is_comparison(const Compare *c, int i) { return is(c, i, "= == < <= > >= <> != IS"); }

// The comparison that ends before token i: its index, or -1. Steps over IS NOT DISTINCT FROM.
static int comparison_before(const Compare *c, int i)
{
	int k = i - 1;
	if (is(c, k, "FROM") && is(c, k - 1, "DISTINCT")) k -= 2;
	if (is(c, k, "NOT")) k--;
	return is_comparison(c, k) ? k : -1;
}

static const Column *column_ending(const Compare *c, int i)
{
	bool qualified = is(c, i - 1, ".");
	if (at(c, i)->kind != SQL_WORD || is_arithmetic(c, qualified ? i - 3 : i - 1)) return NULL;
	return resolve_column(c->s, c->q, qualified ? at(c, i - 2) : NULL, at(c, i));
}

static const Column *column_starting(const Compare *c, int i)
{
	bool qualified = is(c, i + 1, ".");
	int last = qualified ? i + 2 : i;
	if (at(c, last)->kind != SQL_WORD || is_arithmetic(c, last + 1) || is(c, last + 1, "(")) return NULL;
	return resolve_column(c->s, c->q, qualified ? at(c, i) : NULL, at(c, last));
}

static void expect(const Compare *c, int i, const Column *column)
{
	int k = find_arg(c->q, at(c, i));
	if (!column || k < 0) return;
	const Field *a = &c->q->args[k];
	if ((a->type == T_HTML ? T_TEXT : a->type) != column->type)
		QUERY_ERROR(c->file, c->q, at(c, i)->line, "%s: :%s is %s, but %s.%s is %s", c->q->name, a->name,
					TYPES[a->type].alias, column->table, column->name, TYPES[column->type].word);
}

static int paren_before(const Compare *c, int i) // the "(" that encloses what ends at token i
{
	for (int depth = 0; i >= 0; i--) {
		if (is(c, i, ")")) depth++;
		else if (is(c, i, "(") && depth-- == 0) return i;
	}
	return -1;
}

static int element_of(const Compare *c, int open, int i) // position of token i in the list after `open`
{
	int k = 0;
	for (int j = open + 1, depth = 0; j < i; j++) {
		depth += is(c, j, "(") - is(c, j, ")");
		k += depth == 0 && is(c, j, ",");
	}
	return k;
}

// Token index of element k of the list after `open`, or -1.
static int element_start(const Compare *c, int open, int k)
{
	for (int j = open + 1, depth = 0; j < c->ts->n; j++) {
		if (k == 0) return j;
		depth += is(c, j, "(") - is(c, j, ")");
		if (depth < 0) return -1;
		k -= depth == 0 && is(c, j, ",");
	}
	return -1;
}

static void check_inserted(const Compare *c, int list, int i)
{
	int name = element_start(c, c->names, element_of(c, list, i));
	if (name >= 0) expect(c, i, schema_column(c->s, c->target->table->name, at(c, name)->p, at(c, name)->n));
}

// (a, b) OP (:x, :y)
static void check_row_value(const Compare *c, int open, int i)
{
	int op = comparison_before(c, open), left = is(c, op - 1, ")") ? paren_before(c, op - 2) : -1;
	int first = left < 0 ? -1 : element_start(c, left, element_of(c, open, i));
	if (first >= 0) expect(c, i, column_starting(c, first));
}

// A parameter that is a whole element of a list.
static void check_listed(const Compare *c, int i)
{
	int open = paren_before(c, i), select = open < 0 ? i : -1;
	while (select > c->names && !is(c, select, "SELECT")) select--;
	if (c->names >= 0 && select > c->names) check_inserted(c, select, i);
	else if (c->names >= 0 && open > c->names && is(c, open - 1, "VALUES ,")) check_inserted(c, open, i);
	else if (is(c, open - 1, "IN")) expect(c, i, column_ending(c, open - (is(c, open - 2, "NOT") ? 3 : 2)));
	else if (open > 0) check_row_value(c, open, i);
}

static void check_param(const Compare *c, int i)
{
	if (is_arithmetic(c, i - 1) || is_arithmetic(c, i + 1)) return;
	int op = comparison_before(c, i), next = i + 1;
	if (op >= 0) expect(c, i, column_ending(c, op - 1));
	if (is_comparison(c, next)) {
		if (is(c, next + 1, "NOT")) next++;
		if (is(c, next + 1, "DISTINCT")) next += 2;
		expect(c, i, column_starting(c, next + 1));
	}
	if (is(c, i - 1, "BETWEEN")) expect(c, i, column_ending(c, i - 2));
	if (is(c, i - 1, "AND") && is(c, i - 3, "BETWEEN")) expect(c, i, column_ending(c, i - 4));
	if (is(c, i - 1, "( , SELECT") && (is(c, i + 1, ") , FROM WHERE") || i + 1 == c->ts->n)) check_listed(c, i);
}

void query_compare_types(const Schema *s, const char *file, Query *q, const Tokens *ts)
{
	Compare c = {.s = s, .file = file, .q = q, .ts = ts, .names = -1};
	for (int i = 0; i < ts->n; i++) {
		for (int k = 0; k < q->refs_n && sql_is(&ts->v[i], "INTO") && is(&c, i + 2, "("); k++) {
			if (q->refs[k].name != at(&c, i + 1) || !q->refs[k].table) continue;
			c.target = &q->refs[k];
			c.names = i + 2;
		}
		if (ts->v[i].kind == SQL_PARAM) check_param(&c, i);
	}
}
