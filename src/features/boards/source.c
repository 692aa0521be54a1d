// SPDX-License-Identifier: AGPL-3.0-or-later
// What a board counts from: the sealed cells, and the difference that the journal past them makes. That is taken topic by
// topic: everything about a topic that something new happened to, as it is now, less the same as it was sealed. So what was
// undone, deleted or accepted since is exact, whenever it was first said.
#include "boards/boards.h"
#include "boards/moves.h"
#include "boards_sql.h"
#include "source_impl.h"

#define TAIL_FACTS_MAX 200000
#define NEW_MEMBERS_MAX 20000

typedef struct Load {
	Ctx *cx;
	BoardSource *s;
	RepLog *log;
	Id after;
	IdMap out; // votes that did not count when the cells were sealed
} Load;

static Status member_of(Load *l, Id id, uint32_t *ret)
{
	*ret = 0;
	return id ? rep_log_member(l->cx, l->log, &(RepMember){.id = id}, ret) : ST_OK;
}

static Status on_fact(void *arg, const void *row)
{
	Load *l = arg;
	const BoardTailEachRow *r = row;
	if (l->log->facts_n >= TAIL_FACTS_MAX)
		return fail(l->cx, ST_TOO_LARGE, "more than %d facts are not counted yet", TAIL_FACTS_MAX);
	RepFact f = {.at_ms = r->at_ms, .id = r->id, .kind = (uint8_t)r->kind, .value = (int32_t)r->value};
	TRY(member_of(l, r->actor_id, &f.actor));
	TRY(member_of(l, r->asker_id, &f.asker));
	TRY(idmap_number(l->cx, &l->log->thread_of, r->topic_id, &f.thread));
	TRY(rep_log_areas(l->cx, l->log, r->tags, r->space, &f.areas));
	if (r->type != SUBJECT_TOPIC || f.kind == FACT_TOPIC_POSTED) { // as rep_log_load has it
		TRY(idmap_number(l->cx, &l->log->object_of, r->object_id, &f.object));
		TRY(member_of(l, r->owner_id, &f.owner));
		f.flags = r->type == SUBJECT_COMMENT ? REP_COMMENT : r->number ? REP_ANSWER : REP_QUESTION;
	}
	if (r->out_id && !r->back_id) f.flags |= REP_SERIES;
	uint32_t n;
	if (r->out_id && r->out_id <= l->after && (!r->back_id || r->back_id > l->after))
		TRY(idmap_number(l->cx, &l->out, f.id, &n));
	return rep_log_fact(l->cx, l->log, &f);
}

// --- numbers ------------------------------------------------------------------------------------------------------------

static uint32_t sealed_members(const BoardSource *s) { return s->cells ? s->cells->shape.members_n : 0; }
static uint32_t sealed_areas(const BoardSource *s) { return s->cells ? s->cells->shape.areas_n : 0; }

size_t board_source_members(const BoardSource *s) { return sealed_members(s) + s->fresh.n; }
size_t board_source_areas(const BoardSource *s) { return sealed_areas(s) + s->areas_n; }

Id board_source_id(const BoardSource *s, uint32_t member)
{
	uint32_t n = sealed_members(s);
	return member <= n ? s->cells->ids[member - 1] : s->fresh.v[member - n - 1].id;
}

uint8_t board_source_trait(const BoardSource *s, uint32_t member)
{
	uint32_t n = sealed_members(s);
	return member <= n ? s->cells->traits[member - 1] : s->fresh.v[member - n - 1].trait;
}

Str board_source_area_name(const BoardSource *s, uint32_t area)
{
	uint32_t n = sealed_areas(s);
	return area <= n ? cells_area(s->cells, area) : s->areas[area - n - 1];
}

uint32_t board_source_area(const BoardSource *s, Str name)
{
	if (!name.n) return 0;
	for (uint32_t i = 1; i <= board_source_areas(s); i++)
		if (str_eq(board_source_area_name(s, i), name)) return i;
	return UINT32_MAX;
}

uint32_t board_source_number(const BoardSource *s, Id id)
{
	uint32_t known = s->cells ? cells_member(s->cells, id) : 0;
	for (uint32_t lo = 0, hi = (uint32_t)s->fresh.n; !known && lo < hi;) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (s->fresh.v[mid].id == id) known = sealed_members(s) + mid + 1;
		else if (s->fresh.v[mid].id < id) lo = mid + 1;
		else hi = mid;
	}
	return known; // 0: older than those sealed, and not there when they were; the next sealing has them
}

static Status load_members(Load *l, Db *db)
{
	BoardSource *s = l->s;
	uint32_t n = sealed_members(s);
	BoardMemberAfterArgs args = {.after = n ? s->cells->ids[n - 1] : 0, .limit = NEW_MEMBERS_MAX + 1};
	BoardMemberAfterRows rows;
	TRY(board_member_after(l->cx, db, &args, &rows));
	if (rows.n > NEW_MEMBERS_MAX)
		return fail(l->cx, ST_TOO_LARGE, "more than %d members are not counted yet", NEW_MEMBERS_MAX);
	s->fresh.v = ARENA_NEW(l->cx->arena, BoardFresh, rows.n + 1);
	s->fresh.n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		s->fresh.v[i] = (BoardFresh){rows.v[i].id, board_trait(rows.v[i].role, rows.v[i].affiliation)};
	return ST_OK;
}

// The log's areas by the numbers of the source; what is new gets numbers behind the sealed ones.
static uint32_t *number_areas(Load *l)
{
	BoardSource *s = l->s;
	uint32_t *of = ARENA_NEW(l->cx->arena, uint32_t, l->log->areas_n + 1);
	s->areas = ARENA_NEW(l->cx->arena, Str, l->log->areas_n + 1);
	for (size_t i = 1; i <= l->log->areas_n; i++) {
		const RepArea *a = &l->log->areas[i];
		Str name = str_format(l->cx->arena, "%s%.*s", a->is_space ? "/" : "#", STR(a->name));
		of[i] = board_source_area(s, name);
		if (of[i] != UINT32_MAX) continue;
		s->areas[s->areas_n++] = name;
		of[i] = (uint32_t)board_source_areas(s);
	}
	return of;
}

// --- the difference -------------------------------------------------------------------------------------------------------

typedef struct Numbers {
	uint32_t *areas, *members; // of the log -> of the source
} Numbers;

Status board_source_change(Ctx *cx, BoardSource *s, const BoardChange *c)
{
	BoardChanges *of = &s->changes[board_changes_at(c->metric)];
	if (of->n == of->cap) {
		size_t more = size_max(of->cap * 2, 256);
		BoardChange *v = arena_grow_raw(s->arena, of->v, of->cap * sizeof *v, more * sizeof *v);
		if (!v) return fail(cx, ST_TOO_LARGE, "what is not counted yet does not fit in memory");
		of->v = v;
		of->cap = more;
	}
	of->v[of->n++] = *c;
	return ST_OK;
}

static Status add_move(Load *l, const RepFact *f, const BoardMove *m, const Numbers *of, int64_t sign)
{
	BoardSource *s = l->s;
	size_t n;
	const uint32_t *areas = rep_areas_of(l->log, f, &n);
	BoardChange c = {
		.day = rep_day(f->at_ms), .metric = m->metric, .member = of->members[m->member], .other = m->other, .n = sign};
	if (!c.member) return ST_OK;
	// Pairs are told apart by number: those that no number stands for get one of the log, above all others.
	if (m->other) c.other = of->members[m->other] ? of->members[m->other] : UINT32_MAX - m->other;
	for (size_t i = 0; i <= n; i++) {
		c.area = i ? of->areas[areas[i - 1]] : 0;
		TRY(board_source_change(l->cx, s, &c));
	}
	return ST_OK;
}

static Status add_log(Load *l, const Numbers *of, int64_t sign)
{
	uint64_t *kept;
	BoardMove moves[BOARD_MOVES_MAX];
	rep_log_seal(l->log);
	TRY(board_kept(l->cx, l->log, &kept));
	for (size_t i = 0; i < l->log->facts_n; i++) {
		size_t n = board_moves(&l->log->facts[i], kept, moves);
		for (size_t k = 0; k < n; k++) TRY(add_move(l, &l->log->facts[i], &moves[k], of, sign));
	}
	return ST_OK;
}

static Status load_tail(Load *l, Db *db)
{
	BoardSource *s = l->s;
	TRY(load_members(l, db));
	TRY(board_tail_each(l->cx, db, &(BoardTailEachArgs){.after = l->after}, on_fact, l));
	l->log->objects_n = l->log->object_of.n;
	l->log->threads_n = l->log->thread_of.n;
	Numbers of = {number_areas(l), ARENA_NEW(l->cx->arena, uint32_t, l->log->members_n + 1)};
	for (size_t m = 1; m <= l->log->members_n; m++) of.members[m] = board_source_number(s, l->log->members[m].id);
	TRY(add_log(l, &of, 1));
	s->tail_n = l->log->facts_n;
	if (!s->cells) return ST_OK;
	size_t n = 0;
	for (size_t i = 0; i < l->log->facts_n; i++)
		if (l->log->facts[i].id <= l->after) l->log->facts[n++] = l->log->facts[i];
	l->log->facts_n = n;
	for (size_t i = 0; i < n; i++) {
		RepFact *f = &l->log->facts[i];
		f->flags = (uint16_t)((f->flags & ~REP_SERIES) | (idmap_find(&l->out, f->id) ? REP_SERIES : 0));
	}
	return add_log(l, &of, -1);
}

void board_cells_open(Ctx *cx, Cells **ret_cells)
{
	Cells *c = NULL;
	Status st = cx->site && cx->site->cells.n ? cells_open(cx, cx->site->cells, &c) : ST_NOT_FOUND;
	// A file of another program's making, or a damaged one, is none: the journal has everything.
	if (st == ST_OK && (c->stamp[BOARD_STAMP_FORMAT] != BOARD_FORMAT || c->shape.metrics_n != BOARD_METRICS)) {
		cells_close(c);
		c = NULL;
	}
	fail_clear(cx);
	*ret_cells = st == ST_OK ? c : NULL;
}

Status board_source_open(Ctx *cx, Db *db, BoardSource **ret_source)
{
	BoardSource *s = ARENA_NEW(cx->arena, BoardSource, 1);
	s->arena = cx->arena;
	board_cells_open(cx, &s->cells);
	Load l = {.cx = cx,
			  .s = s,
			  .log = rep_log_new(cx->arena),
			  .after = s->cells ? s->cells->stamp[BOARD_STAMP_CURSOR] : 0,
			  .out = idmap_init(cx->arena, 0)};
	Status st = load_tail(&l, db);
	if (st == ST_OK) *ret_source = s;
	else board_source_close(s);
	return st;
}

void board_source_close(BoardSource *s)
{
	if (s->cells) cells_close(s->cells);
}

bool board_source_sealed(const BoardSource *s, Time *ret_at)
{
	if (s->cells) *ret_at = s->cells->written_at;
	return s->cells != NULL;
}

int32_t board_source_begins(const BoardSource *s)
{
	int32_t first = INT32_MAX;
	for (size_t i = 0; s->cells && i < s->cells->entries_n; i++) {
		const CellsEntry *e = &s->cells->entries[i];
		if (e->tier == CELLS_DAY && e->period < first) first = e->period;
	}
	for (size_t k = 0; k <= BOARD_SECONDS; k++)
		for (size_t i = 0; i < s->changes[k].n; i++) {
			const BoardChange *c = &s->changes[k].v[i];
			if (c->n > 0 && c->day < first) first = c->day;
		}
	return first;
}

// --- sums ---------------------------------------------------------------------------------------------------------------

static bool is_in(const BoardChange *c, const CellsWindow *w)
{
	return c->metric == w->metric && c->area == w->area && c->day >= w->from && c->day < w->until;
}

// What is sealed of a member whose time was deleted since; 0 for other metrics.
static int64_t deleted(const BoardSource *s, const CellsWindow *w, uint32_t member)
{
	int64_t n = 0;
	if (s->cells && w->metric - BOARD_READ_CUSTOMER < BOARD_TIMES) cells_pick(s->cells, w, &member, 1, &n);
	return n;
}

typedef struct Less { // what readers who had theirs deleted had read of others
	const BoardSource *s;
	const uint32_t *members; // ascending; NULL: everybody
	size_t n;
	int64_t *sums;
} Less;

static Status on_less(void *arg, uint32_t member, uint32_t other, int64_t n)
{
	Less *l = arg;
	bool gone = false;
	for (size_t i = 0; i < l->s->erased_n && !gone; i++) gone = l->s->erased[i] == other;
	if (!gone) return ST_OK;
	if (!l->members) l->sums[member] -= n;
	for (size_t i = 0; l->members && i < l->n; i++)
		if (l->members[i] == member) l->sums[i] -= n;
	return ST_OK;
}

// Few are walked for it: until the next sealing, a minute or so.
static void take_off(const CellsWindow *w, Less less)
{
	if (!less.s->cells || !less.s->erased_n || w->metric != BOARD_WAS_READ) return;
	Status st = cells_each(less.s->cells, w, on_less, &less);
	BUG_IF(st != ST_OK);
}

void board_sum(const BoardSource *s, const CellsWindow *w, int64_t *sums)
{
	if (s->cells) cells_sum(s->cells, w, sums);
	for (size_t i = 0; i < s->erased_n; i++) sums[s->erased[i]] -= deleted(s, w, s->erased[i]);
	take_off(w, (Less){.s = s, .sums = sums});
	const BoardChanges *of = &s->changes[board_changes_at(w->metric)];
	for (size_t i = 0; i < of->n; i++)
		if (is_in(&of->v[i], w)) sums[of->v[i].member] += of->v[i].n;
}

// Its place among members, which ascend; n: it is none of them.
static size_t place_of(const uint32_t *members, size_t n, uint32_t member)
{
	size_t lo = 0;
	for (size_t hi = n; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		if (members[mid] < member) lo = mid + 1;
		else hi = mid;
	}
	return lo < n && members[lo] == member ? lo : n;
}

void board_pick(const BoardSource *s, const CellsWindow *w, const uint32_t *members, size_t n, int64_t *sums)
{
	if (s->cells) cells_pick(s->cells, w, members, n, sums);
	for (size_t i = 0; i < s->erased_n; i++)
		for (size_t k = 0; k < n; k++)
			if (members[k] == s->erased[i]) sums[k] -= deleted(s, w, members[k]);
	take_off(w, (Less){s, members, n, sums});
	const BoardChanges *of = &s->changes[board_changes_at(w->metric)];
	for (size_t i = 0; i < of->n; i++) {
		size_t k = is_in(&of->v[i], w) ? place_of(members, n, of->v[i].member) : n;
		if (k < n) sums[k] += of->v[i].n;
	}
}

Status board_each_area(const BoardSource *s, const CellsWindow *w, CellsAreaFn fn, void *arg)
{
	if (s->cells) TRY(cells_each_area(s->cells, w, fn, arg));
	const BoardChanges *of = &s->changes[board_changes_at(w->metric)];
	for (size_t i = 0; i < of->n; i++) {
		const BoardChange *c = &of->v[i];
		if (c->metric == w->metric && c->area && c->day >= w->from && c->day < w->until)
			TRY(fn(arg, c->area, c->member, c->n));
	}
	return ST_OK;
}

typedef struct Pairs {
	IdMap sum; // member and other -> how often, which may pass below 0 on the way
	const bool *wanted;
	int64_t *sums;
} Pairs;

static Status on_pair(void *arg, uint32_t member, uint32_t other, int64_t n)
{
	Pairs *p = arg;
	if (p->wanted && !p->wanted[member]) return ST_OK;
	uint32_t *at = idmap_at(&p->sum, (int64_t)((uint64_t)member << 32 | other));
	if (!at) return ST_TOO_LARGE;
	bool was = (int32_t)*at > 0;
	*at = (uint32_t)((int64_t)(int32_t)*at + n);
	p->sums[member] += ((int32_t)*at > 0) - was;
	return ST_OK;
}

Status board_helped(Ctx *cx, const BoardSource *s, const CellsWindow *w, const bool *wanted, int64_t *sums)
{
	size_t expected = s->cells && !wanted ? cells_count(s->cells, w) : 0;
	Pairs p = {.sum = idmap_init(cx->arena, size_max(expected, 1024)), .wanted = wanted};
	p.sums = sums;
	Status st = s->cells ? cells_each(s->cells, w, on_pair, &p) : ST_OK;
	const BoardChanges *of = &s->changes[board_changes_at(w->metric)];
	for (size_t i = 0; st == ST_OK && i < of->n; i++)
		if (is_in(&of->v[i], w)) st = on_pair(&p, of->v[i].member, of->v[i].other, of->v[i].n);
	return st == ST_OK ? ST_OK : fail(cx, st, "the pairs of this window do not fit in memory");
}
