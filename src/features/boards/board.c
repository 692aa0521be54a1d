// SPDX-License-Identifier: AGPL-3.0-or-later
// Answering: everybody's sums of the measure, the best of them by a heap, then the other columns for those shown alone.
#include "boards/board.h"
#include "boards_sql.h"

#include <stdlib.h>

#define KNOWN_FROM 5 // answers below which a share says nothing
#define PARTS_MAX 3

enum { NAME_SPACE, NAME_TAG, NAME_MEMBER }; // kinds of board_names

typedef struct Measure { // sums of metrics
	uint32_t parts[PARTS_MAX];
	size_t n;
} Measure;

static const Measure MEASURES[BOARD_BY_N] = {
	[BOARD_BY_ACCEPTED] = {{BOARD_ACCEPTED_ASKER, BOARD_ACCEPTED_STAFF}, 2},
	[BOARD_BY_HELPED] = {{BOARD_HELPED}, 1},
	[BOARD_BY_CREDIBILITY] = {{BOARD_CREDIT}, 1},
	[BOARD_BY_CONTENT] = {{BOARD_TOPICS, BOARD_ANSWERS, BOARD_COMMENTS}, 3},
	[BOARD_BY_KUDOS] = {{BOARD_KUDOS}, 1},
	[BOARD_BY_KEPT] = {{BOARD_ANSWERS_KEPT}, 1},
	[BOARD_BY_TIME] = {{BOARD_READ_CUSTOMER, BOARD_WROTE_CUSTOMER}, 2},
	[BOARD_BY_READ] = {{BOARD_READ_CUSTOMER, BOARD_READ_OTHER}, 2},
	[BOARD_BY_WROTE] = {{BOARD_WROTE_CUSTOMER, BOARD_WROTE_OTHER}, 2},
	[BOARD_BY_WAS_READ] = {{BOARD_WAS_READ}, 1},
};

static int64_t square_root(int64_t v)
{
	int64_t x = v, y = (x + 1) / 2;
	while (y < x) x = y, y = (x + v / x) / 2;
	return x;
}

static int64_t root(int64_t n) { return square_root(n * 1000000); } // in thousandths

// Of a count that could have been another by chance (Poisson): (sqrt n -+ z/2) squared, z = 1.645.
BoardRange board_count_range(int64_t n)
{
	if (n <= 0) return (BoardRange){.value = n};
	int64_t low = i64_max(0, root(n) - 823), high = root(n + 1) + 823;
	return (BoardRange){
		.value = n, .low = low * low / 1000000, .high = (high * high + 999999) / 1000000, .known = true};
}

// A sum of sittings varies as their number does: the interval of that many, each of the usual length.
BoardRange board_time_range(int64_t seconds)
{
	if (seconds <= 0) return (BoardRange){.value = seconds};
	int64_t r = square_root(seconds * 1000000 / BOARD_SITTING_SECONDS); // of the number, thousandths
	int64_t low = i64_max(0, r - 823), high = r + 823;
	return (BoardRange){.value = seconds,
						.low = low * low / 1000 * BOARD_SITTING_SECONDS / 1000,
						.high = high * high / 1000 * BOARD_SITTING_SECONDS / 1000,
						.known = true};
}

// Wilson's interval, z = 1.645, in thousandths.
BoardRange board_share_range(int64_t k, int64_t n)
{
	BoardRange r = {.value = n > 0 ? k * 1000 / n : 0, .known = n >= KNOWN_FROM && k <= n};
	if (!r.known) return r;
	const i128 zz = 2706025; // z squared, 1e6
	i128 middle = (i128)2 * k * 1000000 + zz, under = (i128)2 * (n * (i128)1000000 + zz);
	i128 inside = zz + (i128)4 * k * (n - k) * 1000000 / n;
	i128 wide = (i128)1645 * square_root((int64_t)inside); // z * sqrt, 1e6
	r.low = (int64_t)((middle - wide) * 1000 / under);
	r.high = (int64_t)((middle + wide) * 1000 / under);
	r.low = i64_max(0, r.low);
	r.high = i64_min(1000, r.high);
	return r;
}

typedef struct Work {
	Ctx *cx;
	const BoardSource *s;
	const BoardQuestion *q;
	uint32_t area;
	size_t members;
} Work;

static CellsWindow window(const Work *w, BoardDays days, uint32_t metric)
{
	return (CellsWindow){.from = days.from, .until = days.until, .metric = metric, .area = w->area};
}

static Status array_new(Ctx *cx, size_t n, int64_t **ret)
{
	*ret = arena_try_alloc(cx->arena, n * sizeof **ret, _Alignof(int64_t));
	return *ret ? ST_OK : fail(cx, ST_TOO_LARGE, "the board of %zu members does not fit in memory", n);
}

// The measure of everybody: what orders the board.
static Status everybody(const Work *w, BoardDays days, int64_t **ret_values)
{
	const Measure *m = &MEASURES[w->q->by];
	TRY(array_new(w->cx, w->members + 1, ret_values));
	int64_t *v = *ret_values, *of, *own;
	CellsWindow win = window(w, days, m->parts[0]);
	if (w->q->by == BOARD_BY_HELPED) return board_helped(w->cx, w->s, &win, NULL, v);
	for (size_t i = 0; i < m->n; i++) {
		win.metric = m->parts[i];
		board_sum(w->s, &win, v);
	}
	if (w->q->by != BOARD_BY_KEPT) return ST_OK;
	TRY(array_new(w->cx, w->members + 1, &of));
	TRY(array_new(w->cx, w->members + 1, &own));
	win.metric = BOARD_ANSWERS;
	board_sum(w->s, &win, of);
	win.metric = BOARD_ANSWERS_OWN;
	board_sum(w->s, &win, own);
	BUG_IF(!v || !of || !own);
	for (size_t i = 1; i <= w->members; i++) {
		BoardRange r = board_share_range(v[i], of[i] - own[i]);
		v[i] = r.known ? r.low : 0;
	}
	return ST_OK;
}

// Nobody of the staff by the time they spent, not even by that of before they joined it.
static bool may_be_listed(const Work *w, uint8_t trait)
{
	return !board_by_is_own_time(w->q->by) || !board_trait_is(trait, BOARD_EMPLOYEES, -1);
}

static bool asked_about(const Work *w, uint32_t member)
{
	uint8_t trait = board_source_trait(w->s, member);
	return may_be_listed(w, trait) && board_trait_is(trait, w->q->people, w->q->role);
}

// --- the best -------------------------------------------------------------------------------------------------------------

typedef struct Best {
	int64_t value;
	uint32_t member;
} Best;

static int better(const void *a, const void *b)
{
	const Best *x = a, *y = b;
	if (x->value != y->value) return x->value > y->value ? -1 : 1;
	return (x->member > y->member) - (x->member < y->member);
}

// A heap whose root is the worst of the best.
static void sink(Best *v, size_t n, size_t i)
{
	for (;;) {
		size_t worst = i, left = 2 * i + 1;
		for (size_t k = left; k < n && k < left + 2; k++)
			if (better(&v[k], &v[worst]) > 0) worst = k;
		if (worst == i) return;
		Best swap = v[i];
		v[i] = v[worst];
		v[worst] = swap;
		i = worst;
	}
}

static size_t take_best(const Work *w, const int64_t *values, Best *v, size_t max, BoardAnswer *ret)
{
	size_t n = 0;
	for (uint32_t m = 1; m <= w->members; m++) {
		if (values[m] <= 0 || !asked_about(w, m)) continue;
		ret->members++;
		ret->total += values[m];
		Best b = {values[m], m};
		if (n < max) {
			v[n++] = b;
			for (size_t i = n / 2; n == max && i-- > 0;) sink(v, n, i);
		} else if (better(&b, &v[0]) < 0) {
			v[0] = b;
			sink(v, n, 0);
		}
	}
	qsort(v, n, sizeof *v, better);
	return n;
}

// How many have more than, and as much as.
static void count_places(const Work *w, const int64_t *values, int64_t value, uint32_t *ret_more, uint32_t *ret_same)
{
	*ret_more = *ret_same = 0;
	for (uint32_t m = 1; m <= w->members; m++)
		if (values[m] >= value && values[m] > 0 && asked_about(w, m)) ++*(values[m] > value ? ret_more : ret_same);
}

static Status rows_of(const Work *w, const int64_t *values, BoardAnswer *ret)
{
	size_t max = size_min(w->q->skip + w->q->rows, w->members) + 1;
	Best *best = ARENA_NEW(w->cx->arena, Best, max);
	size_t n = take_best(w, values, best, max, ret), at = size_min(n, w->q->skip);
	ret->more = n > at + w->q->rows;
	ret->n = size_min(n - at, w->q->rows);
	ret->v = ARENA_NEW(w->cx->arena, BoardRow, ret->n + 1);
	for (size_t i = 0; i < ret->n; i++) {
		const Best *b = &best[at + i];
		BoardRow *r = &ret->v[i];
		*r = (BoardRow){.member = b->member, .id = board_source_id(w->s, b->member), .main = {.value = b->value}};
		if (i && r->main.value == r[-1].main.value) {
			r->place = r[-1].place;
			r->place_to = r[-1].place_to;
			continue;
		}
		size_t first = at + i, last = first;
		while (first && best[first - 1].value == b->value) first--;
		while (last + 1 < n && best[last + 1].value == b->value) last++;
		r->place = (uint32_t)first + 1;
		r->place_to = (uint32_t)last + 1;
		uint32_t more, same;
		if (last + 1 < n) continue;
		count_places(w, values, b->value, &more, &same); // the tie may go on past what was kept
		r->place_to = more + same;
	}
	return ST_OK;
}

// --- the other columns ----------------------------------------------------------------------------------------------------

typedef struct Shown { // the rows' members in ascending order
	uint32_t *members;
	size_t *row;
	bool *wanted; // by member
	int64_t *sums;
	size_t n;
} Shown;

static int by_member(const void *a, const void *b)
{
	const Best *x = a, *y = b;
	return (x->member > y->member) - (x->member < y->member);
}

static Status shown_of(const Work *w, const BoardAnswer *a, Shown *ret)
{
	Best *v = ARENA_NEW(w->cx->arena, Best, a->n + 1);
	for (size_t i = 0; i < a->n; i++) v[i] = (Best){(int64_t)i, a->v[i].member};
	qsort(v, a->n, sizeof *v, by_member);
	*ret = (Shown){.members = ARENA_NEW(w->cx->arena, uint32_t, a->n + 1),
				   .row = ARENA_NEW(w->cx->arena, size_t, a->n + 1),
				   .wanted = arena_try_alloc(w->cx->arena, w->members + 1, 1),
				   .sums = ARENA_NEW(w->cx->arena, int64_t, a->n + 1),
				   .n = a->n};
	if (!ret->wanted) return fail(w->cx, ST_TOO_LARGE, "the board does not fit in memory");
	for (size_t i = 0; i < a->n; i++) {
		ret->members[i] = v[i].member;
		ret->row[i] = (size_t)v[i].value;
		ret->wanted[v[i].member] = true;
	}
	return ST_OK;
}

// Adds a metric of the window to a column of the rows. `column` is the place in the first row.
static void add_column(const Work *w, const Shown *sh, const BoardAnswer *a, CellsWindow win, int64_t *column)
{
	for (size_t i = 0; i < sh->n; i++) sh->sums[i] = 0;
	board_pick(w->s, &win, sh->members, sh->n, sh->sums);
	for (size_t i = 0; i < sh->n; i++) *(int64_t *)(void *)((char *)column + sh->row[i] * sizeof *a->v) += sh->sums[i];
}

static Status add_helped(const Work *w, const Shown *sh, const BoardAnswer *a, CellsWindow win, int64_t *column)
{
	int64_t *sums;
	ArenaMark mark = arena_mark(w->cx->arena);
	TRY(array_new(w->cx, w->members + 1, &sums));
	TRY(board_helped(w->cx, w->s, &win, sh->wanted, sums));
	for (size_t i = 0; i < sh->n; i++)
		*(int64_t *)(void *)((char *)column + sh->row[i] * sizeof *a->v) += sums[sh->members[i]];
	arena_rewind(w->cx->arena, mark);
	return ST_OK;
}

static Status add_measure(const Work *w, const Shown *sh, const BoardAnswer *a, BoardDays days, int64_t *column)
{
	const Measure *m = &MEASURES[w->q->by];
	if (w->q->by == BOARD_BY_HELPED) return add_helped(w, sh, a, window(w, days, BOARD_HELPED), column);
	for (size_t i = 0; i < m->n; i++) add_column(w, sh, a, window(w, days, m->parts[i]), column);
	return ST_OK;
}

static Status add_sparks(const Work *w, const Shown *sh, BoardAnswer *a)
{
	int32_t n = a->days.until - a->days.from, points = n < BOARD_SPARKS ? n : BOARD_SPARKS;
	a->sparks = (size_t)points;
	for (int32_t i = 0; i < points; i++) {
		BoardDays part = {a->days.from + n * i / points, a->days.from + n * (i + 1) / points};
		TRY(add_measure(w, sh, a, part, &a->v[0].spark[i]));
		if (!a->compared) continue;
		int32_t shift = a->before.from - a->days.from;
		TRY(add_measure(w, sh, a, (BoardDays){part.from + shift, part.until + shift}, &a->v[0].spark_before[i]));
	}
	return ST_OK;
}

static void add_times(const Work *w, const Shown *sh, BoardAnswer *a)
{
	BoardRow *v = a->v;
	BoardDays d = a->days;
	add_column(w, sh, a, window(w, d, BOARD_READ_CUSTOMER), &v->read);
	add_column(w, sh, a, window(w, d, BOARD_WROTE_CUSTOMER), &v->wrote);
	for (size_t i = 0; i < a->n; i++) v[i].with_customers = v[i].read + v[i].wrote;
	add_column(w, sh, a, window(w, d, BOARD_READ_OTHER), &v->read);
	add_column(w, sh, a, window(w, d, BOARD_WROTE_OTHER), &v->wrote);
	for (size_t i = 0; i < a->n; i++)
		if (board_trait_is(board_source_trait(w->s, v[i].member), BOARD_EMPLOYEES, -1))
			v[i].read = v[i].wrote = v[i].with_customers = 0;
	add_column(w, sh, a, window(w, d, BOARD_WAS_READ), &v->was_read);
}

static Status add_columns(const Work *w, const Shown *sh, BoardAnswer *a)
{
	BoardRow *v = a->v;
	BoardDays d = a->days;
	for (int m = BOARD_TOPICS; m <= BOARD_COMMENTS; m++)
		if (m == BOARD_TOPICS || m == BOARD_ANSWERS || m == BOARD_COMMENTS)
			add_column(w, sh, a, window(w, d, (uint32_t)m), &v->content);
	add_column(w, sh, a, window(w, d, BOARD_ACCEPTED_ASKER), &v->accepted);
	add_column(w, sh, a, window(w, d, BOARD_ACCEPTED_STAFF), &v->accepted_staff);
	add_column(w, sh, a, window(w, d, BOARD_KUDOS), &v->kudos);
	add_column(w, sh, a, window(w, d, BOARD_CREDIT), &v->credit);
	add_column(w, sh, a, window(w, d, BOARD_ANSWERS_KEPT), &v->kept);
	add_column(w, sh, a, window(w, d, BOARD_ANSWERS_OWN), &v->kept_of);
	for (size_t i = 0; i < a->n; i++) v[i].kept_of = -v[i].kept_of;
	add_column(w, sh, a, window(w, d, BOARD_ANSWERS), &v->kept_of);
	TRY(add_helped(w, sh, a, window(w, d, BOARD_HELPED), &v->helped));
	add_times(w, sh, a);
	for (size_t i = 0; i < a->n; i++) {
		v[i].accepted += v[i].accepted_staff;
		v[i].share = board_share_range(v[i].kept, v[i].kept_of);
		if (w->q->by == BOARD_BY_KEPT) v[i].main = v[i].share;
		else if (board_by_is_timed(w->q->by)) v[i].main = board_time_range(v[i].main.value);
		else if (w->q->by != BOARD_BY_CREDIBILITY) v[i].main = board_count_range(v[i].main.value);
	}
	return ST_OK;
}

// Places and values of the days compared with.
static Status compare(const Work *w, BoardAnswer *a)
{
	int64_t *values;
	TRY(everybody(w, a->before, &values));
	int64_t least = INT64_MAX; // who has less then is behind all of them
	for (size_t i = 0; i < a->n; i++) {
		a->v[i].before = values[a->v[i].member];
		if (a->v[i].before > 0) least = i64_min(least, a->v[i].before);
	}
	for (uint32_t m = 1; m <= w->members; m++) {
		if (values[m] <= 0 || !asked_about(w, m)) continue;
		a->total_before += values[m];
		if (values[m] <= least) continue;
		for (size_t i = 0; i < a->n; i++) a->v[i].place_before += values[m] > a->v[i].before;
	}
	for (size_t i = 0; i < a->n; i++) a->v[i].place_before = a->v[i].before > 0 ? a->v[i].place_before + 1 : 0;
	return ST_OK;
}

// Rows that the first one's interval reaches share a band.
static void find_bands(BoardAnswer *a)
{
	for (size_t i = 0; i < a->n;) {
		size_t k = i + 1;
		while (k < a->n && a->v[i].main.known && a->v[k].main.known && a->v[k].main.value >= a->v[i].main.low) k++;
		for (size_t r = i; r < k; r++) {
			a->v[r].band_from = a->v[i].place;
			a->v[r].band_to = a->v[k - 1].place_to;
			a->v[r].band_first = r == i;
			a->v[r].band_last = r == k - 1;
		}
		i = k;
	}
}

// Which of the names are members comes back in `at`: place + 1 by id.
static Status names_of(Ctx *cx, Db *db, Str ids, BoardNamesRows *ret_names, BoardPlaces *ret_places, IdMap *at)
{
	TRY(board_names(cx, db, &(BoardNamesArgs){.ids = ids, .tags = BOARD_TAGS_SHOWN}, ret_names));
	*ret_places = (BoardPlaces){.v = ARENA_NEW(cx->arena, BoardPlace, ret_names->n + 1)};
	for (size_t i = 0; i < ret_names->n; i++) {
		const BoardNamesRow *r = &ret_names->v[i];
		if (r->kind == NAME_MEMBER) *idmap_at(at, r->id) = (uint32_t)i + 1;
		else {
			bool tag = r->kind == NAME_TAG;
			Str name = str_format(cx->arena, "%s%.*s", tag ? "#" : "/", STR(r->name));
			ret_places->v[ret_places->n++] = (BoardPlace){name, tag ? name : r->title, tag};
		}
	}
	return ST_OK;
}

Status board_places(Ctx *cx, Db *db, BoardPlaces *ret_places)
{
	BoardNamesRows names;
	IdMap at = idmap_init(cx->arena, 0);
	return names_of(cx, db, S("[]"), &names, ret_places, &at);
}

static Status name_rows(const Work *w, Db *db, BoardAnswer *a)
{
	Id *ids = ARENA_NEW(w->cx->arena, Id, a->n + 1);
	for (size_t i = 0; i < a->n; i++) ids[i] = a->v[i].id;
	BoardNamesRows names;
	IdMap at = idmap_init(w->cx->arena, a->n);
	TRY(names_of(w->cx, db, ids_json(w->cx->arena, ids, a->n), &names, &a->places, &at));
	size_t n = 0;
	for (size_t i = 0; i < a->n; i++) {
		uint32_t k = idmap_find(&at, a->v[i].id);
		// Whoever left is not listed, nor who belongs elsewhere since the cells were sealed.
		uint8_t trait = k ? board_trait(names.v[k - 1].role, names.v[k - 1].affiliation) : 0;
		if (!k || !may_be_listed(w, trait) || !board_trait_is(trait, w->q->people, w->q->role)) continue;
		a->v[n] = a->v[i];
		a->v[n].handle = names.v[k - 1].name;
		a->v[n].role = names.v[k - 1].role;
		a->v[n++].affiliation = names.v[k - 1].affiliation;
	}
	a->n = n;
	return ST_OK;
}

// Since when it was measured, and the staff's sum.
static Status measured(const Work *w, Db *db, BoardSource *s, BoardAnswer *a)
{
	BoardTimesOf t;
	const Measure *m = &MEASURES[w->q->by];
	TRY(board_source_times(w->cx, db, s, w->q->area, a->days, &t));
	a->times = t.begins < a->days.until;
	a->reads = t.read_begins < a->days.until;
	bool read = w->q->by == BOARD_BY_WAS_READ;
	a->begins = read ? t.read_begins : board_by_is_timed(w->q->by) ? t.begins : board_source_begins(s);
	a->before_known = a->compared && a->before.until > a->begins;
	if (!board_by_is_timed(w->q->by)) return ST_OK;
	a->before_known = a->compared && a->before.from >= a->begins; // a part of the days would look like little time
	for (size_t i = 0; !read && i < m->n; i++) a->staff += t.staff[m->parts[i] - BOARD_READ_CUSTOMER];
	if (w->q->people != BOARD_EVERYBODY && w->q->people != BOARD_EMPLOYEES) a->staff = 0;
	return (read ? a->reads : a->times) ? ST_OK : fail(w->cx, ST_UNSUPPORTED, "time was not measured on these days");
}

Status board_answer(Ctx *cx, Db *db, BoardSource *s, const BoardQuestion *q, BoardAnswer *ret)
{
	Work w = {.cx = cx, .s = s, .q = q, .area = board_source_area(s, q->area), .members = board_source_members(s)};
	BoardAnswer a = {.days = board_days(&q->when, cx->now_ms),
					 .compared = q->when.compare != BOARD_ALONE,
					 .adds_up = q->by != BOARD_BY_KEPT && q->by != BOARD_BY_HELPED};
	if (a.compared) a.before = board_days_before(&q->when, a.days);
	*ret = a;
	Status st = measured(&w, db, s, &a);
	ret->begins = a.begins;
	TRY(st);
	int64_t *values;
	Shown shown;
	TRY(everybody(&w, a.days, &values));
	TRY(rows_of(&w, values, &a));
	if (a.n) {
		TRY(shown_of(&w, &a, &shown));
		TRY(add_columns(&w, &shown, &a));
		TRY(add_sparks(&w, &shown, &a));
	}
	if (a.before_known) TRY(compare(&w, &a));
	TRY(name_rows(&w, db, &a));
	find_bands(&a);
	*ret = a;
	return ST_OK;
}
