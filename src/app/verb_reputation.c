// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth reputation score | backtest | whatif | lint: the engine for scripts. Tables with a header line, or JSON.
#include "app/verb_reputation.h"

#include "app/lines.h"
#include "base/json.h"
#include "whatif/whatif.h"

#include <fcntl.h>
#include <unistd.h>

#define OUT_START_BYTES ((size_t)64 << 10)
#define OUT_MAX_BYTES ((size_t)512 << 20)

static Status read_file(Ctx *cx, Str path, Str *ret_text)
{
	int fd = open(str_z(cx->arena, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0) return fail(cx, ST_NOT_FOUND, "%.*s cannot be read", STR(path));
	char *p = arena_alloc(cx->arena, RULES_FILE_MAX_BYTES + 1, 1);
	size_t n = 0;
	ssize_t got;
	while (n <= RULES_FILE_MAX_BYTES && (got = read(fd, p + n, RULES_FILE_MAX_BYTES + 1 - n)) > 0) n += (size_t)got;
	close(fd);
	if (n > RULES_FILE_MAX_BYTES)
		return fail(cx, ST_TOO_LARGE, "%.*s: a rule file has at most %zu bytes", STR(path), RULES_FILE_MAX_BYTES);
	*ret_text = (Str){p, n};
	return ST_OK;
}

// A pack's name, or a file.
static Status rules_named(Ctx *cx, Str name, Ruleset **ret_rules)
{
	if (!name.p) name = S("support-default");
	if (rules_pack_text(name).p) return rules_pack(cx, name, ret_rules);
	size_t at;
	if (!str_find_char(name, '/', &at) && !str_find_char(name, '.', &at))
		return rules_pack(cx, name, ret_rules); // names those there are
	Str text = str_none();
	TRY(read_file(cx, name, &text));
	return rules_parse(cx, text, name, ret_rules);
}

static Status date_of(Ctx *cx, Str option, Str text, Time *ret_t)
{
	Str whole = text.n == 10 ? str_format(cx->arena, "%.*sT00:00:00", STR(text)) : text;
	if (time_parse_iso(whole, ret_t)) return ST_OK;
	return fail(cx, ST_INVALID, "%.*s wants a date like 2026-11-30, not \"%.*s\"", STR(option), STR(text));
}

static bool is_listed(Str list, Str word)
{
	while (list.n) {
		Str w = str_none();
		list = str_cut(list, ',', &w);
		if (str_eq_nocase(str_trim(w), word)) return true;
	}
	return false;
}

static Status on_name(void *arg, const void *row)
{
	Names *names = arg;
	const RepNameEachRow *r = row;
	uint32_t m = idmap_find(&names->log->member_of, r->id);
	if (!m) return ST_OK;
	names->handles[m] = str_copy(names->cx->arena, r->handle);
	names->externals[m] = str_copy(names->cx->arena, r->origin_id);
	if (names->seeds.n &&
		(is_listed(names->seeds, r->handle) || (r->origin_id.n && is_listed(names->seeds, r->origin_id))))
		names->log->members[m].seed = true;
	return ST_OK;
}

// The last day on which somebody wrote or judged: later on nothing happens but fading.
static int32_t last_day(const RepLog *log, int32_t otherwise)
{
	for (size_t i = log->facts_n; i > 0; i--) {
		uint8_t kind = log->facts[i - 1].kind;
		if (kind >= FACT_TOPIC_POSTED && kind <= FACT_ACCEPTED_UNDONE) return rep_day(log->facts[i - 1].at_ms);
	}
	return otherwise;
}

// The rules and the history that the options name. --as-of DAY: up to the end of that day; without it, of all that is there,
// as of the last day on which something was written or judged (an old import would have faded to nothing by today).
Status history_open(App *app, Opened *ret)
{
	Ctx *cx = &app->cx;
	const Options *o = &app->options;
	TRY(rules_named(cx, o->rules, &ret->rules));
	TRY(app_open(app, true));
	if (o->as_of.p) {
		TRY(date_of(cx, S("--as-of"), o->as_of, &ret->until));
		ret->until = i64_max(1, ((Time)rep_day(ret->until) + 1) * TIME_DAY_MS); // nothing happened before 1970
	}
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, app->store, &db));
	TRY(rep_log_load(cx, db, &(RepScope){.until = ret->until}, &ret->log));
	TRY(rep_log_seeds(cx, db, ret->log, ret->rules));
	size_t n = ret->log->members_n + 1;
	ret->names = (Names){cx, ret->log, ARENA_NEW(cx->arena, Str, n), ARENA_NEW(cx->arena, Str, n), o->seeds};
	TRY(rep_name_each(cx, db, on_name, &ret->names));
	ret->day = ret->until ? rep_day(ret->until - 1) : last_day(ret->log, rep_day(cx->now_ms));
	return ST_OK;
}

// Thousandths as a decimal: 12500 is "12.5".
void buf_points(Buf *b, int64_t v)
{
	if (v < 0) buf_char(b, '-');
	uint64_t u = v < 0 ? (uint64_t)-v : (uint64_t)v, rest = u % RULE_UNIT;
	buf_int(b, (int64_t)(u / RULE_UNIT));
	if (rest)
		buf_format(b,
				   rest % 100 == 0  ? ".%01llu"
				   : rest % 10 == 0 ? ".%02llu"
									: ".%03llu",
				   (unsigned long long)(rest % 100 == 0  ? rest / 100
										: rest % 10 == 0 ? rest / 10
														 : rest));
}

Status verb_reputation_score(App *app)
{
	Ctx *cx = &app->cx;
	Opened h = {0};
	TRY(history_open(app, &h));
	RepScores *scores;
	TRY(rep_score(cx, h.log, h.rules, &(RepAsOf){.day = h.day}, &scores));
	Buf b = buf_init(cx->arena, OUT_START_BYTES, OUT_MAX_BYTES);
	buf_z(&b, "rank\tmember_id\texternal_"
			  "id\thandle\t" SCORES_LISTED("\t") "\tpoints\tevents\ttitle\n");
	for (size_t i = 0; i < scores->n; i++) {
		uint32_t m = scores->order[i];
		const RepScore *s = &scores->v[m];
		buf_int(&b, s->place);
		buf_char(&b, '\t');
		buf_id(&b, h.log->members[m].id);
		buf_char(&b, '\t');
		buf_str(&b, h.names.externals[m]);
		buf_char(&b, '\t');
		buf_str(&b, h.names.handles[m]);
		for (size_t k = 0; k < SCORES_N; k++) {
			buf_char(&b, '\t');
			buf_points(&b, s->score[k]);
		}
		buf_char(&b, '\t');
		buf_points(&b, s->score[h.rules->board]);
		buf_format(&b, "\t%u\t", s->events);
		if (s->rank) buf_str(&b, h.rules->ranks[s->rank - 1].name);
		buf_char(&b, '\n');
	}
	return out_flush(cx, &b);
}

static void json_interval(Json *j, const char *key, double low, double high)
{
	json_key(j, key);
	json_arr(j);
	json_share(j, low);
	json_share(j, high);
	json_end(j);
}

static const char *profile_name(GuardProfile p)
{
	return p == GUARD_OPEN ? "open" : p == GUARD_VERIFIED ? "verified" : "off";
}

Status verb_reputation_backtest(App *app)
{
	Ctx *cx = &app->cx;
	const Options *o = &app->options;
	Opened h = {0};
	ForecastArgs args = {.horizon_days = o->horizon, .k = 10};
	if (o->horizon < 1) return fail(cx, ST_INVALID, "--horizon needs a number of days, from 1");
	if (!o->at.n) return fail(cx, ST_INVALID, "say from when on to forecast: --at DATE");
	TRY(date_of(cx, S("--at"), o->at, &args.at));
	TRY(history_open(app, &h));
	Forecast f;
	TRY(rep_forecast(cx, h.log, h.rules, &args, &f));
	int64_t known = i64_min(args.horizon_days, last_day(h.log, h.day) + 1 - rep_day(args.at));
	Buf b = buf_init(cx->arena, 1024, OUT_MAX_BYTES);
	Json j = json_init(&b);
	json_obj(&j);
	json_key(&j, "rules"), json_str(&j, h.rules->name);
	json_key(&j, "at"), json_time(&j, args.at);
	json_key(&j, "horizon_days"), json_int(&j, args.horizon_days);
	json_key(&j, "known_days"), json_int(&j, known);
	json_key(&j, "members"), json_int(&j, (int64_t)f.members);
	json_key(&j, "helpers"), json_int(&j, (int64_t)f.helpers);
	json_key(&j, "auc"), json_share(&j, f.mean.auc);
	json_interval(&j, "auc_interval", f.low.auc, f.high.auc);
	json_key(&j, "ndcg10"), json_share(&j, f.mean.ndcg);
	json_interval(&j, "ndcg10_interval", f.low.ndcg, f.high.ndcg);
	json_key(&j, "p10"), json_share(&j, f.mean.p);
	json_interval(&j, "p10_interval", f.low.p, f.high.p);
	json_key(&j, "guard"), json_str(&j, str_from(profile_name(f.profile)));
	json_end(&j);
	buf_char(&b, '\n');
	return out_flush(cx, &b);
}

static void json_rank(Json *j, const char *key, const Ruleset *rules, uint8_t rank)
{
	json_key(j, key);
	json_str(j, rank ? rules->ranks[rank - 1].name : str_none());
}

static void json_move(Json *j, const Opened *h, const Ruleset *after, const WhatifMove *m)
{
	json_obj(j);
	json_key(j, "member_id"), json_id(j, h->log->members[m->member].id);
	json_key(j, "external_id"), json_str(j, h->names.externals[m->member]);
	json_key(j, "handle"), json_str(j, h->names.handles[m->member]);
	json_key(j, "place_before"), json_int(j, m->place_before);
	json_key(j, "place_after"), json_int(j, m->place_after);
	json_rank(j, "rank_before", h->rules, m->rank_before);
	json_rank(j, "rank_after", after, m->rank_after);
	json_end(j);
}

static void json_side(Json *j, const char *key, const Ruleset *rules, const Whatif *w, int side)
{
	json_key(j, key);
	json_obj(j);
	json_key(j, "rules"), json_str(j, rules->name);
	json_key(j, "version"), json_int(j, rules->version);
	if (w->forecast_known) {
		const Forecast *f = &w->forecast[side];
		json_key(j, "auc"), json_share(j, f->mean.auc);
		json_interval(j, "auc_interval", f->low.auc, f->high.auc);
		json_key(j, "ndcg10"), json_share(j, f->mean.ndcg);
		json_interval(j, "ndcg10_interval", f->low.ndcg, f->high.ndcg);
	}
	if (w->price_known) {
		json_key(j, "price_of_attack"), json_int(j, w->price[side].answers);
		json_key(j, "price_is_more"), json_bool(j, w->price[side].more);
	}
	json_end(j);
}

// What other rules would have made of the history: who moves, ranks, forecast and price of attack before and after.
Status verb_reputation_whatif(App *app)
{
	Ctx *cx = &app->cx;
	Opened h = {0};
	Ruleset *after;
	Whatif w;
	if (!app->options.with.n) return fail(cx, ST_INVALID, "say which rules to try: --with FILE|PACK");
	TRY(rules_named(cx, app->options.with, &after));
	TRY(history_open(app, &h));
	TRY(rep_whatif(cx, h.log, h.rules, after, h.day, &w));
	Buf b = buf_init(cx->arena, OUT_START_BYTES, OUT_MAX_BYTES);
	Json j = json_init(&b);
	json_obj(&j);
	json_side(&j, "before", h.rules, &w, 0);
	json_side(&j, "after", after, &w, 1);
	json_key(&j, "counted"), json_int(&j, (int64_t)w.counted);
	json_key(&j, "moved"), json_int(&j, (int64_t)w.moved);
	json_key(&j, "ranks_gained"), json_int(&j, (int64_t)w.ranks_gained);
	json_key(&j, "ranks_lost"), json_int(&j, (int64_t)w.ranks_lost);
	json_key(&j, "tau"), json_share(&j, w.tau);
	json_key(&j, "moves");
	json_arr(&j);
	for (size_t i = 0; i < w.moves_n; i++) json_move(&j, &h, after, &w.moves[i]);
	json_end(&j);
	json_end(&j);
	buf_char(&b, '\n');
	return out_flush(cx, &b);
}

// Lint of a file or pack: a line for each finding; fails if there are errors.

Status verb_reputation_lint(App *app)
{
	Ctx *cx = &app->cx;
	Ruleset *rules;
	LintFindings found;
	Str name = app->options.words_n ? app->options.words[0] : app->options.rules;
	if (!name.n) return fail(cx, ST_INVALID, "say which rules: a file, or the name of a pack");
	TRY(rules_named(cx, name, &rules));
	TRY(rules_lint(cx, rules, &found));
	size_t errors = 0;
	for (size_t i = 0; i < found.n; i++) {
		const LintFinding *f = &found.v[i];
		errors += f->level == LINT_ERROR;
		app_say("%.*s:%d: %s: %.*s", STR(name), f->line, f->level == LINT_ERROR ? "error" : "warning", STR(f->text));
	}
	app_say("%zu errors, %zu warnings", errors, found.n - errors);
	return errors ? fail(cx, ST_INVALID, "the rules are not fit to publish") : ST_OK;
}

// A rank formula of a Khoros community in our language: to be put into a rule file.
Status verb_reputation_khoros(App *app)
{
	Ctx *cx = &app->cx;
	KhorosRank rank;
	if (!app->options.words_n) return fail(cx, ST_INVALID, "say which formula, in quotes");
	TRY(rules_from_khoros(cx, app->options.words[0], &rank));
	app_say("%.*s\nwhen = '%.*s'", STR(rank.metrics), STR(rank.when));
	if (rank.notes.n) app_say("# %.*s", STR(rank.notes));
	return ST_OK;
}
