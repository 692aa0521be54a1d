// SPDX-License-Identifier: AGPL-3.0-or-later
// The history in memory: ids become small numbers, and each fact is given what the rules may ask about it.
#include "reputation_impl.h"

#include "core/cells_sort.h"

#include <stdlib.h>
#include <string.h>

#define START_ROWS 1024
#define RUNS_MAX 64

int32_t rep_day(Time t) { return (int32_t)(t >= 0 ? t / TIME_DAY_MS : -((TIME_DAY_MS - 1 - t) / TIME_DAY_MS)); }

RepLog *rep_log_new(Arena *a)
{
	RepLog *log = ARENA_NEW(a, RepLog, 1);
	*log = (RepLog){.arena = a, .sets_n = 1};
	log->member_of = idmap_init(a, 0);
	log->object_of = idmap_init(a, 0);
	log->thread_of = idmap_init(a, 0);
	log->area_of = idmap_init(a, 0);
	log->set_of = idmap_init(a, 0);
	log->vouched = idmap_init(a, 0);
	log->repeated = idmap_init(a, 0);
	log->series = idmap_init(a, 0);
	return log;
}

Status rep_grow(Ctx *cx, Arena *a, void **p, size_t *cap, size_t n, size_t size)
{
	if (*p && n < *cap) return ST_OK;
	size_t more = *cap ? *cap * 2 : START_ROWS;
	void *bigger = arena_grow_raw(a, *p, *cap * size, more * size);
	if (!bigger) return fail(cx, ST_TOO_LARGE, "the history does not fit in memory after %zu rows", n);
	if (!*p) memset(bigger, 0, size);
	*p = bigger;
	*cap = more;
	return ST_OK;
}

Status rep_log_member(Ctx *cx, RepLog *log, const RepMember *member, uint32_t *ret_number)
{
	TRY(idmap_number(cx, &log->member_of, member->id, ret_number));
	if (*ret_number <= log->members_n) return ST_OK;
	void *p = log->members;
	TRY(rep_grow(cx, log->arena, &p, &log->members_cap, *ret_number, sizeof *log->members));
	log->members = p;
	log->members[*ret_number] = *member;
	log->members_n = *ret_number;
	return ST_OK;
}

Status rep_log_fact(Ctx *cx, RepLog *log, const RepFact *fact)
{
	if (__builtin_expect(log->facts_n >= log->facts_cap || !log->facts, 0)) {
		if (log->facts_n >= REP_FACTS_MAX) return fail(cx, ST_TOO_LARGE, "more than %zu facts", REP_FACTS_MAX);
		void *p = log->facts;
		TRY(rep_grow(cx, log->arena, &p, &log->facts_cap, log->facts_n, sizeof *log->facts));
		log->facts = p;
	}
	log->facts[log->facts_n++] = *fact;
	return ST_OK;
}

static int by_time(const void *a, const void *b)
{
	const RepFact *x = a, *y = b;
	if (x->at_ms != y->at_ms) return x->at_ms < y->at_ms ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

uint8_t rep_undoes(uint8_t kind)
{
	switch ((int)kind) {
	case FACT_VOTED_UP_UNDONE: return FACT_VOTED_UP;
	case FACT_VOTED_DOWN_UNDONE: return FACT_VOTED_DOWN;
	case FACT_ACCEPTED_UNDONE: return FACT_ACCEPTED;
	case FACT_SAME_HERE_UNDONE: return FACT_SAME_HERE;
	case FACT_WORKED_UNDONE: return FACT_WORKED;
	case FACT_RESTORED: return FACT_DELETED;
	default: return 0;
	}
}

static bool can_be_undone(uint8_t kind)
{
	return kind == FACT_VOTED_UP || kind == FACT_VOTED_DOWN || kind == FACT_ACCEPTED || kind == FACT_SAME_HERE ||
		   kind == FACT_WORKED || kind == FACT_DELETED;
}

// The same deed to the same thing. An acceptance may be taken back by a helper, so its actor does not matter.
static int64_t deed(const RepFact *f, uint8_t kind)
{
	uint64_t place = f->object ? f->object : (uint64_t)f->thread << 32 | 1;
	bool by_anyone = kind == FACT_ACCEPTED || kind == FACT_DELETED;
	uint64_t key = place * UINT64_C(0xff51afd7ed558ccd) + (by_anyone ? 0 : f->actor) * UINT64_C(0xc4ceb9fe1a85ec53) +
				   kind;
	key ^= key >> 31;
	return (int64_t)(key ? key : 1);
}

// Deeds that somebody took back at some time, and of each the last fact that stands: its place plus 2, or 1 for none. Few of all
// deeds, so that the others are told apart by a small map.
static IdMap find_taken_back(const RepLog *log, Arena *a)
{
	IdMap last = idmap_init(a, 0);
	for (size_t i = 0; i < log->facts_n; i++) {
		uint8_t kind = rep_undoes(log->facts[i].kind);
		if (!kind) continue;
		uint32_t *at = idmap_at(&last, deed(&log->facts[i], kind));
		BUG_IF(!at);
		*at = 1;
	}
	return last;
}

static void mark_undone(RepLog *log)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	IdMap last = find_taken_back(log, a);
	for (size_t i = 0; i < log->facts_n; i++) {
		RepFact *f = &log->facts[i];
		f->flags &= (uint16_t) ~(log->slice ? REP_UNDONE : REP_UNDONE | REP_GONE);
		uint8_t kind = rep_undoes(f->kind);
		if (!last.n || (!kind && !can_be_undone(f->kind))) continue;
		int64_t key = deed(f, kind ? kind : f->kind);
		uint32_t now = idmap_find(&last, key);
		if (!now) continue;
		if (kind && now > 1) log->facts[now - 2].flags |= REP_UNDONE;
		*idmap_at(&last, key) = kind ? 1 : (uint32_t)i + 2;
	}
}

static void mark_gone(RepLog *log)
{
	bool *object = ARENA_NEW(log->arena, bool, log->objects_n + 1),
		 *thread = ARENA_NEW(log->arena, bool, log->threads_n + 1);
	size_t found = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (f->kind != FACT_DELETED || (f->flags & REP_UNDONE)) continue;
		if (f->object) object[f->object] = true;
		else thread[f->thread] = true;
		found++;
	}
	for (size_t i = 0; found && i < log->facts_n; i++) {
		RepFact *f = &log->facts[i];
		bool conduct = f->kind == FACT_DELETED || f->kind == FACT_MARKED_SPAM || f->kind == FACT_MODERATED;
		if (!conduct && (object[f->object] || thread[f->thread])) f->flags |= REP_GONE;
	}
}

static void mark_first(RepLog *log)
{
	bool *answered = ARENA_NEW(log->arena, bool, log->threads_n + 1);
	bool *first = ARENA_NEW(log->arena, bool, log->objects_n + 1);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (f->kind != FACT_POSTED || answered[f->thread]) continue;
		answered[f->thread] = true;
		first[f->object] = true;
	}
	for (size_t i = 0; i < log->facts_n; i++)
		if (log->facts[i].object && first[log->facts[i].object]) log->facts[i].flags |= REP_FIRST;
}

// Rows come in the order of their ids, and mostly not of their times. Keys of a few bytes are then sorted digit by digit, and
// each fact moves once. False: they came otherwise, or so many that this would take too much memory.
#define SORT_FACTS_MAX ((size_t)1 << 24)
static bool sort_by_digits(RepLog *log)
{
	const size_t n = log->facts_n;
	if (n > SORT_FACTS_MAX) return false;
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	CellsWide *v = arena_try_alloc_raw(a, n * sizeof *v, 16), *spare = arena_try_alloc_raw(a, n * sizeof *v, 16);
	RepFact *facts = arena_try_alloc_raw(a, n * sizeof *facts, 16);
	Time first = INT64_MAX, last = INT64_MIN;
	if (!v || !spare || !facts) return false;
	for (size_t i = 0; i < n; i++) {
		if (i && log->facts[i].id < log->facts[i - 1].id) return false;
		first = i64_min(first, log->facts[i].at_ms);
		last = i64_max(last, log->facts[i].at_ms);
	}
	if (first < 0 || last >= (Time)1 << 60) return false;
	for (size_t i = 0; i < n; i++)
		v[i] = (CellsWide){.key = (uint64_t)(log->facts[i].at_ms - first), .set = (uint32_t)i};
	unsigned bits = 64 - (unsigned)__builtin_clzll((uint64_t)(last - first) | 1), low = (bits + 1) / 2;
	CellsWide *by_low = cells_sort_wide(v, spare, n, 0, low);
	v = cells_sort_wide(by_low, by_low == v ? spare : v, n, low, low);
	for (size_t i = 0; i < n; i++) facts[i] = log->facts[v[i].set];
	memcpy(log->facts, facts, n * sizeof *facts);
	return true;
}

// Two runs that are in order, one behind the other, into `to`.
static void merge_runs(RepFact *to, const RepFact *v, size_t from, size_t mid, size_t until)
{
	for (size_t at = from, i = from, k = mid; at < until; at++)
		to[at] = k == until || (i < mid && by_time(&v[i], &v[k]) <= 0) ? v[i++] : v[k++];
}

// Facts come from the tables in runs that are in order already, a few long ones: then merging them is much less work than sorting.
static void sort_facts(RepLog *log)
{
	size_t n = log->facts_n, runs = n > 0, *starts = ARENA_NEW(log->arena, size_t, RUNS_MAX + 1);
	for (size_t i = 1; i < n && runs <= RUNS_MAX; i++)
		if (by_time(&log->facts[i - 1], &log->facts[i]) > 0 && runs++ < RUNS_MAX) starts[runs - 1] = i;
	if (runs <= 1) return;
	RepFact *other = runs > RUNS_MAX ? NULL : arena_try_alloc_raw(log->arena, n * sizeof *other, _Alignof(RepFact));
	if (!other) {
		if (!sort_by_digits(log)) qsort(log->facts, n, sizeof *log->facts, by_time);
		return;
	}
	starts[runs] = n;
	for (; runs > 1; runs = (runs + 1) / 2) {
		for (size_t r = 0; r < runs; r += 2) {
			size_t mid = starts[r + 1], until = r + 2 <= runs ? starts[r + 2] : mid;
			merge_runs(other, log->facts, starts[r], mid, until);
			starts[r / 2] = starts[r];
		}
		starts[(runs + 1) / 2] = n;
		RepFact *was = log->facts;
		log->facts = other;
		log->facts_cap = n;
		other = was;
	}
}

// Facts are many and far larger than the caches: what one walk tells saves others.
typedef struct Glance {
	uint64_t kinds; // a bit for each
	uint16_t flags; // that any has
	bool in_order, twice;
} Glance;

static Glance look(RepLog *log)
{
	Glance g = {.in_order = true};
	uint32_t object = (uint32_t)log->objects_n, thread = (uint32_t)log->threads_n;
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i], *before = i ? f - 1 : NULL;
		object = f->object > object ? f->object : object;
		thread = f->thread > thread ? f->thread : thread;
		g.kinds |= (uint64_t)1 << f->kind % REP_KINDS_N;
		g.flags |= f->flags;
		if (before && f->id == before->id) g.twice = true;
		if (before && (f->at_ms < before->at_ms || (f->at_ms == before->at_ms && f->id < before->id)))
			g.in_order = false;
	}
	log->objects_n = object;
	log->threads_n = thread;
	return g;
}

// A fact that came twice is one fact.
static void drop_twice(RepLog *log)
{
	RepFact *v = log->facts;
	size_t n = size_min(log->facts_n, 1);
	while (n < log->facts_n && v[n].id != v[n - 1].id) n++;
	for (size_t i = n; i < log->facts_n; i++)
		if (v[n - 1].id != v[i].id) v[n++] = v[i];
	log->facts_n = n;
}

void rep_log_seal(RepLog *log)
{
	uint64_t undoing = 0;
	for (uint8_t kind = 0; kind < REP_KINDS_N; kind++) undoing |= (uint64_t)(rep_undoes(kind) != 0) << kind;
	Glance g = look(log);
	if (!g.in_order) sort_facts(log);
	if (!g.in_order || g.twice) drop_twice(log);
	if (g.kinds & undoing || g.flags & (REP_UNDONE | REP_GONE)) mark_undone(log);
	if (!log->slice && g.kinds >> FACT_DELETED & 1) mark_gone(log);
	if (!log->first_known) mark_first(log);
}

RepLog *rep_log_cut(Arena *a, const RepLog *log, Time until)
{
	RepLog *cut = ARENA_NEW(a, RepLog, 1);
	*cut = *log;
	cut->arena = a;
	size_t n = 0;
	for (size_t hi = log->facts_n; n < hi;) { // the first fact that is not before it
		size_t mid = n + (hi - n) / 2;
		if (log->facts[mid].at_ms < until) n = mid + 1;
		else hi = mid;
	}
	cut->facts_n = cut->facts_cap = n;
	cut->facts = ARENA_NEW(a, RepFact, n + 1);
	if (n) memcpy(cut->facts, log->facts, n * sizeof *cut->facts);
	rep_log_seal(cut);
	return cut;
}

Status rep_log_copy(Ctx *cx, const RepLog *log, Time until, RepLog **ret_copy)
{
	RepLog *copy = rep_log_cut(cx->arena, log, until);
	copy->members_n = copy->members_cap = 0;
	copy->members = NULL;
	copy->member_of = idmap_init(cx->arena, log->members_n);
	for (size_t m = 1; m <= log->members_n; m++) {
		uint32_t n;
		TRY(rep_log_member(cx, copy, &log->members[m], &n));
	}
	*ret_copy = copy;
	return ST_OK;
}
