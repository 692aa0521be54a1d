// SPDX-License-Identifier: AGPL-3.0-or-later
// Public networks: who trusts whom (ICDM 2016, Table IV), who answered whom (MathOverflow).
#include "quality.h"

#include "base/idmap.h"
#include "reputation/fairness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX_BYTES ((size_t)16 << 20)
#define TOLERANCE .005

static Str read_all(Quality *q, const char *name)
{
	Str path = str_format(q->cx->arena, "%.*s/reputation/%s", STR(q->data), name);
	FILE *f = fopen(str_z(q->cx->arena, path), "r");
	if (!f) {
		fprintf(stderr, "quality: no %.*s\n", STR(path));
		exit(1);
	}
	char *p = arena_alloc(q->cx->arena, FILE_MAX_BYTES, 1);
	size_t n = fread(p, 1, FILE_MAX_BYTES, f);
	fclose(f);
	return (Str){p, n};
}

// Moments of guesses against what was said.
typedef struct Fit {
	double n, sx, sy, sxx, syy, sxy, see;
} Fit;

static void fit_add(Fit *f, double x, double y)
{
	f->n++, f->sx += x, f->sy += y, f->sxx += x * x, f->syy += y * y, f->sxy += x * y, f->see += (x - y) * (x - y);
}

static void fit_rows(Quality *q, const char *net, const char *what, const Fit *f, double rmse, double pcc)
{
	double got_rmse = sqrt(f->see / f->n);
	double got_pcc = (f->sxy - f->sx * f->sy / f->n) / sqrt((f->sxx - f->sx * f->sx / f->n) * (f->syy - f->sy * f->sy / f->n));
	char name[120];
	snprintf(name, sizeof name, "ICDM 2016 Table IV, %s, %s: off by, RMSE", net, what);
	// The paper prints two digits: what rounds to them is equal to it.
	quality_row(q, name, fmax(0, fabs(got_rmse - rmse) - TOLERANCE), TOLERANCE, NAN, true, "%.3f, published %.2f", got_rmse, rmse);
	snprintf(name, sizeof name, "ICDM 2016 Table IV, %s, %s: off by, PCC", net, what);
	quality_row(q, name, fmax(0, fabs(got_pcc - pcc) - TOLERANCE), TOLERANCE, NAN, true, "%.3f, published %.2f", got_pcc, pcc);
}

static void network(Quality *q, const char *file, const char *net, const double want[4])
{
	Ctx *cx = q->cx;
	Str all = read_all(q, file), line, word;
	IdMap of = idmap_init(cx->arena, 0);
	Rating *v = ARENA_NEW(cx->arena, Rating, 200000);
	size_t n = 0;
	while (all.n && n < 200000) {
		all = str_cut(all, '\n', &line);
		uint32_t ends[2];
		for (int i = 0; i < 2; i++) {
			int64_t id = 0;
			line = str_cut(line, ',', &word);
			if (!str_int(word, 0, INT32_MAX, &id) || idmap_number(cx, &of, id + 1, &ends[i]) != ST_OK) exit(1);
		}
		double weight = strtod(str_z(cx->arena, line), NULL);
		v[n++] = (Rating){ends[0] - 1, ends[1] - 1, (int64_t)llround(weight * (double)FAIRNESS_ONE)};
	}
	Fairness f;
	if (fairness_find(cx, v, n, of.n, &f) != ST_OK) exit(1);
	Fit good = {0}, product = {0};
	for (size_t i = 0; i < n; i++) {
		int64_t g, p;
		fairness_guess(&f, &v[i], &g, &p);
		double y = (double)v[i].weight / (double)FAIRNESS_ONE;
		fit_add(&good, (double)g / (double)FAIRNESS_ONE, y);
		fit_add(&product, (double)p / (double)FAIRNESS_ONE, y);
	}
	fit_rows(q, net, "goodness", &good, want[0], want[1]);
	fit_rows(q, net, "fairness × goodness", &product, want[2], want[3]);
}

void quality_graphs(Quality *q)
{
	network(q, "OTCNet.csv", "OTC", (double[]){.32, .48, .31, .49});
	network(q, "BTCAlphaNet.csv", "Alpha", (double[]){.27, .40, .27, .41});
	network(q, "RFAnet.csv", "RfA", (double[]){.23, .46, .24, .45});
}

// MathOverflow: an edge says that somebody answered somebody at a time.

static RepLog *mathoverflow(Quality *q)
{
	Ctx *cx = q->cx;
	RepLog *log = rep_log_new(cx->arena);
	Str all = read_all(q, "mathoverflow-a2q.txt"), line, word;
	for (uint32_t n = 1; all.n; n++) {
		all = str_cut(all, '\n', &line);
		int64_t v[3];
		for (int i = 0; i < 3; i++) {
			line = str_cut(line, ' ', &word);
			if (!str_int(word, 0, INT64_MAX, &v[i])) exit(1);
		}
		RepFact f = {.at_ms = v[2] * 1000, .id = n, .kind = FACT_POSTED, .object = n, .thread = n, .flags = REP_ANSWER};
		if (rep_log_member(cx, log, &(RepMember){.id = v[0]}, &f.actor) != ST_OK ||
			rep_log_member(cx, log, &(RepMember){.id = v[1]}, &f.asker) != ST_OK)
			exit(1);
		f.owner = f.actor;
		f.subject = f.asker;
		if (rep_log_fact(cx, log, &f) != ST_OK) exit(1);
	}
	rep_log_seal(log);
	return log;
}

void quality_mathoverflow(Quality *q)
{
	static const int YEARS[] = {2011, 2012, 2013, 2014, 2015};
	Ctx *cx = q->cx;
	RepLog *log = mathoverflow(q);
	FILE *file = fopen("bench/rules/answers-h60.toml", "r");
	if (!file) exit(1);
	char *p = arena_alloc(cx->arena, RULES_FILE_MAX_BYTES, 1);
	Str text = {p, fread(p, 1, RULES_FILE_MAX_BYTES, file)};
	fclose(file);
	Ruleset *rules;
	if (rules_parse(cx, text, S("answers-h60.toml"), &rules) != ST_OK) exit(1);
	RankQuality mean = {0};
	for (size_t i = 0; i < COUNTOF(YEARS); i++) {
		Forecast f;
		Time at = time_from_civil(&(Civil){.year = YEARS[i], .month = 1, .day = 1});
		if (rep_forecast(cx, log, rules, &(ForecastArgs){.at = at, .horizon_days = 91, .of = FORECAST_ANSWERS}, &f) != ST_OK) exit(1);
		mean.auc += f.mean.auc / COUNTOF(YEARS);
		mean.ndcg += f.mean.ndcg / COUNTOF(YEARS);
		mean.p += f.mean.p / COUNTOF(YEARS);
	}
	quality_row(q, "MathOverflow, five New Years, half-life 60 d, AUC", mean.auc, .89, .90, false, " ");
	quality_row(q, "MathOverflow, NDCG of the first 1 %", mean.ndcg, .80, .82, false, " ");
	quality_row(q, "MathOverflow, P of the first 1 %", mean.p, .61, .63, false, " ");
}
