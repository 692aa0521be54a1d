// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rulebook/editor.h"

#include "base/utf8.h"
#include "rulebook/outline.h"

#define LINES_MAX 5000 // that get a number
#define LINES_MORE 30  // beyond the last, for what is typed
#define SOURCE_MAX_BYTES 120

typedef struct Editor {
	Ctx *cx;
	RulesView *v;
	Sections now, then;
	Sentences said_now, said_then;
	size_t lines;       // numbered
	const char **level; // by line, from 1
	bool *target;
} Editor;

static size_t lines_of(Str text)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++) n += text.p[i] == '\n';
	return n;
}

// "rules:LINE: reason" is found like anything else.
static void add_fault(Editor *e)
{
	RulesView *v = e->v;
	Str head, rest = str_cut(v->fault, ':', &head), number;
	int64_t line;
	rest = str_cut(rest, ':', &number);
	if (!str_int(number, 1, INT32_MAX, &line)) return;
	v->findings = (FindingRows){ARENA_NEW(e->cx->arena, FindingRow, 1), 1};
	v->findings.v[0] = (FindingRow){.line = (int)line, .error = true, .text = str_trim(rest)};
}

// The text of each line that something is said of; the findings are not in the order of lines.
static void quote_lines(Editor *e)
{
	Str rest = e->v->toml, line;
	for (int number = 1; rest.n; number++) {
		rest = str_cut(rest, '\n', &line);
		for (size_t i = 0; i < e->v->findings.n; i++) {
			FindingRow *f = &e->v->findings.v[i];
			if (f->line == number) f->source = utf8_cut(str_trim(line), SOURCE_MAX_BYTES);
			e->v->errors |= f->error;
		}
	}
}

// "[[rule]]" alone says little.
static void name_headings(Editor *e)
{
	for (size_t i = 0; i < e->v->findings.n; i++)
		for (size_t k = 0; k < e->then.n; k++) {
			FindingRow *f = &e->v->findings.v[i];
			if (f->line == e->then.v[k].line) f->source = STR_CAT(e->cx->arena, f->source, S(" "), e->then.v[k].id);
		}
}

static void mark_lines(Editor *e)
{
	for (size_t i = 0; i < e->then.n; i++)
		if ((size_t)e->then.v[i].line <= e->lines) e->target[e->then.v[i].line] = true;
	for (size_t i = 0; i < e->v->findings.n; i++) {
		const FindingRow *f = &e->v->findings.v[i];
		if (f->line <= 0 || (size_t)f->line > e->lines) continue;
		e->target[f->line] = true;
		if (f->error || !e->level[f->line]) e->level[f->line] = f->error ? "bad" : "warn";
	}
}

static Status fill_gutter(Editor *e)
{
	Buf b = buf_init(e->cx->arena, 4096, LINES_MAX * 8);
	GutterRows *g = &e->v->gutter;
	size_t from = 0;
	g->v = ARENA_NEW(e->cx->arena, GutterRow, e->lines + 1);
	for (size_t line = 1; line <= e->lines; line++) {
		if (!e->target[line]) {
			buf_format(&b, "%zu\n", line);
			continue;
		}
		g->v[g->n++] = (GutterRow){str_sub(buf_view(&b), from, buf_view(&b).n), (int)line, e->level[line]};
		from = buf_view(&b).n;
	}
	e->v->gutter_end = str_sub(buf_view(&b), from, buf_view(&b).n);
	return buf_status(e->cx, &b);
}

// One run for each line that has any, what is wrong first.
static Status fill_notes(Editor *e)
{
	NoteRows *n = &e->v->notes;
	const FindingRows *found = &e->v->findings;
	Buf gaps = buf_init(e->cx->arena, 1024, LINES_MAX + 1);
	size_t last = 0; // a line end right after <pre> is none
	for (size_t i = 0; i < e->lines; i++) buf_char(&gaps, '\n');
	n->v = ARENA_NEW(e->cx->arena, NoteRow, found->n + 1);
	for (size_t line = 1; line <= e->lines; line++) {
		if (!e->level[line]) continue;
		NoteRow *row = &n->v[n->n++];
		*row = (NoteRow){.gap = str_sub(buf_view(&gaps), 0, line > 1 ? line - last : 0),
						 .error = e->level[line][0] == 'b'};
		for (size_t i = 0; i < 2 * found->n; i++) {
			const FindingRow *f = &found->v[i % found->n];
			if ((size_t)f->line != line || f->error != (i < found->n)) continue;
			row->text = row->text.n ? STR_CAT(e->cx->arena, row->text, S(" · "), f->text) : f->text;
		}
		last = line;
	}
	return buf_status(e->cx, &gaps);
}

typedef struct Part {
	const char *kind, *key, *one;
} Part;
static const Part PARTS[] = {
	{"ruleset", "rulebook.part.general", "rulebook.kind.general"},
	{"score", "rulebook.part.scores", "rulebook.kind.score"},
	{"guard", "rulebook.part.guard", "rulebook.kind.guard"},
	{"cap", "rulebook.part.limits", "rulebook.kind.limit"},
	{"rule", "rulebook.part.rules", NULL},
	{"metric", "rulebook.part.metrics", "rulebook.kind.metric"},
	{"rank", "rulebook.part.ranks", "rulebook.kind.rank"},
	{"badge", "rulebook.part.badges", "rulebook.kind.badge"},
};

static bool is_noted(const Editor *e, size_t section)
{
	size_t until = section + 1 < e->then.n ? (size_t)e->then.v[section + 1].line : e->lines + 1;
	for (size_t line = (size_t)e->then.v[section].line; line < until && line <= e->lines; line++)
		if (e->level[line]) return true;
	return false;
}

static Str name_of(const Section *s) { return s->title.n ? s->title : s->id.n ? s->id : s->kind; }

static void fill_contents(Editor *e)
{
	ContentParts *c = &e->v->contents;
	c->v = ARENA_NEW(e->cx->arena, ContentPart, COUNTOF(PARTS));
	for (size_t p = 0; p < COUNTOF(PARTS); p++) {
		ContentPart *part = &c->v[c->n];
		*part = (ContentPart){.key = PARTS[p].key, .rows.v = ARENA_NEW(e->cx->arena, ContentRow, e->then.n + 1)};
		for (size_t i = 0; i < e->then.n; i++) {
			const Section *s = &e->then.v[i];
			if (!str_eq(s->kind, str_from(PARTS[p].kind))) continue;
			part->rows.v[part->rows.n++] = (ContentRow){s->line, name_of(s), is_noted(e, i)};
		}
		c->n += part->rows.n > 0;
	}
}

static Str said_of(const Sentences *said, Str id)
{
	for (size_t i = 0; i < said->n; i++)
		if (said->v[i].part == DESCRIBE_RULE && str_eq(said->v[i].id, id)) return said->v[i].text;
	return str_none();
}

// Without the title that it begins with, which stands above it.
static Str after_title(Arena *a, Str said, Str title)
{
	if (!str_starts(said, title) || !str_starts(str_sub(said, title.n, said.n), S(": "))) return said;
	said = str_copy(a, str_sub(said, title.n + 2, said.n));
	char *first = (char *)(uintptr_t)said.p;
	if (said.n && *first >= 'a' && *first <= 'z') *first = (char)(*first - 'a' + 'A');
	return said;
}

static Str gives(Ctx *cx, const Section *s)
{
	return s->score.n && s->gives.n ? STR_CAT(cx->arena, s->gives, S(" "), s->score) : s->gives;
}

static void add_row(Editor *e, const Section *now, const Section *then, const char *kind)
{
	GlanceRows *g = &e->v->glance;
	const Section *s = then ? then : now;
	const char *state = !now                             ? "rulebook.new"
						: !then                          ? "rulebook.gone"
						: !str_eq(now->text, then->text) ? "rulebook.changed"
														 : NULL;
	if (kind && !state) return;
	Str said = kind ? str_none() : said_of(then && e->said_then.n ? &e->said_then : &e->said_now, s->id);
	g->v[g->n++] = (GlanceRow){.title = name_of(s),
							   .id = s->id,
							   .now = now ? gives(e->cx, now) : str_none(),
							   .then = then ? gives(e->cx, then) : str_none(),
							   .said = after_title(e->cx->arena, said, name_of(s)),
							   .state = state,
							   .kind = kind,
							   .line = then ? then->line : 0};
	e->v->changes += state != NULL;
}

// All of a kind, those of the text first.
static void add_kind(Editor *e, const char *kind, const char *key)
{
	for (size_t i = 0; i < e->then.n; i++)
		if (str_eq(e->then.v[i].kind, str_from(kind)))
			add_row(e, rulebook_section(&e->now, &e->then.v[i]), &e->then.v[i], key);
	for (size_t i = 0; i < e->now.n; i++)
		if (str_eq(e->now.v[i].kind, str_from(kind)) && !rulebook_section(&e->then, &e->now.v[i]))
			add_row(e, &e->now.v[i], NULL, key);
}

// Every rule, and of all else what is not as it is now.
static void fill_glance(Editor *e)
{
	e->v->glance.v = ARENA_NEW(e->cx->arena, GlanceRow, e->then.n + e->now.n + 1);
	add_kind(e, "rule", NULL);
	for (size_t p = 0; p < COUNTOF(PARTS); p++)
		if (PARTS[p].one) add_kind(e, PARTS[p].kind, PARTS[p].one);
}

Status rulebook_editor_fill(Ctx *cx, const Ruleset *now, const Ruleset *typed, RulesView *v)
{
	Editor e = {.cx = cx, .v = v};
	v->lines = (int64_t)lines_of(v->toml);
	e.lines = (size_t)v->lines + LINES_MORE < LINES_MAX ? (size_t)v->lines + LINES_MORE : LINES_MAX;
	e.level = ARENA_NEW(cx->arena, const char *, e.lines + 1);
	e.target = ARENA_NEW(cx->arena, bool, e.lines + 1);
	e.now = rulebook_outline(cx->arena, now->toml);
	e.then = rulebook_outline(cx->arena, v->toml);
	v->edited = !str_eq(now->toml, v->toml);
	TRY(rules_describe(cx, now, &e.said_now));
	if (typed) TRY(rules_describe(cx, typed, &e.said_then));
	if (v->fault.n) add_fault(&e);
	quote_lines(&e);
	name_headings(&e);
	mark_lines(&e);
	TRY(fill_gutter(&e));
	TRY(fill_notes(&e));
	fill_contents(&e);
	fill_glance(&e);
	return ST_OK;
}
