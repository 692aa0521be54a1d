// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-quality SHARED_DATA SITE.db: SITE is a fresh site with the dump of shared data imported.
#include "quality.h"

#include "community/community.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)8 << 30)
#define BONUS 100 // a linked account starts with it; the dump does not say whose

static void cell(char *out, size_t n, double v)
{
	if (isnan(v)) snprintf(out, n, "–");
	else if (v == floor(v) && fabs(v) >= 2) snprintf(out, n, "%.0f", v);
	else snprintf(out, n, "%.3f", v);
}

void quality_row(Quality *q, const char *what, double value, double must, double aim, bool at_most, const char *fmt, ...)
{
	char v[32], m[32], a[32], more[400];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(more, sizeof more, fmt, ap);
	va_end(ap);
	cell(v, sizeof v, value);
	cell(m, sizeof m, must);
	cell(a, sizeof a, aim);
	bool short_of = !isnan(must) && (isnan(value) || (at_most ? value > must : value < must));
	q->missed += short_of;
	printf("| %s | **%s**%s | %s%s | %s | %s |\n", what, v, short_of ? " (short)" : "", isnan(must) ? "" : at_most ? "≤ " : "≥ ", m, a,
		   more);
	fflush(stdout);
}

Time quality_split(const RepLog *log, int percent)
{
	Time first = log->facts[0].at_ms, last = first;
	for (size_t i = 0; i < log->facts_n; i++) {
		uint8_t k = log->facts[i].kind;
		if (k == FACT_POSTED || k == FACT_TOPIC_POSTED) last = i64_max(last, log->facts[i].at_ms);
	}
	for (size_t i = 0; i < log->facts_n; i++) // joining comes before the first question
		if (log->facts[i].kind == FACT_TOPIC_POSTED) {
			first = log->facts[i].at_ms;
			break;
		}
	return (Time)rep_day(first + (last - first) / 100 * percent) * TIME_DAY_MS; // votes carry their day only
}

Ruleset *quality_pack(Quality *q, const char *name)
{
	Ruleset *rules;
	if (rules_pack(q->cx, str_from(name), &rules) == ST_OK) return rules;
	fprintf(stderr, "quality: %.*s\n", STR(q->cx->fail_text));
	exit(1);
}

static void must(Quality *q, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "quality: %.*s\n", STR(q->cx->fail_text));
	exit(1);
}

// Replay of the public votes against the published figure.

typedef struct Top {
	int64_t points;
	uint32_t member;
} Top;

static int by_points(const void *a, const void *b)
{
	const Top *x = a, *y = b;
	return (x->points < y->points) - (x->points > y->points);
}

static size_t overlap(const Quality *q, const RepScores *s, size_t k)
{
	Top *mine = ARENA_NEW(q->cx->arena, Top, s->n + 1), *theirs = ARENA_NEW(q->cx->arena, Top, s->n + 1);
	size_t same = 0;
	for (uint32_t m = 1; m <= s->n; m++) {
		mine[m - 1] = (Top){s->v[m].score[SCORE_CONTRIBUTION], m};
		theirs[m - 1] = (Top){q->published[m], m};
	}
	qsort(mine, s->n, sizeof *mine, by_points);
	qsort(theirs, s->n, sizeof *theirs, by_points);
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) same += mine[i].member == theirs[j].member;
	return same;
}

void quality_replay(Quality *q)
{
	RepScores *s;
	int32_t day = rep_day(q->log->facts[q->log->facts_n - 1].at_ms);
	must(q, rep_score(q->cx, q->log, quality_pack(q, "stackexchange"), &(RepAsOf){.day = day}, &s));
	size_t with = 0, exact = 0, near = 0;
	for (uint32_t m = 1; m <= s->n; m++) {
		if (!s->v[m].events || !q->published[m]) continue;
		int64_t points = s->v[m].score[SCORE_CONTRIBUTION] / RULE_UNIT, to = q->published[m];
		int64_t off = i64_min(llabs(points - to), llabs(points + BONUS - to));
		with++;
		exact += off == 0;
		near += (double)off <= fmax(4, 0.05 * (double)to);
	}
	quality_row(q, "replay, members with events", (double)with, 331, 331, false, " ");
	quality_row(q, "replay, equal to the published figure (modulo one bonus of 100)", (double)exact / (double)with, .745, .749, false,
				"%zu of %zu", exact, with);
	quality_row(q, "replay, within max(4, 5 %)", (double)near / (double)with, .9635, .964, false, "%zu of %zu", near, with);
	quality_row(q, "replay, the ten first in common", (double)overlap(q, s, 10), 10, 10, false, " ");
	quality_row(q, "replay, entries cut by the daily cap", (double)s->clips, 13, 13, false, "13 is the number, not a bound");
}

// Forecast: each pack at four times.

void quality_forecast(Quality *q)
{
	double mine[QUALITY_SPLITS][2], mean_ndcg = 0, mean_auc = 0;
	for (size_t p = 0; p < RULES_PACKS_N; p++) {
		Ruleset *rules = NULL;
		// support-default first, the others against it
		Str name = p == 0 ? S("support-default") : RULES_PACKS[p];
		if (p && str_eq(name, S("support-default"))) name = RULES_PACKS[0];
		rules = quality_pack(q, str_z(q->cx->arena, name));
		double ndcg = 0, auc = 0, p10 = 0;
		size_t worse = 0;
		char each[200] = "";
		for (int i = 0; i < QUALITY_SPLITS; i++) {
			Forecast f;
			must(q, rep_forecast(q->cx, q->log, rules,
								 &(ForecastArgs){.at = quality_split(q->log, 40 + 10 * i), .horizon_days = 91, .k = 10}, &f));
			ndcg += f.mean.ndcg / QUALITY_SPLITS;
			auc += f.mean.auc / QUALITY_SPLITS;
			p10 += f.mean.p / QUALITY_SPLITS;
			if (!p) mine[i][0] = f.mean.ndcg, mine[i][1] = f.mean.auc;
			else worse += f.mean.ndcg >= mine[i][0], worse += f.mean.auc >= mine[i][1];
			size_t n = strlen(each);
			snprintf(each + n, sizeof each - n, "%s%.3f/%.3f [%.2f, %.2f]", i ? "; " : "", f.mean.ndcg, f.mean.auc, f.low.ndcg, f.high.ndcg);
		}
		char what[100];
		snprintf(what, sizeof what, "forecast by %.*s, mean NDCG@10", STR(name));
		quality_row(q, what, ndcg, p ? NAN : .85, p ? NAN : .91, false, "AUC %.3f, P@10 %.3f; NDCG/AUC [interval of NDCG] at 40, 50, 60, 70 %%: %s",
					auc, p10, each);
		if (p) quality_row(q, "… of 8 comparisons, won or drawn against support-default", (double)worse, 0, 0, true, " ");
		if (!p) mean_ndcg = ndcg, mean_auc = auc;
	}
	(void)mean_ndcg;
	quality_row(q, "forecast by support-default, mean AUC", mean_auc, .88, .93, false, " ");
}

// Loading.

typedef struct Loading {
	Quality *q;
} Loading;

static Status published_load(Ctx *cx, Db *db, Quality *q)
{
	q->published = ARENA_NEW(cx->arena, int64_t, q->log->members_n + 1);
	for (uint32_t m = 1; m <= q->log->members_n; m++) {
		ProfileMoreRows figures;
		TRY(profile_more(cx, db, &(ProfileMoreArgs){.member_id = q->log->members[m].id, .names = S("[]")}, &figures));
		for (size_t i = 0; i < figures.n; i++)
			if (str_eq(figures.v[i].name, S("reputation"))) q->published[m] = figures.v[i].value;
	}
	return ST_OK;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "bench-quality SHARED_DATA SITE.db\n");
		return 2;
	}
	Arena *arena = arena_new(ARENA_BYTES);
	IdSource ids = {0};
	Ctx cx = {.arena = arena, .now_ms = time_now(), .ids = &ids, .rng = &RNG_SYSTEM};
	Quality q = {.cx = &cx, .data = str_from(argv[1])};
	Store *store = NULL;
	must(&q, store_open(&cx, &(StoreConfig){.url = str_from(argv[2]), .readers = 1}, &store));
	Db *db;
	must(&q, db_begin(&cx, store, &db));
	must(&q, rep_log_load(&cx, db, &(RepScope){0}, &q.log));
	must(&q, published_load(&cx, db, &q));
	q.db = db;
	void (*const parts[])(Quality *) = {quality_replay, quality_graphs, quality_forecast, quality_mathoverflow, quality_routing,
										quality_chance, quality_attacks};
	printf("| what | measured | must | aim | details |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < COUNTOF(parts); i++) parts[i](&q);
	db_end(db);
	store_close(store);
	arena_free(arena);
	fprintf(stderr, "%zu rows below their must\n", q.missed);
	return q.missed ? 1 : 0;
}
