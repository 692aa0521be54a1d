// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "base/utf8.h"
#include "rules/load.h"

#define TEXT_MAX_BYTES 2000

Status load_wrong(Load *ld, int line, const char *fmt, ...)
{
	char why[400];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	return fail(ld->cx, ST_INVALID, "%.*s:%d: %s", STR(ld->file), line, why);
}

Str node_key(const TomlNode *node) { return (Str){node->key, node->key_n}; }
Str node_text(const TomlNode *node) { return (Str){node->text, node->text_n}; }

void number_write(Buf *b, int64_t thousandths)
{
	uint64_t v = thousandths < 0 ? -(uint64_t)thousandths : (uint64_t)thousandths;
	char digits[8];
	snprintf(digits, sizeof digits, ".%03u", (unsigned)(v % (uint64_t)RULE_UNIT));
	size_t n = 4;
	while (digits[n - 1] == '0') n--;
	buf_format(b, "%s%llu", thousandths < 0 ? "-" : "", (unsigned long long)(v / (uint64_t)RULE_UNIT));
	if (n > 1) buf_mem(b, digits, n);
}

static Status wants(Load *ld, const TomlNode *node, const Field *f, const char *what)
{
	return load_wrong(ld, node->line, "`%s` wants %s", f->key, what);
}

static bool is_name(Str s, bool dashes)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool later = (c >= '0' && c <= '9') || c == '_' || (dashes && c == '-');
		if (!letter && !(i && later)) return false;
	}
	return s.n > 0 && s.n <= 40;
}

// What stands on one line for people, or is cut from there.
static bool is_printable(Str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f) return false;
	return true;
}

static Status read_text(Load *ld, const TomlNode *node, const Field *f, Str *to)
{
	if (node->type != TOML_IS_TEXT) return wants(ld, node, f, "a text in quotes");
	Str s = node_text(node);
	if (f->type == FIELD_NAME && !is_name(s, true))
		return wants(ld, node, f, "a name of at most 40 letters, digits, - and _, beginning with a letter");
	if (s.n > (size_t)f->most && f->type == FIELD_TEXT)
		return load_wrong(ld, node->line, "`%s` is longer than %d bytes", f->key, (int)f->most);
	if (!s.n || !is_printable(s)) return wants(ld, node, f, "a text of one line");
	*to = s;
	return ST_OK;
}

static Status read_int(Load *ld, const TomlNode *node, const Field *f, int64_t *to)
{
	if (node->type != TOML_IS_INT) return wants(ld, node, f, "a whole number");
	if (node->integer < f->least || node->integer > f->most)
		return load_wrong(ld, node->line, "`%s` has to be from %lld to %lld", f->key, (long long)f->least,
						  (long long)f->most);
	*to = node->integer;
	return ST_OK;
}

// A decimal number as thousandths. Doubles are exact enough here: what is not a thousandth is refused, not rounded.
static bool thousandths(double real, int64_t *ret_v)
{
	if (!(real > -1e9 && real < 1e9)) return false;
	double scaled = real * RULE_UNIT;
	int64_t v = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
	double off = scaled - (double)v;
	*ret_v = v;
	return off < 1e-3 && off > -1e-3;
}

static Status read_number(Load *ld, const TomlNode *node, const Field *f, int64_t *to)
{
	int64_t v = 0;
	if (node->type != TOML_IS_INT && node->type != TOML_IS_FLOAT) return wants(ld, node, f, "a number");
	if (node->type == TOML_IS_FLOAT && !thousandths(node->real, &v))
		return wants(ld, node, f, "a number with at most three decimals");
	if (node->type == TOML_IS_INT) {
		if (node->integer > NUMBER_MOST || node->integer < -NUMBER_MOST) return wants(ld, node, f, "a smaller number");
		v = node->integer * RULE_UNIT;
	}
	if (v < f->least * RULE_UNIT || v > f->most * RULE_UNIT)
		return load_wrong(ld, node->line, "`%s` has to be from %lld to %lld", f->key, (long long)f->least,
						  (long long)f->most);
	*to = v;
	return ST_OK;
}

static Status read_choice(Load *ld, const TomlNode *node, const Field *f, unsigned *to)
{
	Str s = node_text(node);
	Buf all = buf_init(ld->cx->arena, 64, 400);
	for (unsigned i = 0; f->choices[i]; i++) {
		if (node->type == TOML_IS_TEXT && str_eq(s, str_from(f->choices[i]))) {
			*to = i;
			return ST_OK;
		}
		buf_format(&all, "%s\"%s\"", i ? ", " : "", f->choices[i]);
	}
	return load_wrong(ld, node->line, "`%s` is one of %.*s", f->key, STR(buf_view(&all)));
}

static Status read_days(Load *ld, const TomlNode *node, const Field *f, int64_t *to)
{
	Str s = node_text(node);
	int64_t n = 0;
	if (node->type == TOML_IS_TEXT && str_eq(s, S("all"))) {
		*to = 0;
		return ST_OK;
	}
	bool weeks = node->type == TOML_IS_TEXT && s.n && s.p[s.n - 1] == 'w';
	bool days = node->type == TOML_IS_TEXT && s.n && s.p[s.n - 1] == 'd';
	if (!(weeks || days) || !str_int(str_sub(s, 0, s.n - 1), 0, 1000000, &n))
		return wants(ld, node, f, f->least ? "days or weeks as \"91d\" or \"13w\", or \"all\"" : "days as \"30d\"");
	n *= weeks ? 7 : 1;
	if (n < f->least || n > f->most)
		return load_wrong(ld, node->line, "`%s` has to be from %d to %d days", f->key, (int)f->least, (int)f->most);
	*to = n;
	return ST_OK;
}

static Status read_date(Load *ld, const TomlNode *node, const Field *f, Time *to)
{
	char iso[24];
	Str s = node_text(node);
	bool dated = (node->type == TOML_IS_TEXT || node->type == TOML_IS_DATE) && s.n == 10;
	if (dated) snprintf(iso, sizeof iso, "%.*sT00:00:00", STR(s));
	if (!dated || !time_parse_iso(str_from(iso), to)) return wants(ld, node, f, "a day as \"2026-12-01\"");
	return ST_OK;
}

static Status read_expr(Load *ld, const TomlNode *node, const Field *f, const Expr **to)
{
	ExprType want = f->type == FIELD_POINTS ? EXPR_NUMBER : EXPR_BOOL;
	if (f->type == FIELD_POINTS && (node->type == TOML_IS_INT || node->type == TOML_IS_FLOAT)) {
		int64_t v = 0;
		Field number = {.key = f->key, .least = -1000000, .most = 1000000};
		TRY(read_number(ld, node, &number, &v));
		Buf source = buf_init(ld->cx->arena, 32, 64);
		number_write(&source, v);
		*to = expr_number(ld->cx, v, buf_view(&source), node->line);
		return *to ? ST_OK : load_wrong(ld, node->line, "too much memory is needed");
	}
	if (node->type != TOML_IS_TEXT) return wants(ld, node, f, "an expression in quotes");
	if (node->text_n > TEXT_MAX_BYTES)
		return load_wrong(ld, node->line, "`%s` is longer than %d bytes", f->key, TEXT_MAX_BYTES);
	ExprScope scope = {.file = ld->file,
					   .line = node->line,
					   .names = f->type == FIELD_MEMBER ? EXPR_ABOUT_MEMBER : EXPR_ABOUT_EVENT,
					   .metrics = ld->rules->metrics,
					   .metrics_n = ld->rules->metrics_n};
	return expr_compile(ld->cx, &scope, node_text(node), want, to);
}

typedef struct KindName {
	FactKind kind;
	Str name;
} KindName;
static const KindName KINDS[] = {
#define X(name, number, text) {name, S_INIT(text)},
	FACT_TABLE(X)
#undef X
};

static Status read_kind(Load *ld, const TomlNode *node, const Field *f, FactKind *kinds, size_t *n)
{
	Str s = node_text(node);
	if (node->type != TOML_IS_TEXT) return wants(ld, node, f, "the name of a kind of fact, or several in brackets");
	for (size_t i = 0; i < COUNTOF(KINDS); i++) {
		if (!str_eq(KINDS[i].name, s)) continue;
		if (str_ends(s, S("_undone")))
			return load_wrong(ld, node->line, "`%.*s` is never named: it takes back what the other gave by itself",
							  STR(s));
		for (size_t k = 0; k < *n; k++)
			if (kinds[k] == KINDS[i].kind) return load_wrong(ld, node->line, "`%.*s` stands there twice", STR(s));
		if (*n == RULE_KINDS_MAX)
			return load_wrong(ld, node->line, "`%s` names more than %d kinds", f->key, RULE_KINDS_MAX);
		kinds[(*n)++] = KINDS[i].kind;
		return ST_OK;
	}
	return load_wrong(ld, node->line, "there is no kind of fact called `%.*s`", STR(utf8_cut(s, 60)));
}

static Status read_kinds(Load *ld, const TomlNode *node, const Field *f, FactKind *kinds, size_t *n)
{
	*n = 0;
	if (node->type != TOML_IS_ARRAY) return read_kind(ld, node, f, kinds, n);
	for (const TomlNode *e = node->first; e; e = e->next) TRY(read_kind(ld, e, f, kinds, n));
	return *n ? ST_OK : wants(ld, node, f, "at least one kind of fact");
}

static Status read_texts(Load *ld, const TomlNode *node, const Field *f, Str *texts, size_t *n)
{
	if (node->type != TOML_IS_ARRAY) return wants(ld, node, f, "texts in brackets");
	Field one = {.key = f->key, .type = FIELD_TEXT, .most = f->most};
	for (const TomlNode *e = node->first; e; e = e->next) {
		if (*n == GRANTS_MAX) return load_wrong(ld, e->line, "`%s` has more than %d entries", f->key, GRANTS_MAX);
		TRY(read_text(ld, e, &one, &texts[*n]));
		for (size_t i = 0; i < *n; i++)
			if (str_eq(texts[i], texts[*n])) return load_wrong(ld, e->line, "`%.*s` stands there twice", STR(texts[i]));
		++*n;
	}
	return ST_OK;
}

// The struct's members are written through their addresses: enums are as wide as unsigned here.
_Static_assert(sizeof(RuleCredit) == sizeof(unsigned) && sizeof(MetricDim) == sizeof(unsigned), "width of an enum");

static Status read_field(Load *ld, const TomlNode *node, const Field *f, void *to)
{
	void *at = (char *)to + f->at;
	size_t *count = (size_t *)(void *)((char *)to + f->count_at);
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_NAME: return read_text(ld, node, f, at);
	case FIELD_INT: return read_int(ld, node, f, at);
	case FIELD_NUMBER: return read_number(ld, node, f, at);
	case FIELD_BOOL:
		if (node->type != TOML_IS_BOOL) return wants(ld, node, f, "true or false, without quotes");
		*(bool *)at = node->integer != 0;
		return ST_OK;
	case FIELD_CHOICE: return read_choice(ld, node, f, at);
	case FIELD_DAYS: return read_days(ld, node, f, at);
	case FIELD_WHEN:
	case FIELD_POINTS:
	case FIELD_MEMBER: return read_expr(ld, node, f, at);
	case FIELD_KINDS: return read_kinds(ld, node, f, at, count);
	case FIELD_TEXTS: return read_texts(ld, node, f, at, count);
	case FIELD_DATE: return read_date(ld, node, f, at);
	case FIELD_OWN: *(const TomlNode **)at = node; return ST_OK;
	}
	return ST_OK;
}

static Status key_unknown(Load *ld, const TomlNode *node, const Field *fields, size_t n, const char *what)
{
	Buf all = buf_init(ld->cx->arena, 64, 400);
	for (size_t i = 0; i < n; i++) buf_format(&all, "%s%s", i ? ", " : "", fields[i].key);
	return load_wrong(ld, node->key_line, "%s has no key `%.*s`; it has %.*s", what, STR(utf8_cut(node_key(node), 40)),
					  STR(buf_view(&all)));
}

Status fields_read(Load *ld, const TomlNode *table, const Field *fields, size_t n, const char *what, void *to)
{
	bool seen[32] = {false};
	BUG_IF(n > COUNTOF(seen));
	if (table->type != TOML_IS_TABLE) return load_wrong(ld, table->line, "%s has to be a table", what);
	for (const TomlNode *node = table->first; node; node = node->next) {
		size_t i = 0;
		while (i < n && !str_eq(str_from(fields[i].key), node_key(node))) i++;
		if (i == n) return key_unknown(ld, node, fields, n, what);
		TRY(read_field(ld, node, &fields[i], to));
		seen[i] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (fields[i].required && !seen[i]) return load_wrong(ld, table->line, "%s lacks `%s`", what, fields[i].key);
	return ST_OK;
}
