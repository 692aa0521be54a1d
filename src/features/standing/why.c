// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/why.h"

#include <stdlib.h>

#define AHEAD_DAYS 400 // how far into the future the curve may be asked for

static uint32_t area_number(const RepLog *log, Str name)
{
	bool is_space = str_starts(name, S(AREA_SPACE));
	if (is_space) name = str_sub(name, sizeof AREA_SPACE - 1, name.n);
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

static int newest_first(const void *a, const void *b)
{
	const WhyItem *x = a, *y = b;
	return (x->fact < y->fact) - (x->fact > y->fact);
}

static void gather(Ctx *cx, Why *w, uint32_t area)
{
	w->items = ARENA_NEW(cx->arena, WhyItem, w->parts.n + w->log->facts_n + 1);
	for (size_t i = 0; i < w->parts.n; i++) {
		add_group(w, &w->parts.v[i]);
		add_line(w, &w->parts.v[i]);
	}
	for (size_t i = 0; i < w->items_n; i++) w->capped_n += w->items[i].cap >= 0;
	for (uint32_t f = 0; f < w->log->facts_n; f++) {
		if (!is_back(w, &w->log->facts[f], area)) continue;
		w->items[w->items_n++] = (WhyItem){.fact = f, .cap = -1, .back = true};
		w->back_n++;
	}
	if (w->items_n > 1) qsort(w->items, w->items_n, sizeof *w->items, newest_first);
}

static RepDecay curve(Ctx *cx, const Why *w)
{
	int32_t first = w->log->facts_n ? rep_day(w->log->facts[0].at_ms) : w->day;
	int64_t half_life = w->rules->rules->scores[w->kind].half_life_days;
	return rep_decay_new(cx->arena, half_life, (size_t)i64_max(0, w->day - first) + AHEAD_DAYS);
}

static Status score_in(Ctx *cx, const Why *w, uint32_t area, int64_t *ret)
{
	RepOne *one;
	RepScore score;
	RepEvidence evidence;
	TRY(rep_one_new(cx, w->log, w->rules->rules, &(RepAsOf){.day = w->day, .area = area}, w->profile, &one));
	TRY(rep_one(one, w->member, &score, &evidence));
	*ret = score.score[w->kind];
	return ST_OK;
}

Status why_score_in(Ctx *cx, const Why *w, Str area, int64_t *ret_score)
{
	uint32_t number = area_number(w->log, area);
	*ret_score = 0;
	return number && w->member ? score_in(cx, w, number, ret_score) : ST_OK;
}

Status why_compute(Ctx *cx, Db *db, const WhyAsk *ask, Why *ret_why)
{
	Why *w = ret_why;
	*w = (Why){
		.rules = ask->rules, .kind = ask->rules->rules->board, .day = rep_day(cx->now_ms), .profile = ask->profile};
	RepOne *one;
	RepAsOf as_of = {.day = w->day};
	TRY(rep_log_load(cx, db, &(RepScope){.member_id = ask->member, .vouched = ask->profile == GUARD_VERIFIED},
					 &w->log));
	w->member = idmap_find(&w->log->member_of, ask->member);
	as_of.area = ask->area.n ? area_number(w->log, ask->area) : 0;
	w->area_known = !ask->area.n || as_of.area;
	w->decay = curve(cx, w);
	TRY(rep_one_new(cx, w->log, w->rules->rules, &as_of, w->profile, &one));
	if (!w->member) return ST_OK;
	TRY(rep_one(one, w->member, &w->score, &w->evidence));
	TRY(rep_explain(cx, w->log, w->rules->rules, &as_of, rep_one_scores(one), w->member, w->kind, &w->parts));
	w->everywhere = w->parts.total;
	if (ask->area.n) TRY(score_in(cx, w, 0, &w->everywhere));
	gather(cx, w, as_of.area);
	return ST_OK;
}

int64_t why_score_at(const Why *w, int32_t day)
{
	const ScoreRule *rule = &w->rules->rules->scores[w->kind];
	int64_t bucket[BUCKETS_N] = {0}, sum = 0;
	for (size_t i = 0; i < w->parts.n; i++) {
		const RepLine *line = &w->parts.v[i].line;
		if (line->day <= day) bucket[line->bucket] += rep_decayed(&w->decay, line->points, day - line->day);
	}
	if (w->kind == SCORE_CREDIBILITY) sum = rep_guard_sum(&w->rules->rules->guard, w->profile, bucket);
	else
		for (size_t b = 0; b < BUCKETS_N; b++) sum += bucket[b];
	sum += rule->start;
	return rule->least != INT64_MIN ? i64_max(sum, rule->least) : sum;
}

int64_t why_worth(const Rule *rule)
{
	int64_t vars[EVENT_VARS_N] = {0};
	vars[EVENT_NET] = vars[EVENT_UP] = vars[EVENT_PAIR] = vars[EVENT_VALUE] = RULE_UNIT;
	return expr_eval(rule->points, vars);
}
