// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth user affiliation: on whose side members are, by the word of who runs the site. One is named by the words of the command;
// many by lines on stdin, each a handle or an address and, unless the command says it of all, an affiliation:
//
//   ada,customer
//   bob@example.org,partner
//
// The file is read to its end first. While anything in it is wrong, each such line is told and nothing is changed.
#include "app/app.h"
#include "app/lines.h"
#include "members/members.h"

#include <unistd.h>

#define WRITE_MEMBERS 200 // in one transaction
#define WRONG_TOLD 20
#define TOLD_MAX_BYTES ((size_t)8192)

typedef struct Side {
	Id id;
	Affiliation affiliation;
} Side;

typedef struct Sides {
	Ctx *cx;
	Db *db;
	Str all; // what the command says of everybody; or absent
	Side *v;
	size_t n, cap, from; // from: of the transaction at work
	size_t lines_n, wrong_n;
	Buf wrong;
} Sides;

static Status side_of(Sides *s, Str who, Str affiliation, Side *ret)
{
	Credentials c;
	if (!affiliation.n) return fail(s->cx, ST_INVALID, "%.*s is said to be nothing", STR(who));
	if (!affiliation_parse(affiliation, &ret->affiliation))
		return fail(s->cx, ST_INVALID,
					"\"%.*s\" is no affiliation: unknown, customer, prospect, employee, partner or supplier",
					STR(affiliation));
	TRY(members_find_credentials(s->cx, s->db, who, &c));
	ret->id = c.id;
	return c.id ? ST_OK : fail(s->cx, ST_NOT_FOUND, "there is no member %.*s", STR(who));
}

static Str unquoted(Str s)
{
	s = str_trim(s);
	return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_sub(s, 1, s.n - 1) : s;
}

static Status add(Sides *s, Side side)
{
	if (s->n == s->cap) {
		size_t more = s->cap ? 2 * s->cap : 1024;
		void *p = arena_grow(s->cx->arena, s->v, s->cap * sizeof *s->v, more * sizeof *s->v);
		if (!p) return fail(s->cx, ST_TOO_LARGE, "too many lines");
		s->v = p;
		s->cap = more;
	}
	s->v[s->n++] = side;
	return ST_OK;
}

static Status take_line(Sides *s, Str line)
{
	Side side;
	size_t at = 0;
	while (at < line.n && line.p[at] != ',' && line.p[at] != ';' && line.p[at] != '\t') at++;
	Str who = unquoted(str_sub(line, 0, at)), said = at < line.n ? unquoted(str_sub(line, at + 1, line.n)) : s->all;
	if (!who.n || (s->lines_n == 1 && str_eq(said, S("affiliation")))) return ST_OK; // the names of the columns
	Status st = side_of(s, who, said, &side);
	if (st == ST_OK) return add(s, side);
	if (st != ST_INVALID && st != ST_NOT_FOUND) return st;
	if (s->wrong_n++ < WRONG_TOLD) buf_format(&s->wrong, "\nline %zu: %.*s", s->lines_n, STR(s->cx->fail_text));
	fail_clear(s->cx);
	return ST_OK;
}

static Status take_lines(Sides *s)
{
	Lines in = lines_open(s->cx->arena, STDIN_FILENO);
	s->wrong = buf_init(s->cx->arena, 256, TOLD_MAX_BYTES);
	for (Str line; lines_next(&in, &line);) {
		s->lines_n++;
		TRY(take_line(s, line));
	}
	if (in.failed) return fail(s->cx, ST_IO, "the input cannot be read");
	if (!s->wrong_n) return ST_OK;
	return fail(s->cx, ST_INVALID, "%zu of %zu lines are wrong, nothing was changed:%.*s%s", s->wrong_n, s->lines_n,
				STR(buf_view(&s->wrong)), s->wrong_n > WRONG_TOLD ? "\n…" : "");
}

static Status write_some(Ctx *cx, Tx *tx, void *arg)
{
	const Sides *s = arg;
	for (size_t i = s->from; i < s->n && i < s->from + WRITE_MEMBERS; i++)
		TRY(members_set_affiliation(cx, tx, s->v[i].id, s->v[i].affiliation));
	return ST_OK;
}

Status verb_user_affiliation(App *app)
{
	const Options *o = &app->options;
	AUTO(Db) db = NULL;
	TRY(app_open(app, true));
	TRY(db_begin(&app->cx, app->store, &db));
	Sides s = {.cx = &app->cx, .db = db};
	if (o->words_n == 1) s.all = o->words[0];
	if (o->words_n == 2) {
		Side side;
		TRY(side_of(&s, o->words[0], o->words[1], &side));
		TRY(add(&s, side));
	} else TRY(take_lines(&s));
	db_end(db);
	db = NULL;
	for (; s.from < s.n; s.from += WRITE_MEMBERS) TRY(store_write(&app->cx, app->store, write_some, &s));
	if (o->words_n < 2) app_say("%zu members", s.n);
	return ST_OK;
}
