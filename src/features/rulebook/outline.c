// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rulebook/outline.h"

#include "base/buf.h"

// What a section gives is the value of the first of these, or of two with a comma.
typedef struct Gives {
	const char *kind, *first, *second;
} Gives;
static const Gives GIVES[] = {
	{"rule", "points", NULL},     {"cap", "most", "per"},     {"score", "half_life_days", "least"},
	{"rank", "when", NULL},       {"badge", "when", NULL},    {"guard", "profile", "allowance"},
	{"ruleset", "board", "name"}, {"metric", "kind", "over"},
};

static Str unquoted(Str value)
{
	value = str_trim(value);
	bool quoted = value.n > 1 && (value.p[0] == '"' || value.p[0] == '\'') && value.p[value.n - 1] == value.p[0];
	return quoted ? str_sub(value, 1, value.n - 1) : value;
}

// `key = value` of a line; what stands after the value stays with it.
static bool key_value(Str line, const char *key, Str *ret_value)
{
	Str name, value = str_cut(line, '=', &name);
	if (!value.p || !str_eq(str_trim(name), str_from(key))) return false;
	*ret_value = unquoted(value);
	return true;
}

// "[[rule]]", "[score.credibility]"
static bool heading(Str line, Section *ret)
{
	if (line.n < 3 || line.p[0] != '[') return false;
	Str inner = str_sub(line, 1, line.n), name, after;
	if (inner.p[0] == '[') inner = str_sub(inner, 1, inner.n);
	after = str_cut(inner, ']', &name);
	if (!after.p) return false;
	Str id = str_cut(name, '.', &name);
	*ret = (Section){.kind = str_trim(name), .id = str_trim(id)};
	return ret->kind.n > 0;
}

static void take(Arena *a, Section *s, const Gives *g, Str line)
{
	Str value;
	if (!s->id.n && (key_value(line, "id", &value) || key_value(line, "name", &value))) s->id = value;
	if (key_value(line, "title", &value) || (!s->title.n && key_value(line, "name", &value))) s->title = value;
	if (key_value(line, "score", &value)) s->score = value;
	if (!g) return;
	if (key_value(line, g->first, &value)) s->gives = s->gives.n ? STR_CAT(a, value, S(", "), s->gives) : value;
	if (g->second && key_value(line, g->second, &value))
		s->gives = s->gives.n ? STR_CAT(a, s->gives, S(", "), value) : value;
}

static const Gives *gives_of(Str kind)
{
	for (size_t i = 0; i < COUNTOF(GIVES); i++)
		if (str_eq(kind, str_from(GIVES[i].kind))) return &GIVES[i];
	return NULL;
}

Sections rulebook_outline(Arena *a, Str toml)
{
	Sections out = {ARENA_NEW(a, Section, RULEBOOK_SECTIONS_MAX), 0};
	Buf text = buf_init(a, 1024, toml.n + 2);
	size_t from = 0;
	const Gives *gives = NULL;
	int number = 0;
	for (Str line; toml.n;) {
		Section next;
		toml = str_cut(toml, '\n', &line);
		line = str_trim(line);
		number++;
		if (heading(line, &next)) {
			if (out.n) out.v[out.n - 1].text = str_sub(buf_view(&text), from, buf_view(&text).n);
			if (out.n == RULEBOOK_SECTIONS_MAX) return out;
			from = buf_view(&text).n;
			next.line = number;
			out.v[out.n++] = next;
			gives = gives_of(next.kind);
		} else if (out.n && line.n && line.p[0] != '#') {
			take(a, &out.v[out.n - 1], gives, line);
			buf_str(&text, line);
			buf_char(&text, '\n');
		}
	}
	if (out.n) out.v[out.n - 1].text = str_sub(buf_view(&text), from, buf_view(&text).n);
	return out;
}

const Section *rulebook_section(const Sections *in, const Section *of)
{
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->v[i].kind, of->kind) && str_eq(in->v[i].id, of->id)) return &in->v[i];
	return NULL;
}
