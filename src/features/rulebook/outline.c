// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rulebook/outline.h"

#include "base/json.h"
#include "base/utf8.h"

#include <string.h>

#define GIVES_MAX_BYTES 240
#define TEXT_MAX_BYTES (RULES_FILE_MAX_BYTES * 8) // a letter that is written by its number takes six
#define BAD_LINES_MAX 16                          // of one part of a text that cannot be read

// What a section gives is the value of the first of these, or of two with a comma.
typedef struct Gives {
	const char *kind, *first, *second;
} Gives;
static const Gives GIVES[] = {
	{"rule", "points", NULL},     {"cap", "most", "per"},     {"score", "half_life_days", "least"},
	{"rank", "when", NULL},       {"badge", "when", NULL},    {"guard", "profile", "allowance"},
	{"ruleset", "board", "name"}, {"metric", "kind", "over"},
};

typedef struct Outline {
	Arena *a;
	Sections out;
	int lines_before; // of what is being read
} Outline;

static Str key_of(const TomlNode *n) { return n->key ? (Str){n->key, n->key_n} : str_none(); }

static const TomlNode *member_of(const TomlNode *table, const char *key)
{
	for (const TomlNode *n = table->first; key && n; n = n->next)
		if (str_eq(key_of(n), str_from(key))) return n;
	return NULL;
}

// Equal values are written alike, however they were typed.
static void write_value(Buf *b, const TomlNode *n)
{
	switch (n->type) {
	case TOML_IS_INT: buf_format(b, "%lld", (long long)n->integer); return;
	case TOML_IS_BOOL: buf_z(b, n->integer ? "true" : "false"); return;
	case TOML_IS_FLOAT: buf_format(b, "%.12g", n->real); return;
	case TOML_IS_DATE: buf_str(b, (Str){n->text, n->text_n}); return;
	case TOML_IS_TIME: buf_z(b, "a time"); return;
	case TOML_IS_TEXT: buf_json_escaped(b, (Str){n->text, n->text_n}); return;
	case TOML_IS_TABLE:
	case TOML_IS_ARRAY: break;
	}
	buf_char(b, '[');
	for (const TomlNode *e = n->first; e; e = e->next) {
		if (e->key) buf_str(b, key_of(e)), buf_z(b, " = ");
		write_value(b, e);
		if (e->next) buf_z(b, ", ");
	}
	buf_char(b, ']');
}

// For people: a text without its quotes and in one line, and not without end.
static Str value_of(Arena *a, const TomlNode *n)
{
	if (!n) return str_none();
	Buf b = buf_init(a, 64, TEXT_MAX_BYTES);
	if (n->type == TOML_IS_ARRAY) {
		for (const TomlNode *e = n->first; e; e = e->next) {
			if (e != n->first) buf_z(&b, ", ");
			buf_str(&b, value_of(a, e));
		}
	} else if (n->type != TOML_IS_TEXT) {
		write_value(&b, n);
	}
	for (size_t i = 0; n->type == TOML_IS_TEXT && i < n->text_n; i++) {
		bool space = strchr(" \t\r\n", n->text[i]) != NULL;
		if (!space) buf_char(&b, n->text[i]);
		else if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
	}
	Str s = str_trim(buf_view(&b));
	return s.n > GIVES_MAX_BYTES ? STR_CAT(a, utf8_cut(s, GIVES_MAX_BYTES), S(" …")) : s;
}

static Str gives_of(Arena *a, const Section *s, const TomlNode *table)
{
	for (size_t i = 0; i < COUNTOF(GIVES); i++) {
		if (!str_eq(s->kind, str_from(GIVES[i].kind))) continue;
		Str first = value_of(a, member_of(table, GIVES[i].first));
		Str second = value_of(a, member_of(table, GIVES[i].second));
		return first.n && second.n ? STR_CAT(a, first, S(", "), second) : first.n ? first : second;
	}
	return str_none();
}

static void add(Outline *o, Str kind, Str id, const TomlNode *table)
{
	if (o->out.n == RULEBOOK_SECTIONS_MAX) return;
	Section s = {.kind = kind, .line = o->lines_before + table->line};
	Str name = value_of(o->a, member_of(table, "name")), own = value_of(o->a, member_of(table, "id"));
	s.id = id.n ? id : own.n ? own : name;
	s.title = value_of(o->a, member_of(table, "title"));
	if (!s.title.n) s.title = name;
	s.score = value_of(o->a, member_of(table, "score"));
	s.gives = gives_of(o->a, &s, table);
	Buf text = buf_init(o->a, 256, TEXT_MAX_BYTES);
	for (const TomlNode *n = table->first; n; n = n->next) {
		buf_str(&text, key_of(n));
		buf_z(&text, " = ");
		write_value(&text, n);
		buf_char(&text, '\n');
	}
	s.text = buf_view(&text);
	size_t at = o->out.n++; // in the order of the file
	for (; at && o->out.v[at - 1].line > s.line; at--) o->out.v[at] = o->out.v[at - 1];
	o->out.v[at] = s;
}

// "[[rule]]" are elements of an array, "[score.credibility]" is a table in a table.
static void add_all(Outline *o, const TomlNode *root)
{
	for (const TomlNode *part = root->first; part; part = part->next) {
		bool plain = part->type == TOML_IS_TABLE && !part->first;
		for (const TomlNode *n = part->first; n; n = n->next) {
			if (n->type == TOML_IS_TABLE) add(o, key_of(part), key_of(n), n);
			else plain |= part->type == TOML_IS_TABLE;
		}
		if (plain) add(o, key_of(part), str_none(), part);
	}
}

static void *memory(void *a, size_t bytes) { return arena_try_alloc(a, bytes, _Alignof(TomlNode)); }

// Makes blanks of a line, or of the last one above it that is none. False if there is none.
static bool leave_out(char *p, size_t n, int line)
{
	size_t from = 0, end = 0;
	bool any = false;
	for (size_t at = 0, number = 1; at < n && number <= (size_t)line; number++) {
		size_t stop = at;
		bool blank = true;
		for (; stop < n && p[stop] != '\n'; stop++) blank &= p[stop] == ' ';
		if (!blank) from = at, end = stop, any = true;
		at = stop + 1;
	}
	if (any) memset(p + from, ' ', end - from);
	return any;
}

// A part that cannot be read, without the lines because of which it cannot.
static void add_part(Outline *o, Str toml)
{
	Str copy = str_copy(o->a, toml);
	char *p = (char *)(uintptr_t)copy.p;
	TomlNode *root = NULL;
	for (int tries = 0; tries <= BAD_LINES_MAX; tries++) {
		TomlFault fault = {0};
		if (toml_read(p, copy.n, memory, o->a, &root, &fault)) {
			add_all(o, root);
			return;
		}
		if (!fault.line || !leave_out(p, copy.n, fault.line)) return;
	}
}

// A part begins with a heading; the first is what stands before any.
static void add_parts(Outline *o, Str toml)
{
	size_t from = 0, parts = 0;
	int line = 0, first = 0;
	for (size_t at = 0; at < toml.n && parts <= RULEBOOK_SECTIONS_MAX; line++) {
		if (toml.p[at] == '[') {
			o->lines_before = first;
			add_part(o, str_sub(toml, from, at));
			from = at, first = line, parts++;
		}
		while (at < toml.n && toml.p[at] != '\n') at++;
		at++;
	}
	o->lines_before = first;
	if (parts <= RULEBOOK_SECTIONS_MAX) add_part(o, str_sub(toml, from, toml.n));
}

Sections rulebook_outline(Arena *a, Str toml)
{
	Outline o = {.a = a, .out.v = ARENA_NEW(a, Section, RULEBOOK_SECTIONS_MAX)};
	TomlNode *root = NULL;
	TomlFault fault = {0};
	if (toml_read(toml.p, toml.n, memory, a, &root, &fault)) add_all(&o, root);
	else add_parts(&o, toml);
	return o.out;
}

const Section *rulebook_section(const Sections *in, const Section *of)
{
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->v[i].kind, of->kind) && str_eq(in->v[i].id, of->id)) return &in->v[i];
	return NULL;
}
