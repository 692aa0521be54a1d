// SPDX-License-Identifier: AGPL-3.0-or-later
// Series of votes: at most N by one person for another within W count. Votes are looked at in the order of time, each
// once; those that do not count make no room for others, so a series does not push itself out of the window.
#include "fairplay/model.h"

#include "community/community.h"

#include <stdlib.h>

#define VOTES_AT_ONCE 5000
#define SERIES_ARENA_BYTES ((size_t)2 << 30)
#define LOOK_EVERY_MS TIME_HOUR_MS

const Setting FAIRPLAY_VOTES = {"fairplay.votes", SETTING_INT, 0, 1000, "6", "votes"};
const Setting FAIRPLAY_HOURS = {"fairplay.hours", SETTING_INT, 1, 720, "24", "hours"};

typedef enum Verdict { UNJUDGED, COUNTS, OUT, LET } Verdict; // LET: a manager let it count; it is in nobody's way

typedef struct Vote {
	Time at;
	Id id, voter, author, post, space;
	uint8_t kind, verdict;
	bool taken_back;
} Vote;

typedef struct Series {
	Ctx *cx;
	Store *store;
	Vote *v;
	size_t n, cap;
	Id after, to; // the cursor; votes up to `after` were judged before
	int64_t most;
	Time window;
	size_t from, until; // of the pair that is written
} Series;

static Status grow(Series *s, size_t more)
{
	if (s->n + more <= s->cap) return ST_OK;
	size_t cap = size_max(s->cap * 2, s->n + more);
	void *p = arena_grow(s->cx->arena, s->v, s->cap * sizeof *s->v, cap * sizeof *s->v);
	if (!p) return fail(s->cx, ST_TOO_LARGE, "the votes do not fit in memory");
	s->v = p;
	s->cap = cap;
	return ST_OK;
}

// Votes from a window before the last time on; ids are made in the order of time.
static Id first_id(const Series *s) { return s->after ? id_floor(id_time(s->after) - s->window) : 0; }

static Status read_votes(Series *s, Db *db)
{
	FairVotesAfterRows rows = {.n = VOTES_AT_ONCE};
	for (Id after = first_id(s); rows.n == VOTES_AT_ONCE;) {
		AUTO(Arena) a = arena_new(SERIES_ARENA_BYTES);
		Ctx own = *s->cx;
		own.arena = a;
		TRY(fair_votes_after(&own, db, &(FairVotesAfterArgs){.after = after, .limit = VOTES_AT_ONCE}, &rows));
		TRY(grow(s, rows.n));
		for (size_t i = 0; i < rows.n; i++) {
			const FairVotesAfterRow *r = &rows.v[i];
			if (r->actor_id == r->target_id || r->id > s->to) continue;
			s->v[s->n++] = (Vote){.at = r->at_ms,
								  .id = r->id,
								  .voter = r->actor_id,
								  .author = r->target_id,
								  .post = r->subject_id,
								  .space = r->space_id,
								  .kind = (uint8_t)r->kind,
								  .verdict = r->id <= s->after ? COUNTS : UNJUDGED};
		}
		if (rows.n) after = rows.v[rows.n - 1].id;
	}
	return ST_OK;
}

static int by_id(const void *key, const void *vote)
{
	Id a = *(const Id *)key, b = ((const Vote *)vote)->id;
	return (a > b) - (a < b);
}

// What was said of them before; the votes still stand in the order of their ids.
static Status read_verdicts(Series *s, Db *db)
{
	VoteOutAfterRows rows = {.n = VOTES_AT_ONCE};
	for (Id after = first_id(s); rows.n == VOTES_AT_ONCE;) {
		ArenaMark mark = arena_mark(s->cx->arena);
		TRY(vote_out_after(s->cx, db, &(VoteOutAfterArgs){.after = after, .limit = VOTES_AT_ONCE}, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			Vote *v = s->n ? bsearch(&rows.v[i].fact_id, s->v, s->n, sizeof *s->v, by_id) : NULL;
			if (v) v->verdict = rows.v[i].back_id ? LET : OUT;
			after = rows.v[i].fact_id;
		}
		arena_rewind(s->cx->arena, mark);
	}
	return ST_OK;
}

static int by_pair(const void *a, const void *b)
{
	const Vote *x = a, *y = b;
	if (x->voter != y->voter) return x->voter < y->voter ? -1 : 1;
	if (x->author != y->author) return x->author < y->author ? -1 : 1;
	if (x->at != y->at) return x->at < y->at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static bool is_vote(const Vote *v) { return v->kind == FACT_VOTED_UP || v->kind == FACT_VOTED_DOWN; }

static void take_back(Series *s, size_t from, size_t i)
{
	for (size_t k = i; k > from; k--) {
		Vote *v = &s->v[k - 1];
		if (v->post != s->v[i].post || !is_vote(v) || v->taken_back) continue;
		v->taken_back = true;
		return;
	}
}

// How many of the pair that count lie in the window before vote i.
static int64_t counting(const Series *s, size_t from, size_t i)
{
	int64_t n = 0;
	for (size_t k = i; k > from && s->v[i].at - s->v[k - 1].at < s->window; k--)
		n += is_vote(&s->v[k - 1]) && s->v[k - 1].verdict == COUNTS && !s->v[k - 1].taken_back;
	return n;
}

// True if something new is out.
static bool judge_pair(Series *s, size_t from, size_t until)
{
	bool any = false;
	for (size_t i = from; i < until; i++) {
		if (!is_vote(&s->v[i])) take_back(s, from, i);
		if (!is_vote(&s->v[i]) || s->v[i].verdict != UNJUDGED) continue;
		bool out = counting(s, from, i) >= s->most;
		s->v[i].verdict = out ? OUT : COUNTS;
		any |= out;
	}
	return any;
}

static Status write_out(Ctx *cx, Tx *tx, const Vote *v, Id series, int64_t *out_n)
{
	int64_t value = v->kind == FACT_VOTED_UP ? 1 : -1, changed;
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_VOTE_INVALIDATED,
							.subject_type = SUBJECT_POST,
							.subject_id = v->post,
							.target_id = v->author,
							.space_id = v->space,
							.value = value}));
	TRY(vote_out_insert(
		cx, tx,
		&(VoteOutInsertArgs){
			.fact_id = v->id, .series_id = series, .post_id = v->post, .value = value, .out_id = ctx_id(cx)},
		&changed));
	if (!changed) return fail(cx, ST_CONFLICT, "another process judges these votes");
	TRY(community_set_aside(cx, tx, v->post, 1));
	++*out_n;
	return ST_OK;
}

static Status write_pair(Ctx *cx, Tx *tx, void *arg)
{
	const Series *s = arg;
	const Vote *first = &s->v[s->from], *last = first;
	SeriesOpenRow open = {0};
	bool found;
	int64_t out_n = 0;
	while (first->id <= s->after || first->verdict != OUT) first++;
	TRY(series_open(cx, tx_db(tx),
					&(SeriesOpenArgs){.voter = first->voter, .author = first->author, .since = first->at - s->window},
					&open, &found));
	Id id = found ? open.id : ctx_id(cx);
	for (size_t i = s->from; i < s->until; i++) {
		if (s->v[i].id <= s->after || s->v[i].verdict != OUT) continue;
		last = &s->v[i];
		TRY(write_out(cx, tx, last, id, &out_n));
	}
	return series_put(cx, tx,
					  &(SeriesPutArgs){.id = id,
									   .voter_id = first->voter,
									   .author_id = first->author,
									   .first_at = first->at,
									   .last_at = last->at,
									   .out = out_n,
									   .found_at = cx->now_ms});
}

static Status write_cursor(Ctx *cx, Tx *tx, void *arg)
{
	const Series *s = arg;
	return facts_move(cx, tx, S(FAIRPLAY_SERIES_READER), s->after, s->to);
}

static Status judge_all(Series *s)
{
	if (s->n > 1) qsort(s->v, s->n, sizeof *s->v, by_pair);
	for (size_t i = 0, end; i < s->n; i = end) {
		for (end = i; end < s->n && s->v[end].voter == s->v[i].voter && s->v[end].author == s->v[i].author; end++) {}
		if (!judge_pair(s, i, end)) continue;
		s->from = i;
		s->until = end;
		TRY(store_write(s->cx, s->store, write_pair, s));
	}
	return s->to == s->after ? ST_OK : store_write(s->cx, s->store, write_cursor, s);
}

static Status series_in(Ctx *cx, Store *store)
{
	Series s = {.cx = cx,
				.store = store,
				.most = setting_int(cx->site, &FAIRPLAY_VOTES),
				.window = setting_int(cx->site, &FAIRPLAY_HOURS) * TIME_HOUR_MS};
	FactBatch batch;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(facts_peek(cx, db, S(FAIRPLAY_SERIES_READER), &batch));
	s.after = batch.after;
	TRY(facts_last(cx, db, &s.to));
	if (s.to == s.after) return ST_OK;
	if (s.most) TRY(read_votes(&s, db));
	if (s.most) TRY(read_verdicts(&s, db));
	db_end(db);
	db = NULL;
	return judge_all(&s);
}

Status fairplay_series(Ctx *cx, Store *store)
{
	AUTO(Arena) a = arena_new(SERIES_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = a;
	Status st = series_in(&own, store);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

// Once an hour it is looked whether it was done today: the cursor is of today's facts then.
static Status daily(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	FactBatch batch;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(facts_peek(cx, db, S(FAIRPLAY_SERIES_READER), &batch));
	db_end(db);
	db = NULL;
	bool today = batch.after && rep_day(id_time(batch.after)) == rep_day(cx->now_ms);
	return today || !batch.n ? ST_OK : fairplay_series(cx, store);
}

const JobKind fairplay_jobs[] = {{.queue = "fairplay.series", .run = daily, .every_ms = LOOK_EVERY_MS}};
const size_t fairplay_jobs_n = COUNTOF(fairplay_jobs);

Status fairplay_restore(Ctx *cx, Tx *tx, Id series)
{
	SeriesFindRow row;
	VoteOutOfRows votes;
	bool found;
	Id by = cx->actor ? cx->actor->id : 0;
	TRY(series_find(cx, tx_db(tx), &(SeriesFindArgs){.id = series}, &row, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "no such series of votes");
	if (row.back_at) return fail(cx, ST_CONFLICT, "these votes count already");
	TRY(vote_out_of(cx, tx_db(tx), &(VoteOutOfArgs){.series = series}, &votes));
	for (size_t i = 0; i < votes.n; i++) {
		TRY(community_set_aside(cx, tx, votes.v[i].post_id, -1));
		TRY(fact_append(cx, tx,
						&(Fact){.kind = FACT_VOTE_RESTORED,
								.actor_id = by,
								.subject_type = SUBJECT_POST,
								.subject_id = votes.v[i].post_id,
								.target_id = row.author_id,
								.space_id = votes.v[i].space_id,
								.value = votes.v[i].value}));
	}
	TRY(vote_out_back(cx, tx, &(VoteOutBackArgs){.series = series, .back_id = ctx_id(cx)}));
	TRY(series_back(cx, tx, &(SeriesBackArgs){.id = series, .back_at = cx->now_ms, .back_by = by}));
	return audit(cx, tx, S("fairplay.restored"), series, str_format(cx->arena, "%zu votes count again", votes.n));
}
