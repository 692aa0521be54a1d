// SPDX-License-Identifier: AGPL-3.0-or-later
// Time spent reading and writing, as boards count it: sealed with the cells like everything else, and what came since from
// attention's rows. Rows of a day may grow until it is over, so today's are never sealed.
#include "boards/boards.h"
#include "boards_sql.h"
#include "source_impl.h"

#define TAIL_ROWS_MAX 200000

// Of attention_board_each.
typedef enum RowKind { ROW_BEGINS, ROW_ERASED, ROW_STAFF, ROW_TAIL } RowKind;

static void add_seconds(const AttentionSums *s, int64_t to[static BOARD_TIMES])
{
	to[0] += s->read[SIDE_CUSTOMER];
	to[1] += s->read[SIDE_EMPLOYEE] + s->read[SIDE_PARTNER];
	to[2] += s->wrote[SIDE_CUSTOMER];
	to[3] += s->wrote[SIDE_EMPLOYEE] + s->wrote[SIDE_PARTNER] + s->wrote[SIDE_OWN];
}

static Status add_row(Ctx *cx, BoardSource *s, const AttentionBoardEachRow *r, const AttentionSums *sums, uint32_t area)
{
	int64_t n[BOARD_TIMES] = {0};
	BoardChange c = {.day = (int32_t)r->day, .area = area, .member = board_source_number(s, r->id)};
	add_seconds(sums, n);
	for (uint32_t k = 0; c.member && k < BOARD_TIMES; k++) {
		c.metric = BOARD_READ_CUSTOMER + k;
		c.n = n[k];
		if (c.n) TRY(board_source_change(cx, s, &c));
	}
	return ST_OK;
}

typedef struct Tail { // of what others read
	Ctx *cx;
	BoardSource *s;
	Str area;
	uint32_t number; // of the area
	int32_t begins;
	IdMap numbers; // of authors
	IdMap at;      // author and day -> their change + 1: who read them matters to sealed cells alone
	const AttentionReadTopic *topic;
	bool in; // that topic is in the area
} Tail;

static Status on_share(void *arg, const AttentionShare *sh)
{
	Tail *t = arg;
	int32_t day = sh->of->day;
	if (day < t->begins) t->begins = day;
	if (t->topic != sh->topic) {
		t->topic = sh->topic;
		t->in = attention_read_in(sh->topic, t->area);
	}
	uint32_t *number = t->in ? idmap_at(&t->numbers, sh->author) : NULL;
	if (number && !*number) *number = board_source_number(t->s, sh->author);
	uint32_t member = number ? *number : 0;
	if (!member) return ST_OK;
	uint32_t *at = idmap_at(&t->at, (int64_t)((uint64_t)member << 32 | (uint32_t)day));
	if (!at) return fail(t->cx, ST_TOO_LARGE, "what was read does not fit in memory");
	BoardChanges *read = &t->s->changes[board_changes_at(BOARD_WAS_READ)];
	if (*at) {
		read->v[*at - 1].n += sh->seconds;
		return ST_OK;
	}
	*at = (uint32_t)read->n + 1;
	BoardChange c = {.day = day, .metric = BOARD_WAS_READ, .area = t->number, .member = member, .n = sh->seconds};
	return board_source_change(t->cx, t->s, &c);
}

static Status add_reads(Ctx *cx, Db *db, BoardSource *s, AttentionReads *reads, Str area, int32_t *ret_begins)
{
	Tail t = {.cx = cx, .s = s, .area = area, .number = board_source_area(s, area), .begins = INT32_MAX};
	t.at = idmap_init(cx->arena, 1024);
	t.numbers = idmap_init(cx->arena, 1024);
	for (size_t i = 0; s->cells && i < s->cells->entries_n; i++) {
		const CellsEntry *e = &s->cells->entries[i];
		if (e->tier == CELLS_DAY && e->metric == BOARD_WAS_READ && e->period < t.begins) t.begins = e->period;
	}
	if (reads->n) TRY(attention_reads_load(cx, db, reads));
	TRY(attention_reads_sum(cx, reads, on_share, &t));
	*ret_begins = t.begins;
	return ST_OK;
}

typedef struct Rows { // on their way in
	Ctx *cx;
	BoardSource *s;
	Str area;
	uint32_t number; // of the area
	AttentionReads reads;
	BoardTimesOf times;
	size_t n;
} Rows;

// All that the cells have of somebody who had theirs deleted on a day that is not sealed yet is from before, or nothing.
static Status add_erased(const Rows *rows, Id id)
{
	BoardSource *s = rows->s;
	uint32_t member = s->cells ? cells_member(s->cells, id) : 0;
	if (!member) return ST_OK;
	if (s->erased_n == s->erased_cap) {
		size_t more = size_max(s->erased_cap * 2, 64);
		void *v = arena_grow(s->arena, s->erased, s->erased_cap * sizeof *s->erased, more * sizeof *s->erased);
		if (!v) return fail(rows->cx, ST_TOO_LARGE, "what was deleted does not fit in memory");
		s->erased = v;
		s->erased_cap = more;
	}
	s->erased[s->erased_n++] = member;
	return ST_OK;
}

static Status on_board_row(void *arg, const void *row)
{
	Rows *rows = arg;
	const AttentionBoardEachRow *r = row;
	if (++rows->n > TAIL_ROWS_MAX)
		return fail(rows->cx, ST_TOO_LARGE, "more than %d rows of time are not counted yet", TAIL_ROWS_MAX);
	if (r->kind == ROW_BEGINS) rows->times.begins = (int32_t)r->day;
	if (r->kind == ROW_ERASED) return add_erased(rows, r->id);
	if (r->kind < ROW_STAFF) return ST_OK;
	AttentionSums sums = attention_in(r->areas, rows->area);
	if (r->kind == ROW_STAFF) add_seconds(&sums, rows->times.staff);
	if (r->kind == ROW_STAFF) return ST_OK;
	TRY(attention_reads_note(rows->cx, &rows->reads, (int32_t)r->day, r->id, r->areas));
	return add_row(rows->cx, rows->s, r, &sums, rows->number);
}

Status board_source_times(Ctx *cx, Db *db, BoardSource *s, Str area, BoardDays days, BoardTimesOf *ret_times)
{
	AttentionBoardEachArgs args = {.from = days.from, .until = days.until, .limit = TAIL_ROWS_MAX + 1};
	args.tail = s->cells ? s->cells->stamp[BOARD_STAMP_TIMES] : 0;
	args.sealed = s->cells ? args.tail * TIME_DAY_MS : INT64_MAX;
	Rows rows = {.cx = cx, .s = s, .area = area, .number = board_source_area(s, area)};
	rows.reads = attention_reads_init(cx->arena);
	for (size_t k = 1; k <= BOARD_SECONDS; k++) s->changes[k].n = 0; // an answer before may be of another area
	s->erased_n = 0;
	TRY(attention_board_each(cx, db, &args, on_board_row, &rows));
	TRY(add_reads(cx, db, s, &rows.reads, area, &rows.times.read_begins));
	*ret_times = rows.times;
	return ST_OK;
}

// --- sealing ------------------------------------------------------------------------------------------------------------

typedef struct Load {
	Ctx *cx;
	const RepLog *log;
	IdMap areas; // hash of a name -> the log's number
	AttentionReads *reads;
	BoardTime *v;
	size_t n, cap;
} Load;

static int64_t key_of(Str area) { return (int64_t)(str_hash(area) | 1); }

static Status load_areas(Load *l)
{
	l->areas = idmap_init(l->cx->arena, l->log->areas_n);
	for (uint32_t i = 1; i <= l->log->areas_n; i++) {
		const RepArea *a = &l->log->areas[i];
		uint32_t *at = idmap_at(&l->areas,
								key_of(str_format(l->cx->arena, "%c%.*s", a->is_space ? '/' : '#', STR(a->name))));
		if (!at) return fail(l->cx, ST_TOO_LARGE, "the areas do not fit in memory");
		*at = i;
	}
	return ST_OK;
}

static Status on_row(void *arg, const void *row)
{
	Load *l = arg;
	const AttentionEachRow *r = row;
	AttentionArea a;
	uint32_t member = idmap_find(&l->log->member_of, r->member_id);
	TRY(attention_reads_note(l->cx, l->reads, (int32_t)r->day, r->member_id, r->areas));
	for (Str rest = r->areas; member && attention_next(&rest, &a);) {
		if (a.area.n && a.area.p[0] == ATTENTION_TOPIC) continue;
		bool everywhere = str_eq(a.area, S(ATTENTION_EVERYWHERE));
		uint32_t area = everywhere ? 0 : idmap_find(&l->areas, key_of(a.area));
		if (!everywhere && !area) continue; // no fact was ever there
		if (l->n == l->cap) {
			size_t more = size_max(l->cap * 2, 1024);
			BoardTime *v = arena_grow(l->cx->arena, l->v, l->cap * sizeof *v, more * sizeof *v);
			if (!v) return fail(l->cx, ST_TOO_LARGE, "the rows of time do not fit in memory");
			l->v = v;
			l->cap = more;
		}
		l->v[l->n] = (BoardTime){.day = (int32_t)r->day, .area = area, .member = member};
		add_seconds(&a.n, l->v[l->n++].n);
	}
	return ST_OK;
}

Status board_times_load(Ctx *cx, Db *db, BoardSeal *seal)
{
	Load l = {.cx = cx, .log = seal->log, .reads = ARENA_NEW(cx->arena, AttentionReads, 1)};
	*l.reads = attention_reads_init(cx->arena);
	seal->times_until = board_growing(cx->now_ms);
	TRY(load_areas(&l));
	TRY(attention_each(cx, db, &(AttentionEachArgs){.before = seal->times_until}, on_row, &l));
	TRY(attention_reads_load(cx, db, l.reads));
	seal->reads = l.reads;
	seal->times = l.v;
	seal->times_n = l.n;
	return ST_OK;
}
