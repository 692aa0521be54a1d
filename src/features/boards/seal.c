// SPDX-License-Identifier: AGPL-3.0-or-later
// From a history to a file of cells: day by day, every fact once, and between the days what credibility each member earned.
#include "base/pieces.h"
#include "boards/boards.h"
#include "boards/moves.h"
#include "boards_sql.h"
#include "source_impl.h"
#include "standing/standing.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TOPIC_AREAS_MAX 8                  // a space, five tags
#define SEAL_ARENA_BYTES ((size_t)1 << 40) // of address space; what a history takes is what it has

// For one more at the end of what `rows` points to.
static bool more_room(Arena *a, void *rows, size_t *cap, size_t size)
{
	void *v, *more;
	memcpy(&v, rows, sizeof v);
	if (!(more = arena_grow_raw(a, v, *cap * size, size_max(*cap * 2, 4096) * size))) return false;
	memcpy(rows, &more, sizeof more);
	*cap = size_max(*cap * 2, 4096);
	return true;
}

static inline bool room(Arena *a, void *rows, size_t *cap, size_t n, size_t size)
{
	return n < *cap || more_room(a, rows, cap, size);
}

// --- credibility earned -------------------------------------------------------------------------------------------------

typedef struct Credit {
	int64_t points;
	uint32_t fact, member;
	int32_t day;
} Credit;

typedef struct Credits {
	Credit *v; // by day, of a day by member
	size_t n, cap;
	Arena *arena;
	const Ruleset *rules;
	uint32_t member;
	bool full;
} Credits;

static void on_line(void *arg, const RepLine *line)
{
	Credits *c = arg;
	if (c->rules->rules[line->rule].score != SCORE_CREDIBILITY || !line->points) return;
	c->full |= !room(c->arena, &c->v, &c->cap, c->n, sizeof *c->v);
	if (!c->full) c->v[c->n++] = (Credit){line->points, line->fact, c->member, line->day};
}

// Member by member. What it takes is given back before they are put in order.
static Status find_credits(Ctx *cx, const RepLog *log, Credits *c)
{
	AUTO(Arena) scratch = arena_new(SEAL_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = scratch;
	RepSlices slices;
	Status st = rep_slices(&own, log, c->rules, &slices);
	RepRun *run = rep_run_new(scratch, log, c->rules);
	RepVisitor visitor = {.line = on_line, .arg = c};
	for (c->member = 1; st == ST_OK && c->member <= log->members_n; c->member++)
		st = rep_slice(&own, run, &slices, c->member, &visitor);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

static Status credits_of(Ctx *cx, const BoardSeal *seal, Credits *ret)
{
	const RepLog *log = seal->log;
	if (!seal->rules || !log->facts_n) return ST_OK;
	*ret = (Credits){.arena = cx->arena, .rules = rep_rules_of(cx->arena, seal->rules, SCORE_CREDIBILITY)};
	TRY(find_credits(cx, log, ret));
	int32_t first = rep_day(log->facts[0].at_ms);
	size_t days = (size_t)(rep_day(log->facts[log->facts_n - 1].at_ms) - first) + 1;
	uint32_t *at = arena_try_alloc(cx->arena, (days + 1) * sizeof *at, _Alignof(uint32_t));
	Credit *v = arena_try_alloc_raw(cx->arena, (ret->n + 1) * sizeof *v, _Alignof(Credit));
	if (!at || !v || ret->full || ret->n > UINT32_MAX)
		return fail(cx, ST_TOO_LARGE, "the credibility of so many facts does not fit in memory");
	for (size_t i = 0; i < ret->n; i++) at[ret->v[i].day - first + 1]++;
	for (size_t d = 1; d < days; d++) at[d] += at[d - 1];
	for (size_t i = 0; i < ret->n; i++) v[at[ret->v[i].day - first]++] = ret->v[i];
	ret->v = v;
	return ST_OK;
}

// --- the file -----------------------------------------------------------------------------------------------------------

typedef struct Times { // where the walk through them is
	const BoardSeal *seal;
	CellsBuilder *b;
	uint32_t sets; // place of the set that is area 1 alone; the others follow
	size_t at, read_at;
} Times;

static int64_t area_key(bool space, Str name) { return (int64_t)(str_hash(name) << 2 | (space ? 3 : 2)); }

// A topic's space and tags, as far as anything ever happened there, as a set.
static size_t topic_set(const IdMap *areas, const AttentionReadTopic *t, uint32_t *v)
{
	size_t n = 0;
	uint32_t area = t->space.n ? idmap_find(areas, area_key(true, t->space)) : 0;
	if (area) v[++n] = area;
	for (Str tag, rest = t->tags; rest.p && rest.n && n < TOPIC_AREAS_MAX;) {
		rest = str_cut(rest, ' ', &tag);
		area = tag.n ? idmap_find(areas, area_key(false, tag)) : 0;
		if (area) v[++n] = area;
	}
	v[0] = (uint32_t)n;
	return n ? n + 1 : 0;
}

// The history's sets, and behind them one for each area, since time is told by area: everywhere is no sum of the areas. Then those
// of topics that were read.
static Status sets_of(Ctx *cx, const BoardSeal *seal, CellsSets *ret, Times *ret_times)
{
	const RepLog *log = seal->log;
	size_t topics = seal->reads ? seal->reads->topics_n : 0;
	*ret = (CellsSets){log->sets, log->sets_n};
	*ret_times = (Times){.seal = seal};
	if (!seal->times_n && !topics) return ST_OK;
	size_t first = size_max(log->sets_n, 1), n = first + 2 * log->areas_n, most = n + topics * (TOPIC_AREAS_MAX + 1);
	uint32_t *v = most > UINT32_MAX ? NULL : arena_try_alloc(cx->arena, most * sizeof *v, _Alignof(uint32_t));
	if (!v) return fail(cx, ST_TOO_LARGE, "the areas of so many facts do not fit in memory");
	for (size_t i = 0; i < log->sets_n; i++) v[i] = log->sets[i];
	IdMap areas = idmap_init(cx->arena, log->areas_n);
	for (uint32_t area = 1; area <= log->areas_n; area++) {
		uint32_t *at = idmap_at(&areas, area_key(log->areas[area].is_space, log->areas[area].name));
		if (!at) return fail(cx, ST_TOO_LARGE, "the areas do not fit in memory");
		*at = area;
		v[first + 2 * (size_t)(area - 1)] = 1;
		v[first + 2 * (size_t)(area - 1) + 1] = area;
	}
	for (size_t i = 1; i <= topics; i++) {
		AttentionReadTopic *t = &seal->reads->topics[i];
		size_t more = topic_set(&areas, t, v + n);
		t->set = more ? (uint32_t)n : 0;
		n += more;
	}
	*ret = (CellsSets){v, n};
	ret_times->sets = (uint32_t)first;
	return ST_OK;
}

// What is added in an area is added everywhere too; the row for everywhere has it already, so it is taken off there.
static Status add_time(CellsBuilder *b, const Times *t, const BoardTime *row, uint32_t metric, int64_t n)
{
	if (!row->area) return cells_add(b, row->day, metric, 0, row->member, 0, n);
	TRY(cells_add(b, row->day, metric, t->sets + 2 * (row->area - 1), row->member, 0, n));
	return cells_add(b, row->day, metric, 0, row->member, 0, -n);
}

static Status add_share(void *arg, const AttentionShare *s)
{
	Times *t = arg;
	const RepLog *log = t->seal->log;
	return cells_add(t->b, s->of->day, BOARD_WAS_READ, s->topic->set, idmap_find(&log->member_of, s->author),
					 idmap_find(&log->member_of, s->of->reader), s->seconds);
}

// Those up to a day: cells come day by day, and time of a day before what was read on it.
static Status add_times(CellsBuilder *b, Times *t, int32_t day)
{
	for (; t->at < t->seal->times_n && t->seal->times[t->at].day <= day; t->at++) {
		const BoardTime *row = &t->seal->times[t->at];
		if (t->seal->reads) TRY(attention_reads_share(t->seal->reads, &t->read_at, row->day - 1, add_share, t));
		for (uint32_t k = 0; k < BOARD_TIMES; k++)
			if (row->n[k]) TRY(add_time(b, t, row, BOARD_READ_CUSTOMER + k, row->n[k]));
	}
	return t->seal->reads ? attention_reads_share(t->seal->reads, &t->read_at, day, add_share, t) : ST_OK;
}

// Whether an answer was kept is known at the end only, so those are counted then, day by day once more.
typedef struct Answers {
	struct Answer {
		uint32_t day, object, areas, member;
	} * v;
	size_t n, cap;
	uint64_t *kept; // a bit for each post
} Answers;

static Status add_answer(CellsBuilder *b, Answers *a, const RepFact *f, int32_t day)
{
	if (f->actor == f->asker) return cells_add_one(b, BOARD_ANSWERS_OWN, f->areas, f->actor);
	if (!room(b->cx->arena, &a->v, &a->cap, a->n, sizeof *a->v))
		return fail(b->cx, ST_TOO_LARGE, "so many answers do not fit in memory");
	a->v[a->n++] = (struct Answer){(uint32_t)day, f->object, f->areas, f->actor};
	return ST_OK;
}

static Status add_kept(CellsBuilder *b, const Answers *a)
{
	TRY(cells_builder_again(b));
	for (size_t i = 0; i < a->n; i++) {
		const struct Answer *at = &a->v[i];
		if (i + 8 < a->n) __builtin_prefetch(&a->kept[at[8].object / 64]);
		if (a->kept[at->object / 64] >> at->object % 64 & 1)
			TRY(cells_add(b, (int32_t)at->day, BOARD_ANSWERS_KEPT, at->areas, at->member, 0, 1));
	}
	return ST_OK;
}

static Status add_judged(CellsBuilder *b, Answers *a, const RepFact *f, int32_t day)
{
	if (f->kind == FACT_POSTED) return add_answer(b, a, f, day);
	if (board_keeps(f)) a->kept[f->object / 64] |= (uint64_t)1 << f->object % 64;
	BoardMove moves[BOARD_MOVES_MAX];
	size_t n = board_moves_judged(f, a->kept, moves);
	for (size_t k = 0; k < n; k++)
		TRY(cells_add(b, day, moves[k].metric, f->areas, moves[k].member, moves[k].other, 1));
	return ST_OK;
}

static Status add_facts(CellsBuilder *b, Times *times, Answers *answers)
{
	const RepLog *log = times->seal->log;
	int32_t day = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		__builtin_prefetch(
			&log->facts[size_min(i + 32, log->facts_n - 1)]); // a quarter of sealing is waiting for them else
		if ((uint64_t)(f->at_ms - (Time)day * TIME_DAY_MS) >= TIME_DAY_MS || !i) {
			day = rep_day(f->at_ms);
			TRY(add_times(b, times, day));
			TRY(cells_flush_day(b, day));
		}
		if (!(f->flags & REP_VOID)) {
			const BoardKind *kind = &board_kinds[f->kind % BOARD_KINDS];
			TRY(cells_add_one(b, kind->actor, f->areas, f->actor & kind->actor_mask));
			TRY(cells_add_one(b, kind->owner, f->areas, f->owner & kind->owner_mask));
			if (kind->judged) TRY(add_judged(b, answers, f, day));
		}
	}
	TRY(add_times(b, times, INT32_MAX));
	return add_kept(b, answers);
}

// Day by day once more, so that it can be found out meanwhile.
static Status add_credits(CellsBuilder *b, const RepLog *log, const Credits *credits)
{
	if (!credits->n) return ST_OK;
	TRY(cells_builder_again(b));
	for (size_t i = 0; i < credits->n; i++) {
		const Credit *c = &credits->v[i];
		__builtin_prefetch(&log->facts[credits->v[size_min(i + 16, credits->n - 1)].fact].areas);
		TRY(cells_add(b, c->day, BOARD_CREDIT, log->facts[c->fact].areas, c->member, 0, c->points));
	}
	return ST_OK;
}

static Status about(Ctx *cx, const BoardSeal *seal, CellsAbout *ret)
{
	const RepLog *log = seal->log;
	Id *ids = ARENA_NEW(cx->arena, Id, log->members_n + 1);
	uint8_t *traits = ARENA_NEW(cx->arena, uint8_t, log->members_n + 1);
	Str *areas = ARENA_NEW(cx->arena, Str, log->areas_n + 1);
	for (uint32_t m = 1; m <= log->members_n; m++) {
		ids[m - 1] = log->members[m].id;
		traits[m - 1] = board_trait(log->members[m].role, log->members[m].affiliation);
		if (m > 1 && ids[m - 1] <= ids[m - 2])
			return fail(cx, ST_INTERNAL, "the members are not in the order of their ids");
	}
	for (size_t i = 1; i <= log->areas_n; i++)
		areas[i - 1] = str_format(cx->arena, "%s%.*s", log->areas[i].is_space ? "/" : "#", STR(log->areas[i].name));
	*ret = (CellsAbout){.ids = ids, .traits = traits, .areas = areas};
	ret->stamp[BOARD_STAMP_FORMAT] = BOARD_FORMAT;
	ret->stamp[BOARD_STAMP_CURSOR] = seal->cursor;
	ret->stamp[BOARD_STAMP_RULES] = seal->rules ? (int64_t)seal->rules->hash : 0;
	ret->stamp[BOARD_STAMP_FACTS] = (int64_t)log->facts_n;
	ret->stamp[BOARD_STAMP_TIMES] = seal->times_until;
	return ST_OK;
}

// What needs nobody else: counting what happened, and what credibility it gave.
enum { PIECE_FACTS, PIECE_CREDITS, PIECES };
typedef struct Both {
	const BoardSeal *seal;
	Ctx cx[PIECES];
	CellsBuilder *b;
	Times times;
	Answers answers;
	Credits credits;
} Both;

static Status piece(void *arg, UNUSED size_t worker, size_t piece)
{
	Both *both = arg;
	if (piece == PIECE_FACTS) return add_facts(both->b, &both->times, &both->answers);
	return credits_of(&both->cx[PIECE_CREDITS], both->seal, &both->credits);
}

Status board_seal(Ctx *cx, const BoardSeal *seal)
{
	const RepLog *log = seal->log;
	CellsShape shape = {.metrics_n = BOARD_METRICS,
						.paired = 1u << BOARD_HELPED | 1u << BOARD_WAS_READ,
						.members_n = (uint32_t)log->members_n,
						.areas_n = (uint32_t)log->areas_n};
	AUTO(Arena) beside = arena_new(SEAL_ARENA_BYTES);
	Both both = {.seal = seal, .cx = {*cx, *cx}};
	both.cx[PIECE_CREDITS].arena = beside;
	CellsAbout who;
	CellsSets sets;
	both.answers.kept = arena_try_alloc(cx->arena, (log->objects_n / 64 + 1) * sizeof(uint64_t), sizeof(uint64_t));
	if (!both.answers.kept) return fail(cx, ST_TOO_LARGE, "%zu posts do not fit in memory", log->objects_n);
	TRY(about(cx, seal, &who));
	TRY(sets_of(cx, seal, &sets, &both.times));
	TRY(cells_builder_new(&both.cx[PIECE_FACTS], cx->arena, &shape, &sets, seal->fd, &both.b));
	both.times.b = both.b;
	Status st = pieces_run(&(Pieces){.n = seal->rules ? PIECES : 1, .workers = PIECES, .run = piece, .arg = &both});
	if (st == ST_OK) st = add_credits(both.b, log, &both.credits);
	if (st == ST_OK) st = cells_builder_finish(both.b, &who);
	if (st == ST_OK) return ST_OK;
	Str why = both.cx[PIECE_FACTS].fail_text.n ? both.cx[PIECE_FACTS].fail_text : both.cx[PIECE_CREDITS].fail_text;
	return fail(cx, st, "%.*s", STR(why));
}

// --- from the journal ---------------------------------------------------------------------------------------------------

// Facts past the cursor are left to the next time: on PostgreSQL some before them may not be there yet.
static void keep_until(RepLog *log, Id cursor)
{
	size_t n = 0;
	while (n < log->facts_n && log->facts[n].id <= cursor) n++;
	if (n == log->facts_n) return;
	for (size_t i = n; i < log->facts_n; i++)
		if (log->facts[i].id <= cursor) log->facts[n++] = log->facts[i];
	log->facts_n = n;
	rep_log_seal(log);
}

static Status write_new(Ctx *cx, Db *db, Str path)
{
	BoardCursorRow newest;
	RepLog *log;
	Published rules;
	Id below = facts_settled_below(cx, db_engine(db));
	TRY(board_cursor(cx, db, &(BoardCursorArgs){.below = below}, &newest));
	TRY(rep_log_load(cx, db, &(RepScope){.below = below, .history = cx->site ? cx->site->history : str_none()}, &log));
	keep_until(log, newest.id);
	TRY(standing_rules(cx, db, &rules));
	BoardSeal seal = {.log = log, .rules = rules.rules, .cursor = newest.id};
	TRY(board_times_load(cx, db, &seal));
	seal.fd = open(str_z(cx->arena, path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (seal.fd < 0) return fail(cx, ST_IO, "%.*s cannot be written", STR(path));
	Status st = board_seal(cx, &seal);
	close(seal.fd);
	return st;
}

Status board_seal_store(Ctx *cx, Store *store, Str path)
{
	AUTO(Arena) a = arena_new(SEAL_ARENA_BYTES);
	AUTO(Db) db = NULL;
	Ctx own = *cx;
	own.arena = a;
	TRY(db_begin(&own, store, &db));
	Str fresh = str_format(a, "%.*s.new", STR(path));
	Status st = write_new(&own, db, fresh);
	if (st == ST_OK && rename(str_z(a, fresh), str_z(a, path)) != 0) st = ST_IO;
	if (st == ST_OK) return ST_OK;
	unlink(str_z(a, fresh));
	return fail(cx, st, "%.*s", STR(own.fail_text));
}
