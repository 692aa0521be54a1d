// SPDX-License-Identifier: AGPL-3.0-or-later
#include "superusers_impl.h"
#include "superusers_sql.h"

#include <stdlib.h>

#define WEEKS 13
#define CANDIDATES_MAX 200
#define MONTH_DAYS 30

static Status column(const SuperWork *w, int64_t **ret)
{
	*ret = arena_try_alloc(w->cx->arena, (w->members + 1) * sizeof **ret, _Alignof(int64_t));
	return *ret ? ST_OK : fail(w->cx, ST_TOO_LARGE, "the year of %zu members does not fit in memory", w->members);
}

static void sum(const SuperWork *w, BoardMetric metric, BoardDays d, int64_t *to)
{
	board_sum(w->s, &(CellsWindow){.from = d.from, .until = d.until, .metric = metric}, to);
}

static Status read_year(SuperWork *w)
{
	TRY(column(w, &w->posts));
	TRY(column(w, &w->content));
	TRY(column(w, &w->answers));
	TRY(column(w, &w->own));
	TRY(column(w, &w->kept));
	TRY(column(w, &w->accepted));
	TRY(column(w, &w->helped));
	TRY(column(w, &w->credit));
	sum(w, BOARD_ANSWERS, w->year, w->answers);
	sum(w, BOARD_ANSWERS, w->year, w->posts);
	sum(w, BOARD_TOPICS, w->year, w->posts);
	sum(w, BOARD_COMMENTS, w->year, w->content);
	for (size_t m = 1; m <= w->members; m++) w->content[m] += w->posts[m];
	sum(w, BOARD_ANSWERS_OWN, w->year, w->own);
	sum(w, BOARD_ANSWERS_KEPT, w->year, w->kept);
	sum(w, BOARD_ACCEPTED_ASKER, w->year, w->accepted);
	sum(w, BOARD_ACCEPTED_STAFF, w->year, w->accepted);
	CellsWindow pairs = {.from = w->year.from, .until = w->year.until, .metric = BOARD_HELPED};
	return board_helped(w->cx, w->s, &pairs, NULL, w->helped);
}

// Credibility as everybody sees it: the standing of the first SUPER_PLACES places of the board.
static Status read_credit(SuperWork *w, Db *db)
{
	SuperPlacesRows rows;
	TRY(super_places(w->cx, db, &(SuperPlacesArgs){.limit = SUPER_PLACES}, &rows));
	IdMap of = idmap_init(w->cx->arena, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		uint32_t n;
		TRY(idmap_number(w->cx, &of, rows.v[i].id, &n));
	}
	for (uint32_t m = 1; m <= w->members; m++) {
		uint32_t n = idmap_find(&of, board_source_id(w->s, m));
		if (n) w->credit[m] = rows.v[n - 1].standing;
	}
	w->placed = rows.n && rows.v[0].standing > 0;
	return ST_OK;
}

bool super_counts(const SuperWork *w, uint32_t member)
{
	return w->content[member] > 0 && board_trait_is(board_source_trait(w->s, member), BOARD_CUSTOMERS, -1);
}

static bool has_evidence(const SuperWork *w, uint32_t m)
{
	return w->accepted[m] >= SUPER_ACCEPTED_MIN && w->helped[m] >= SUPER_HELPED_MIN;
}

SuperRow super_row(const SuperWork *w, uint32_t m)
{
	int64_t of = w->answers[m] - w->own[m];
	return (SuperRow){.member = m,
					  .id = board_source_id(w->s, m),
					  .accepted = w->accepted[m],
					  .helped = w->helped[m],
					  .credit = w->credit[m],
					  .kept = w->kept[m],
					  .kept_of = of,
					  .share = board_share_range(w->kept[m], of)};
}

// --- lists ----------------------------------------------------------------------------------------------------------------

typedef struct Candidate {
	int64_t key;
	uint32_t member;
} Candidate;

static int by_key(const void *a, const void *b)
{
	const Candidate *x = a, *y = b;
	if (x->key != y->key) return x->key > y->key ? -1 : 1;
	return (x->member > y->member) - (x->member < y->member);
}

typedef struct List {
	Candidate *v;
	size_t n;
} List;

static List list_new(const SuperWork *w) { return (List){ARENA_NEW(w->cx->arena, Candidate, w->members + 1), 0}; }

static SuperRows take(const SuperWork *w, List *l, size_t most)
{
	if (l->n) qsort(l->v, l->n, sizeof *l->v, by_key);
	SuperRows rows = {.n = size_min(l->n, most)};
	rows.v = ARENA_NEW(w->cx->arena, SuperRow, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) rows.v[i] = super_row(w, l->v[i].member);
	return rows;
}

// Top 1 % by credibility among who was active, with evidence.
static void established(SuperWork *w, Superusers *ret)
{
	List l = list_new(w);
	for (uint32_t m = 1; m <= w->members; m++) {
		if (!super_counts(w, m)) continue;
		ret->active++;
		// While nobody has credibility (an archive, in which all has faded), acceptances decide.
		if (has_evidence(w, m)) l.v[l.n++] = (Candidate){w->placed ? w->credit[m] : w->accepted[m], m};
	}
	size_t percent = (size_t)((ret->active + 99) / 100);
	ret->established = take(w, &l, size_min(percent, (size_t)10 * SUPER_LIST));
	for (size_t i = 0; i < ret->established.n; i++) w->taken[ret->established.v[i].member] = true;
}

// Many good answers of few: the lower end of the share is above what is usual here, and the volume below the established.
static void quiet(SuperWork *w, Superusers *ret)
{
	List l = list_new(w);
	int64_t kept = 0, of = 0;
	for (uint32_t m = 1; m <= w->members; m++)
		if (super_counts(w, m)) kept += w->kept[m], of += w->answers[m] - w->own[m];
	int64_t usual = of ? kept * 1000 / of : 0, few = 0;
	for (size_t i = 0; i < ret->established.n; i++) few = i64_max(few, ret->established.v[i].kept_of / 2);
	for (uint32_t m = 1; m <= w->members; m++) {
		BoardRange r = board_share_range(w->kept[m], w->answers[m] - w->own[m]);
		if (!super_counts(w, m) || w->taken[m] || !r.known || r.low <= usual) continue;
		if (!few || w->answers[m] - w->own[m] <= i64_max(few, 10)) l.v[l.n++] = (Candidate){r.low, m};
	}
	ret->quiet = take(w, &l, SUPER_LIST);
}

typedef struct Course { // of one member
	int64_t week[WEEKS];
	int64_t slope, doubt; // thousandths; slope is sure if it is above the doubt
} Course;

// Least squares over the weeks; doubt is twice the slope's standard error.
static void fit(Course *c)
{
	int64_t sx = 0, sy = 0, sxx = 0, sxy = 0, n = WEEKS;
	for (int64_t i = 0; i < n; i++) sx += i, sy += c->week[i], sxx += i * i, sxy += i * c->week[i];
	int64_t under = n * sxx - sx * sx, over = n * sxy - sx * sy;
	c->slope = over * 1000 / under;
	i128 rest = 0; // n squared times the squared residuals, scaled by 1e6
	for (int64_t i = 0; i < n; i++) {
		i128 r = (i128)1000 * (n * c->week[i] - sy) - (i128)c->slope * (n * i - sx);
		rest += r * r;
	}
	// variance of the slope = s^2 / Sxx with Sxx = under / n
	i128 variance = rest / n / n / (n - 2) * n / under;
	int64_t root = 0;
	while ((i128)(root + 1) * (root + 1) <= variance && root < 1000000) root++;
	c->doubt = 2 * root;
}

static Status rising(SuperWork *w, Superusers *ret)
{
	List l = list_new(w);
	uint32_t *of = ARENA_NEW(w->cx->arena, uint32_t, w->members + 1);
	int64_t *quarter, *week;
	size_t n = 0;
	TRY(column(w, &quarter));
	BoardDays days = {w->year.until - 7 * WEEKS, w->year.until};
	sum(w, BOARD_ACCEPTED_ASKER, days, quarter);
	sum(w, BOARD_ACCEPTED_STAFF, days, quarter);
	for (uint32_t m = 1; m <= w->members && n < CANDIDATES_MAX; m++)
		if (super_counts(w, m) && !w->taken[m] && quarter[m] >= 3) of[n++] = m;
	Course *c = ARENA_NEW(w->cx->arena, Course, n + 1);
	week = ARENA_NEW(w->cx->arena, int64_t, n + 1);
	for (int i = 0; n && i < WEEKS; i++) {
		for (size_t k = 0; k < n; k++) week[k] = 0;
		for (int metric = BOARD_ACCEPTED_ASKER; metric <= BOARD_ACCEPTED_STAFF; metric++)
			board_pick(
				w->s,
				&(CellsWindow){.from = days.from + 7 * i, .until = days.from + 7 * (i + 1), .metric = (uint32_t)metric},
				of, n, week);
		for (size_t k = 0; k < n; k++) c[k].week[i] = week[k];
	}
	for (size_t k = 0; k < n; k++) {
		fit(&c[k]);
		if (c[k].slope > c[k].doubt) l.v[l.n++] = (Candidate){c[k].slope, of[k]};
		w->slope[of[k]] = c[k].slope;
	}
	ret->rising = take(w, &l, SUPER_LIST);
	for (size_t i = 0; i < ret->rising.n; i++) ret->rising.v[i].slope = w->slope[ret->rising.v[i].member];
	return ST_OK;
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

// Activity of the last 30 days below the 5 % quantile of all such stretches of the member's own year before.
static Status at_risk(SuperWork *w, Superusers *ret)
{
	uint32_t *of = ARENA_NEW(w->cx->arena, uint32_t, CANDIDATES_MAX + 1);
	size_t n = 0, days = SUPER_YEAR;
	for (uint32_t m = 1; m <= w->members && n < CANDIDATES_MAX; m++)
		if (super_counts(w, m) && has_evidence(w, m)) of[n++] = m;
	int64_t *sums = ARENA_NEW(w->cx->arena, int64_t, (n + 1) * (days + 1)), stretch[SUPER_YEAR];
	static const BoardMetric METRICS[] = {BOARD_TOPICS, BOARD_ANSWERS, BOARD_COMMENTS};
	for (size_t d = 0; n && d < days; d++) // sums of all days so far
		for (size_t k = 0; k < n; k++) sums[(d + 1) * n + k] = 0;
	for (size_t d = 0; n && d < days; d++) {
		int32_t day = w->year.from + (int32_t)d;
		for (size_t i = 0; i < COUNTOF(METRICS); i++)
			board_pick(w->s, &(CellsWindow){.from = day, .until = day + 1, .metric = METRICS[i]}, of, n,
					   &sums[(d + 1) * n]);
		for (size_t k = 0; k < n; k++) sums[(d + 1) * n + k] += sums[d * n + k];
	}
	SuperRows rows = {ARENA_NEW(w->cx->arena, SuperRow, n + 1), 0};
	for (size_t k = 0; k < n; k++) {
		size_t m = 0;
		for (size_t end = MONTH_DAYS; end + MONTH_DAYS <= days; end++)
			stretch[m++] = sums[end * n + k] - sums[(end - MONTH_DAYS) * n + k];
		qsort(stretch, m, sizeof *stretch, ascending);
		int64_t usual = stretch[m / 20], recent = sums[days * n + k] - sums[(days - MONTH_DAYS) * n + k];
		if (recent >= usual) continue;
		rows.v[rows.n] = super_row(w, of[k]);
		rows.v[rows.n].recent = recent;
		rows.v[rows.n++].usual = usual;
	}
	rows.n = size_min(rows.n, SUPER_LIST);
	ret->at_risk = rows;
	return ST_OK;
}

// --- names ----------------------------------------------------------------------------------------------------------------

typedef struct Naming {
	const SuperWork *w;
	IdMap at;
	SuperNamesRows names;
} Naming;

static void name(const Naming *n, SuperRow *r)
{
	uint32_t k = idmap_find(&n->at, r->id);
	if (!k) return;
	r->handle = n->names.v[k - 1].handle;
	r->role = n->names.v[k - 1].role;
	r->affiliation = n->names.v[k - 1].affiliation;
}

static void ask(Buf *b, const SuperRows *rows)
{
	for (size_t i = 0; i < rows->n; i++) buf_format(b, "%s%lld", b->n > 1 ? "," : "", (long long)rows->v[i].id);
}

// Who left, or became an employee since the cells were sealed, is not listed.
static void name_rows(const Naming *n, SuperRows *rows)
{
	size_t kept = 0;
	for (size_t i = 0; i < rows->n; i++) {
		SuperRow r = rows->v[i];
		name(n, &r);
		if (r.handle.n && board_trait_is(board_trait(r.role, r.affiliation), BOARD_CUSTOMERS, -1)) rows->v[kept++] = r;
	}
	rows->n = kept;
}

static Status name_all(SuperWork *w, Db *db, Superusers *ret)
{
	SuperRows *lists[] = {&ret->established, &ret->rising, &ret->quiet, &ret->at_risk};
	Naming n = {.w = w, .at = idmap_init(w->cx->arena, 64)};
	Buf b = buf_init(w->cx->arena, 2048, 1 << 16);
	buf_char(&b, '[');
	for (size_t i = 0; i < COUNTOF(lists); i++) ask(&b, lists[i]);
	for (size_t i = 0; i < ret->sole.n; i++) {
		SuperArea *a = &ret->sole.v[i];
		SuperRow *of[] = {&a->who, &a->next[0], &a->next[1]};
		for (size_t k = 0; k < COUNTOF(of); k++)
			if (of[k]->id) ask(&b, &(SuperRows){of[k], 1});
	}
	buf_char(&b, ']');
	TRY(buf_status(w->cx, &b));
	TRY(super_names(w->cx, db, &(SuperNamesArgs){.ids = buf_view(&b)}, &n.names));
	for (size_t i = 0; i < n.names.n; i++) *idmap_at(&n.at, n.names.v[i].id) = (uint32_t)i + 1;
	for (size_t i = 0; i < COUNTOF(lists); i++) name_rows(&n, lists[i]);
	for (size_t i = 0; i < ret->sole.n; i++) {
		SuperArea *a = &ret->sole.v[i];
		name(&n, &a->who);
		name(&n, &a->next[0]);
		name(&n, &a->next[1]);
	}
	return ST_OK;
}

Status board_superusers(Ctx *cx, Db *db, const BoardSource *s, Superusers *ret)
{
	int32_t today = rep_day(cx->now_ms);
	SuperWork w = {.cx = cx, .s = s, .members = board_source_members(s), .year = {today + 1 - SUPER_YEAR, today + 1}};
	w.taken = arena_try_alloc(cx->arena, w.members + 1, 1);
	if (!w.taken) return fail(cx, ST_TOO_LARGE, "the members do not fit in memory");
	*ret = (Superusers){.days = w.year};
	TRY(read_year(&w));
	TRY(column(&w, &w.slope));
	TRY(read_credit(&w, db));
	established(&w, ret);
	TRY(rising(&w, ret));
	for (size_t i = 0; i < ret->rising.n; i++) w.taken[ret->rising.v[i].member] = true;
	quiet(&w, ret);
	TRY(at_risk(&w, ret));
	TRY(super_areas(&w, ret));
	ret->split = board_split(cx->arena, w.posts, w.answers, w.members);
	return name_all(&w, db, ret);
}

Status superusers_now(Ctx *cx, Db *db, SuperNow *ret)
{
	*ret = (SuperNow){.room = arena_new(BOARD_ARENA_BYTES)}; // for everybody's year
	Ctx own = *cx;
	own.arena = ret->room;
	Status st = board_source_open(&own, db, &ret->source);
	ret->counting = st == ST_TOO_LARGE;
	if (st == ST_OK) st = board_superusers(&own, db, ret->source, &ret->s);
	cx->queries = own.queries;
	return st == ST_OK || ret->counting ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}
