// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth text phrases: what is suddenly on many lips, day by day or week by week: of lines `time TAB author TAB text`, whose
// numbers are the examples, or of a site's posts, whose addresses are (/p/ID).
#include "app/app.h"

#include "app/lines.h"
#include "base/json.h"
#include "community/community.h"
#include "text/phrases.h"
#include "trends/trends.h"

#include <unistd.h>

#define OUT_BYTES ((size_t)1 << 20)
#define OUT_MAX_BYTES ((size_t)256 << 20)
#define TOP 10
#define POSTS_START ((size_t)4096)

typedef struct Input {
	PhrasePost *posts;
	size_t n, cap;
} Input;

static Status input_room(Ctx *cx, Input *in)
{
	if (in->n < in->cap) return ST_OK;
	if (in->n == PHRASES_POSTS_MAX) return fail(cx, ST_TOO_LARGE, "more than %zu lines", PHRASES_POSTS_MAX);
	size_t cap = size_min(in->cap * 2, PHRASES_POSTS_MAX);
	PhrasePost *v = arena_try_alloc(cx->arena, cap * sizeof *v, _Alignof(PhrasePost));
	if (!v) return fail(cx, ST_TOO_LARGE, "the lines are too long together");
	for (size_t i = 0; i < in->n; i++) v[i] = in->posts[i];
	in->posts = v;
	in->cap = cap;
	return ST_OK;
}

// Milliseconds, 2026-11-30, or 2026-11-30T08:15:00Z.
static bool parse_time(Ctx *cx, Str s, Time *ret)
{
	if (str_int(s, -((int64_t)1 << 52), (int64_t)1 << 52, ret)) return true;
	return time_parse_iso(s.n == 10 ? str_format(cx->arena, "%.*sT00:00:00", STR(s)) : s, ret);
}

// Authors are told apart by the hash of their names.
static Status read_line(Ctx *cx, Str line, size_t number, Input *in)
{
	Str time, author, text = str_cut(str_cut(line, '\t', &time), '\t', &author);
	PhrasePost p = {.id = (Id)number};
	if (!text.p || !parse_time(cx, str_trim(time), &p.at_ms))
		return fail(cx, ST_INVALID,
					"line %zu is not `time TAB author TAB text`, with a time like 2026-11-30T08:15:00Z or in ms",
					number);
	TRY(input_room(cx, in));
	char *copy = arena_try_alloc(cx->arena, text.n + 1, 1);
	if (!copy) return fail(cx, ST_TOO_LARGE, "the lines are too long together");
	__builtin_memcpy(copy, text.p, text.n);
	p.text = (Str){copy, text.n};
	p.author = author.n ? (int64_t)(str_hash(author) >> 1 | 1) : 0;
	in->posts[in->n++] = p;
	return ST_OK;
}

static Status read_lines(Ctx *cx, Input *ret)
{
	Lines in = lines_open(cx->arena, STDIN_FILENO);
	size_t number = 0;
	for (Str line; lines_next(&in, &line);) {
		number++;
		if (line.n) TRY(read_line(cx, line, number, ret));
	}
	return in.failed ? fail(cx, ST_IO, "the input cannot be read") : ST_OK;
}

static void put_day(Buf *b, Time t)
{
	Civil c = time_civil(t);
	buf_format(b, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static void put_centi(Buf *b, int64_t v) { buf_format(b, "%lld.%02lld", (long long)(v / 100), (long long)(v % 100)); }

// Comments lead to the post they are on: several may be on one.
static bool said_before(const PhraseQuestion *q, const RisingPhrase *r, uint32_t k)
{
	for (uint32_t i = 0; i < k; i++)
		if (q->posts[r->examples[i]].id == q->posts[r->examples[k]].id) return true;
	return false;
}

static void put_example(Buf *b, Id id, bool site)
{
	if (site) buf_str(b, S("/p/"));
	if (site) buf_id(b, id);
	else buf_int(b, id);
}

static void put_tsv(Buf *b, const PhraseQuestion *q, const PhrasePeriod *p, bool site)
{
	for (size_t i = 0; i < p->n; i++) {
		const RisingPhrase *r = &p->v[i];
		put_day(b, p->from_ms);
		buf_format(b, "\t%.*s\t", STR(r->text));
		put_centi(b, r->z_centi);
		buf_format(b, "\t%u\t", r->posts);
		put_centi(b, r->expected_centi);
		buf_format(b, "\t%u\t", r->authors);
		put_centi(b, r->g2_centi);
		for (uint32_t k = 0; k < r->examples_n; k++) {
			if (said_before(q, r, k)) continue;
			buf_char(b, k ? ',' : '\t');
			put_example(b, q->posts[r->examples[k]].id, site);
		}
		buf_char(b, '\n');
	}
}

static void json_centi(Json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_share(j, (double)v / 100);
}

static void put_phrase(Json *j, const PhraseQuestion *q, const RisingPhrase *r, bool site)
{
	json_obj(j);
	json_key(j, "phrase");
	json_str(j, r->text);
	json_centi(j, "z", r->z_centi);
	json_key(j, "posts");
	json_int(j, r->posts);
	json_centi(j, "expected", r->expected_centi);
	json_key(j, "authors");
	json_int(j, r->authors);
	json_centi(j, "g2", r->g2_centi);
	json_key(j, "examples");
	json_arr(j);
	for (uint32_t k = 0; k < r->examples_n; k++) {
		Id id = q->posts[r->examples[k]].id;
		if (said_before(q, r, k)) continue;
		if (site) json_id(j, id);
		else json_int(j, id);
	}
	json_end(j);
	json_end(j);
}

static void put_json(Buf *b, const PhraseQuestion *q, const PhrasePeriod *p, bool site)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "from");
	json_time(&j, p->from_ms);
	json_key(&j, "posts");
	json_int(&j, p->posts);
	json_key(&j, "copies");
	json_int(&j, p->copies);
	json_key(&j, "phrases");
	json_arr(&j);
	for (size_t i = 0; i < p->n; i++) put_phrase(&j, q, &p->v[i], site);
	json_end(&j);
	json_end(&j);
	buf_char(b, '\n');
}

static Status options_of(App *app, PhraseQuestion *q)
{
	const Options *o = &app->options;
	bool week = str_eq(o->by, S("week"));
	if (o->by.n && !week && !str_eq(o->by, S("day"))) return fail(&app->cx, ST_INVALID, "--by: day or week");
	q->by = week ? PHRASES_BY_WEEK : PHRASES_BY_DAY;
	q->top = o->top ? (size_t)o->top : TOP;
	return ST_OK;
}

static Status print(App *app, const PhraseQuestion *q, const PhraseAnswer *a, bool site)
{
	Buf out = buf_init(app->cx.arena, OUT_BYTES, OUT_MAX_BYTES);
	if (!app->options.json) buf_z(&out, "from\tphrase\tz\tposts\texpected\tauthors\tg2\texamples\n");
	for (size_t i = 0; i < a->n; i++) (app->options.json ? put_json : put_tsv)(&out, q, &a->v[i], site);
	return out_flush(&app->cx, &out);
}

static Status phrases_of_lines(App *app, PhraseQuestion *q)
{
	PhraseAnswer a;
	Input in = {.posts = ARENA_NEW(app->cx.arena, PhrasePost, POSTS_START), .cap = POSTS_START};
	TRY(read_lines(&app->cx, &in));
	q->posts = in.posts;
	q->n = in.n;
	TRY(phrases_emerging(&app->cx, q, &a));
	return print(app, q, &a, false);
}

Status text_site_open(App *app, Db **ret_db, Id *ret_space)
{
	Ctx *cx = &app->cx;
	SpaceFindBySlugRow space;
	bool found;
	TRY(app_open(app, true));
	TRY(db_begin(cx, app->store, ret_db));
	if (!app->options.space.n) return ST_OK;
	TRY(space_find_by_slug(cx, *ret_db, &(SpaceFindBySlugArgs){.slug = app->options.space}, &space, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "there is no space \"%.*s\"", STR(app->options.space));
	*ret_space = space.id;
	return ST_OK;
}

static Status phrases_of_site(App *app, PhraseQuestion *q)
{
	Ctx *cx = &app->cx;
	TrendQuestion t = {.by = q->by, .top = q->top, .until_ms = INT64_MAX / 2};
	AUTO(Db) db = NULL;
	TRY(text_site_open(app, &db, &t.space_id));
	Trends found;
	AUTO(Trends) end = &found;
	(void)end;
	TRY(trends_find(cx, db, &t, &found));
	q->posts = found.posts;
	q->n = found.n;
	return print(app, q, &found.answer, true);
}

Status verb_text_phrases(App *app)
{
	PhraseQuestion q = {0};
	TRY(options_of(app, &q));
	return app->options.data.n || app->options.db.n ? phrases_of_site(app, &q) : phrases_of_lines(app, &q);
}
