// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rulebook.h"

#include "core/job.h"

#include <math.h>

#define ARENA_BYTES ((size_t)16 << 30)
#define SCALE 10000.0
#define TIMES_DAYS 91
#define WHY_MAX_BYTES 500

Status rulebook_read(Ctx *cx, Str toml, Ruleset **ret_rules)
{
	if (toml.n > RULES_FILE_MAX_BYTES) return fail(cx, ST_INVALID, "rules: at most %zu bytes", RULES_FILE_MAX_BYTES);
	return rules_parse(cx, toml, S("rules"), ret_rules);
}

Status rulebook_try(Ctx *cx, Tx *tx, TrialKind kind, Str toml, Id *ret_trial)
{
	Id id = ctx_id(cx);
	TRY(trial_insert(cx, tx,
					 &(TrialInsertArgs){.id = id,
										.kind = kind,
										.author_id = cx->actor ? cx->actor->id : 0,
										.at_ms = cx->now_ms,
										.toml = toml.p ? toml : S(""),
										.state = TRIAL_WAITING}));
	*ret_trial = id;
	return job_enqueue(cx, tx, S(RULEBOOK_QUEUE), str_format(cx->arena, "%lld", (long long)id), 0);
}

bool rulebook_figure(const FigureListRows *rows, Str name, int64_t side, int64_t *ret_value)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].side == side && str_eq(rows->v[i].name, name)) return *ret_value = rows->v[i].value, true;
	return false;
}

// Running a trial. The history is read and reckoned with outside of any transaction; then all rows are written in one.

typedef struct Figure {
	Str name;
	int64_t side, value;
} Figure;

typedef struct Found {
	Id trial;
	Figure figures[256];
	size_t figures_n;
	const RepLog *log;
	const Ruleset *before, *after;
	const Whatif *what; // NULL for a back-test
	Str why;
} Found;

static void put(Found *f, Str name, int64_t side, double value)
{
	if (isnan(value) || f->figures_n == COUNTOF(f->figures)) return;
	f->figures[f->figures_n++] = (Figure){name, side, (int64_t)llround(value * SCALE)};
}

static void put_forecast(Ctx *cx, Found *f, Str prefix, int64_t side, const Forecast *forecast)
{
	static const char *const NAMES[] = {"auc", "auc_low", "auc_high", "ndcg", "ndcg_low", "ndcg_high", "p"};
	const double values[] = {forecast->mean.auc, forecast->low.auc,   forecast->high.auc, forecast->mean.ndcg,
							 forecast->low.ndcg, forecast->high.ndcg, forecast->mean.p};
	for (size_t i = 0; i < COUNTOF(NAMES); i++)
		put(f, str_format(cx->arena, "%.*s%s", STR(prefix), NAMES[i]), side, values[i]);
}

static int32_t last_day(const RepLog *log, Time now)
{
	for (size_t i = log->facts_n; i > 0; i--)
		if (log->facts[i - 1].kind >= FACT_TOPIC_POSTED && log->facts[i - 1].kind <= FACT_ACCEPTED_UNDONE)
			return rep_day(log->facts[i - 1].at_ms);
	return rep_day(now);
}

static Status run_whatif(Ctx *cx, Found *f, Str toml)
{
	Ruleset *after = NULL;
	TRY(rulebook_read(cx, toml, &after));
	f->after = after;
	Whatif *w = ARENA_NEW(cx->arena, Whatif, 1);
	TRY(rep_whatif(cx, f->log, f->before, after, last_day(f->log, cx->now_ms), w));
	f->what = w;
	put(f, S("counted"), 0, (double)w->counted);
	put(f, S("moved"), 0, (double)w->moved);
	put(f, S("ranks_gained"), 0, (double)w->ranks_gained);
	put(f, S("ranks_lost"), 0, (double)w->ranks_lost);
	put(f, S("tau"), 0, w->tau);
	for (int side = 0; side < 2; side++) {
		if (w->forecast_known) put_forecast(cx, f, S(""), side, &w->forecast[side]);
		if (!w->price_known) continue;
		put(f, S("price"), side, (double)w->price[side].answers);
		put(f, S("price_more"), side, w->price[side].more);
	}
	return ST_OK;
}

// One ruleset at one time; too little history there is no failure.
static Status judge(Ctx *cx, Found *f, const Ruleset *rules, Str name, int64_t side, Time at)
{
	Forecast forecast;
	Status st = rep_forecast(cx, f->log, rules, &(ForecastArgs){.at = at, .horizon_days = TIMES_DAYS, .k = 10},
							 &forecast);
	if (st == ST_OK) put_forecast(cx, f, str_format(cx->arena, "%.*s/", STR(name)), side, &forecast);
	if (st != ST_INVALID) return st;
	fail_clear(cx);
	return ST_OK;
}

static Status run_backtest(Ctx *cx, Found *f)
{
	Time end = ((Time)last_day(f->log, cx->now_ms) + 1) * TIME_DAY_MS;
	for (int64_t side = 0; side < RULEBOOK_TIMES; side++) {
		Time at = end - (side + 1) * TIMES_DAYS * TIME_DAY_MS;
		put(f, S("at"), side, (double)at / (double)TIME_DAY_MS);
		TRY(judge(cx, f, f->before, S("in force"), side, at));
		for (size_t p = 0; p < RULES_PACKS_N; p++) {
			Ruleset *pack;
			TRY(rules_pack(cx, RULES_PACKS[p], &pack));
			TRY(judge(cx, f, pack, RULES_PACKS[p], side, at));
		}
	}
	return ST_OK;
}

static Str rank_of(const Ruleset *rules, uint8_t rank) { return rank ? rules->ranks[rank - 1].name : str_none(); }

static Status store_found(Ctx *cx, Tx *tx, void *arg)
{
	const Found *f = arg;
	for (size_t i = 0; i < f->figures_n; i++) {
		const Figure *g = &f->figures[i];
		TRY(figure_put(cx, tx,
					   &(FigurePutArgs){.trial_id = f->trial, .name = g->name, .side = g->side, .value = g->value}));
	}
	for (size_t i = 0; f->what && i < f->what->moves_n; i++) {
		const WhatifMove *m = &f->what->moves[i];
		TRY(move_put(cx, tx,
					 &(MovePutArgs){.trial_id = f->trial,
									.number = (int64_t)i,
									.member_id = f->log->members[m->member].id,
									.place_before = m->place_before,
									.place_after = m->place_after,
									.rank_before = rank_of(f->before, m->rank_before),
									.rank_after = rank_of(f->after, m->rank_after)}));
	}
	return trial_close(
		cx, tx,
		&(TrialCloseArgs){
			.id = f->trial, .state = f->why.p ? TRIAL_FAILED : TRIAL_DONE, .why = f->why, .done_at = cx->now_ms});
}

static Status run_in(Ctx *cx, Store *store, Id trial)
{
	AUTO(Db) db = NULL;
	TrialFindRow row;
	RepLog *log;
	Published in_force;
	bool found;
	TRY(db_begin(cx, store, &db));
	TRY(trial_find(cx, db, &(TrialFindArgs){.id = trial}, &row, &found));
	if (!found || row.state != TRIAL_WAITING) return ST_OK; // gone, or done by an earlier run
	TRY(standing_rules(cx, db, &in_force));
	TRY(rep_log_load(cx, db, &(RepScope){0}, &log));
	TRY(rep_log_seeds(cx, db, log, in_force.rules));
	db_end(db);
	db = NULL;
	Found *f = ARENA_NEW(cx->arena, Found, 1);
	*f = (Found){.trial = trial, .log = log, .before = in_force.rules};
	Status st = row.kind == TRIAL_WHATIF ? run_whatif(cx, f, row.toml) : run_backtest(cx, f);
	if (st == ST_INVALID || st == ST_TOO_LARGE) f->why = str_sub(cx->fail_text, 0, WHY_MAX_BYTES);
	else TRY(st);
	return store_write(cx, store, store_found, f);
}

Status rulebook_run(Ctx *cx, Store *store, Str payload)
{
	int64_t trial;
	if (!str_int(payload, 1, INT64_MAX, &trial)) return fail(cx, ST_INVALID, "no trial is called %.*s", STR(payload));
	AUTO(Arena) a = arena_new(ARENA_BYTES); // a whole history is larger than a job's arena
	Ctx big = *cx;
	big.arena = a;
	Status st = run_in(&big, store, trial);
	return st == ST_OK ? st : fail(cx, st, "%.*s", STR(str_copy(cx->arena, big.fail_text)));
}

Status rulebook_publish(Ctx *cx, Tx *tx, Id trial, Str note)
{
	TrialFindRow row;
	Ruleset *rules = NULL;
	LintFindings found;
	bool there;
	TRY(trial_find(cx, tx_db(tx), &(TrialFindArgs){.id = trial}, &row, &there));
	if (!there || row.kind != TRIAL_WHATIF) return fail(cx, ST_NOT_FOUND, "there is no such trial");
	if (row.state != TRIAL_DONE) return fail(cx, ST_CONFLICT, "what the rules would do is not known yet");
	TRY(rulebook_read(cx, row.toml, &rules));
	TRY(rules_lint(cx, rules, &found));
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].level == LINT_ERROR) return fail(cx, ST_CONFLICT, "the rules have errors");
	return standing_publish(cx, tx, rules, note);
}
