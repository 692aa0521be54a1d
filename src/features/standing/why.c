// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/why.h"

#define AHEAD_DAYS 400 // how far into the future the curve may be asked for

static uint32_t area_number(const RepLog *log, Str name)
{
	bool is_space = str_starts(name, S(MEMBER_AREA_SPACE));
	if (is_space) name = str_sub(name, sizeof MEMBER_AREA_SPACE - 1, name.n);
	for (uint32_t a = 1; a <= log->areas_n; a++)
		if (log->areas[a].is_space == is_space && str_eq(log->areas[a].name, name)) return a;
	return 0;
}

static void add_group(Why *w, const RepReason *r)
{
	size_t i = 0;
	while (i < w->groups_n && w->groups[i].rule != r->line.rule) i++;
	if (i == w->groups_n) w->groups[w->groups_n++] = (WhyGroup){.rule = r->line.rule};
	WhyGroup *g = &w->groups[i];
	g->n++;
	g->raw += r->line.raw;
	g->points += r->line.points;
	g->counts += r->counts;
}

// Lines of one fact follow one another.
static void add_line(Why *w, const RepReason *r)
{
	BUG_IF(!w->items);
	WhyItem *item = w->items_n ? &w->items[w->items_n - 1] : NULL;
	if (!item || item->fact != r->line.fact) {
		item = &w->items[w->items_n++];
		*item = (WhyItem){.fact = r->line.fact, .cap = -1};
	}
	if (item->rules_n < WHY_RULES_MAX) item->rules[item->rules_n++] = r->line.rule;
	item->raw += r->line.raw;
	item->points += r->line.points;
	item->counts += r->counts;
	item->pair = r->line.pair > item->pair ? r->line.pair : item->pair;
	item->unmatched |= r->line.bucket == BUCKET_UNTRUSTED;
	if (r->line.cap < 0) return;
	item->cap = r->line.cap;
	w->clipped += r->line.raw - r->line.points;
}

// What others said of the member's work and took back, or what was said of work that is gone.
static bool is_back(const Why *w, const RepFact *f, uint32_t area)
{
	bool judged = f->kind == FACT_ACCEPTED || f->kind == FACT_VOTED_UP || f->kind == FACT_VOTED_DOWN ||
				  f->kind == FACT_WORKED;
	return judged && f->owner == w->member && (f->flags & REP_VOID) &&
		   rep_in_area(w->log, (uint32_t)(f - w->log->facts), area);
}

static void add_back(Why *w, uint32_t fact)
{
	w->items[w->items_n++] = (WhyItem){.fact = fact, .cap = -1, .back = true};
	w->back_n++;
}

// Newest first: lines, which are oldest first, and what counts nothing, as the journal has them.
static void gather(Ctx *cx, Why *w, uint32_t area)
{
	size_t line = w->parts.n;
	w->items = ARENA_NEW(cx->arena, WhyItem, w->log->facts_n + 1);
	for (size_t i = 0; i < w->parts.n; i++) add_group(w, &w->parts.v[i]);
	for (uint32_t f = (uint32_t)w->log->facts_n; f-- > 0;) {
		size_t from = line, until = line;
		while (from > 0 && w->parts.v[from - 1].line.fact == f) from--;
		for (line = from; from < until; from++) add_line(w, &w->parts.v[from]);
		if (is_back(w, &w->log->facts[f], area)) add_back(w, f);
	}
	for (size_t i = 0; i < w->items_n; i++) w->capped_n += w->items[i].cap >= 0;
}

static void gather_days(Ctx *cx, Why *w)
{
	w->days = ARENA_NEW(cx->arena, WhyDay, w->parts.n);
	for (size_t i = 0; i < w->parts.n; i++) {
		const RepLine *line = &w->parts.v[i].line;
		if (!w->days_n || w->days[w->days_n - 1].day != line->day) w->days[w->days_n++].day = line->day;
		w->days[w->days_n - 1].points[line->bucket] += line->points;
	}
}

static Decay curve(Ctx *cx, const Why *w)
{
	int32_t first = w->log->facts_n ? rep_day(w->log->facts[0].at_ms) : w->day;
	int64_t half_life = w->rules->rules->scores[w->kind].half_life_days;
	return decay_new(cx->arena, half_life, (size_t)i64_max(0, w->day - first) + AHEAD_DAYS);
}

Status why_scores_in(const Why *w, const Str *areas, size_t n, int64_t *ret_scores)
{
	uint32_t numbers[WHY_AREAS_MAX];
	BUG_IF(n > WHY_AREAS_MAX);
	for (size_t i = 0; i < n; i++) numbers[i] = w->member ? area_number(w->log, areas[i]) : 0;
	return w->member ? rep_area_totals(w->one, &w->all, w->member, w->kind, (RepAreas){numbers, n, ret_scores}) : ST_OK;
}

Status why_compute(Ctx *cx, Db *db, const WhyAsk *ask, Why *ret_why)
{
	Why *w = ret_why;
	*w = (Why){.rules = ask->rules, .kind = ask->kind, .day = rep_day(cx->now_ms), .profile = ask->profile};
	uint32_t area = 0;
	RepScope scope = {.member_id = ask->member, .vouched = ask->profile == GUARD_VERIFIED, .rules = ask->rules->rules};
	TRY(rep_log_load(cx, db, &scope, &w->log));
	w->member = idmap_find(&w->log->member_of, ask->member);
	if (ask->area.n) area = area_number(w->log, ask->area);
	w->area_known = !ask->area.n || area;
	w->decay = curve(cx, w);
	TRY(rep_one_new(cx, w->log, w->rules->rules, &(RepAsOf){.day = w->day}, w->profile, &w->one));
	if (!w->member) return ST_OK;
	TRY(rep_one_explain(w->one, w->member, w->kind, &w->score, &w->evidence, &w->all));
	w->parts = w->all;
	w->everywhere = w->all.total;
	if (area) TRY(rep_explain_area(w->one, &w->all, w->member, w->kind, area, &w->parts));
	gather(cx, w, area);
	gather_days(cx, w);
	return ST_OK;
}

int64_t why_score_at(const Why *w, int32_t day)
{
	const ScoreRule *rule = &w->rules->rules->scores[w->kind];
	int64_t bucket[BUCKETS_N] = {0}, sum = 0;
	for (size_t i = 0; i < w->days_n && w->days[i].day <= day; i++)
		for (size_t b = 0; b < BUCKETS_N; b++)
			bucket[b] += decayed(&w->decay, w->days[i].points[b], day - w->days[i].day);
	if (w->kind == SCORE_CREDIBILITY) sum = rep_guard_sum(&w->rules->rules->guard, w->profile, bucket);
	else
		for (size_t b = 0; b < BUCKETS_N; b++) sum += bucket[b];
	sum += rule->start;
	return rule->least != INT64_MIN ? i64_max(sum, rule->least) : sum;
}
