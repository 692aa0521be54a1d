// SPDX-License-Identifier: AGPL-3.0-or-later
// Who will answer: routing a question to its eventual accepted answerer. The product's own (asking/who.h), as known when the
// question was asked; and credibility alone, half of everywhere and half of the question's tags, counted strictly and as the
// reference counted.
#include "quality.h"

#include "asking/who.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SAMPLES 2000
#define FIT_FROM 60  // questions that the first fit learns from
#define FIT_EVERY 20 // further ones, after which it learns anew
#define FIT_STEPS 400
#define FIT_RATE 0.05
#define FIT_BACK 0.01 // drawn back to the weights shipped, so that few questions do not decide

typedef struct Routed { // one question, and what is known before it
	const RepFact *question;
	RepLog *past;
	bool *known;
	uint32_t right;
} Routed;

typedef struct Places { // of the right ones
	double *v;
	size_t n, unknown;
} Places;

typedef struct Areas {
	RepScores *everywhere, *here[REP_AREAS_OF_FACT_MAX];
	double weight[REP_AREAS_OF_FACT_MAX];
	size_t n;
} Areas;

// Half from everywhere, half from the question's areas, rarer ones counting more.
static double blended(const Areas *a, uint32_t m)
{
	double here = 0;
	for (size_t i = 0; i < a->n; i++) here += a->weight[i] * (double)a->here[i]->v[m].score[SCORE_CREDIBILITY];
	return ((double)a->everywhere->v[m].score[SCORE_CREDIBILITY] + here) / 2;
}

// Questions with an area, for its rarity.
static double *rarities(Quality *q, const RepLog *log)
{
	double *n = ARENA_NEW(q->cx->arena, double, log->areas_n + 1), total = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		if (log->facts[i].kind != FACT_TOPIC_POSTED) continue;
		size_t count;
		const uint32_t *areas = rep_areas_of(log, &log->facts[i], &count);
		for (size_t k = 0; k < count; k++) n[areas[k]]++;
		total++;
	}
	for (size_t i = 1; i <= log->areas_n; i++) n[i] = n[i] > 0 ? log1p(total / n[i]) : 0;
	return n;
}

static void look_at(Quality *q, const RepLog *past, const RepFact *question, const double *rarity, const Ruleset *rules, Areas *a)
{
	size_t n;
	const uint32_t *areas = rep_areas_of(past, question, &n);
	RepAsOf as_of = {.day = rep_day(question->at_ms)};
	*a = (Areas){0};
	if (rep_score(q->cx, past, rules, &as_of, &a->everywhere) != ST_OK) exit(1);
	for (size_t i = 0; i < n; i++) {
		if (past->areas[areas[i]].is_space) continue;
		as_of.area = areas[i];
		if (rep_score(q->cx, past, rules, &as_of, &a->here[a->n]) != ST_OK) exit(1);
		a->weight[a->n] = rarity[areas[i]];
		a->n++;
	}
}

static bool *who_answered(const RepLog *past)
{
	bool *known = ARENA_NEW(past->arena, bool, past->members_n + 1);
	for (size_t i = 0; i < past->facts_n; i++)
		if (past->facts[i].kind == FACT_POSTED) known[past->facts[i].owner] = true;
	known[0] = false;
	return known;
}

// Place of the right one among those who have answered before, the asker apart; ties count half.
static double place_of(const Routed *r, const double *score, uint32_t right)
{
	double above = 0;
	for (uint32_t m = 1; m <= r->past->members_n; m++) {
		if (!r->known[m] || m == right || m == r->question->asker) continue;
		above += score[m] > score[right] ? 1 : score[m] == score[right] ? .5 : 0;
	}
	return above + 1;
}

static const RepFact *question_of(const RepLog *log, uint32_t thread)
{
	for (size_t i = 0; i < log->facts_n; i++)
		if (log->facts[i].kind == FACT_TOPIC_POSTED && log->facts[i].thread == thread) return &log->facts[i];
	return NULL;
}

// 95 % of what resampled questions give.
static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double worth(double place, bool hit) { return hit ? place <= 10 : 1 / place; }

static double mean_of(const Places *p, bool hit)
{
	double sum = 0;
	for (size_t i = 0; i < p->n; i++) sum += worth(p->v[i], hit);
	return sum / (double)p->n;
}

static void interval(Quality *q, const Places *p, bool hit, double ret[2])
{
	double *means = ARENA_NEW(q->cx->arena, double, SAMPLES);
	uint64_t random = 1;
	for (size_t i = 0; i < SAMPLES; i++) {
		for (size_t k = 0; k < p->n; k++) {
			random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			means[i] += worth(p->v[(random >> 33) % p->n], hit) / (double)p->n;
		}
	}
	qsort(means, SAMPLES, sizeof *means, by_size);
	ret[0] = means[SAMPLES / 40];
	ret[1] = means[SAMPLES - 1 - SAMPLES / 40];
}

static void rows_of(Quality *q, const Places *p, const char *what, bool measured, const char *note)
{
	char name[120];
	for (int hit = 0; hit < 2; hit++) {
		double in[2];
		interval(q, p, hit, in);
		snprintf(name, sizeof name, "%s, %s", what, hit ? "Hit@10" : "MRR");
		quality_row(q, name, mean_of(p, hit), measured ? hit ? .75 : .43 : NAN, measured ? hit ? .79 : .46 : NAN, false,
					"[%.3f, %.3f]; %zu questions; %s", in[0], in[1], p->n, note);
	}
}

// What the product says, with the parts of its scores for the fit.
typedef struct Choice {
	double x[WHO_LIMIT_MAX][WHO_PARTS_N];
	uint32_t member[WHO_LIMIT_MAX];
	size_t n, right; // right: n if the right one is not among them
	double others;   // who had answered before and is not among them
} Choice;

static void must(Quality *q, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "quality: %.*s\n", STR(q->cx->fail_text));
	exit(1);
}

static void choice_of(Quality *q, const Routed *r, Choice *c)
{
	WhoTopicRow topic;
	WhoPeople people;
	bool found;
	Id id = idmap_key(&q->log->thread_of, r->question->thread);
	must(q, who_topic(q->cx, q->db, &(WhoTopicArgs){.id = id}, &topic, &found));
	must(q, asking_who(q->cx, q->db, &(WhoArgs){.topic = &topic, .as_asked = true, .limit = WHO_LIMIT_MAX}, &people));
	*c = (Choice){0};
	for (size_t i = 0; i < people.n; i++) {
		uint32_t m = idmap_find(&q->log->member_of, people.v[i].row.id);
		if (!r->known[m] || m == r->question->asker) continue;
		for (size_t k = 0; k < WHO_PARTS_N; k++) c->x[c->n][k] = (double)people.v[i].part[k] / 1000;
		c->member[c->n++] = m;
	}
	for (c->right = 0; c->right < c->n && c->member[c->right] != r->right;) c->right++;
	for (uint32_t m = 1; m <= r->past->members_n; m++) c->others += r->known[m] && m != r->question->asker;
	c->others -= (double)c->n;
}

static double score_of(const Choice *c, size_t i, const double *weight)
{
	double s = 0;
	for (size_t k = 0; k < WHO_PARTS_N; k++) s += weight[k] * c->x[i][k];
	return s;
}

static double place_in(const Choice *c, const double *weight)
{
	if (c->right == c->n) return (double)c->n + (c->others + 1) / 2;
	double place = 1, mine = score_of(c, c->right, weight);
	for (size_t i = 0; i < c->n; i++) {
		double theirs = score_of(c, i, weight);
		if (i != c->right) place += theirs > mine ? 1 : theirs == mine ? .5 : 0;
	}
	return place;
}

// Conditional logit: uphill in the likelihood of the right ones among those told, by their parts.
static void fit(const Choice *v, size_t n, double *weight)
{
	for (size_t k = 0; k < WHO_PARTS_N; k++) weight[k] = 1;
	for (int step = 0; step < FIT_STEPS; step++) {
		double up[WHO_PARTS_N];
		for (size_t k = 0; k < WHO_PARTS_N; k++) up[k] = -FIT_BACK * (weight[k] - 1);
		for (size_t i = 0; i < n; i++) {
			double of[WHO_LIMIT_MAX], all = 0;
			if (v[i].right == v[i].n) continue;
			for (size_t j = 0; j < v[i].n; j++) all += of[j] = exp(score_of(&v[i], j, weight));
			for (size_t k = 0; k < WHO_PARTS_N; k++) {
				up[k] += v[i].x[v[i].right][k] / (double)n;
				for (size_t j = 0; j < v[i].n; j++) up[k] -= of[j] / all * v[i].x[j][k] / (double)n;
			}
		}
		for (size_t k = 0; k < WHO_PARTS_N; k++) weight[k] += FIT_RATE * up[k];
	}
}

static void walk_forward(Quality *q, const Choice *v, size_t n)
{
	Places p = {.v = ARENA_NEW(q->cx->arena, double, n + 1)}, fixed = {.v = ARENA_NEW(q->cx->arena, double, n + 1)};
	double weight[WHO_PARTS_N] = {1, 1, 1, 1}, shipped[WHO_PARTS_N] = {1, 1, 1, 1};
	for (size_t i = FIT_FROM; i < n; i++) {
		if ((i - FIT_FROM) % FIT_EVERY == 0) fit(v, i, weight);
		p.v[p.n++] = place_in(&v[i], weight);
		fixed.v[fixed.n++] = place_in(&v[i], shipped);
	}
	quality_row(q, "… its weights learnt from the questions before each, MRR", mean_of(&p, false), NAN, NAN, false,
				"from question %d on, where the shipped ones give %.3f; Hit@10 %.3f, %.3f; in the end times %.2f %.2f %.2f %.2f", FIT_FROM + 1,
				mean_of(&fixed, false), mean_of(&p, true), mean_of(&fixed, true), weight[0], weight[1], weight[2], weight[3]);
}

// Votes and acceptances of the dump carry their day only. Those of the day asked for may come from after the question:
// strictly, they are left out.
static RepLog *known_before(Quality *q, Time at, bool strict)
{
	RepLog *past = rep_log_cut(q->cx->arena, q->log, at);
	Time day = (Time)rep_day(at) * TIME_DAY_MS;
	size_t n = 0;
	for (size_t i = 0; i < past->facts_n; i++)
		if (!strict || past->facts[i].at_ms != day) past->facts[n++] = past->facts[i];
	past->facts_n = n;
	rep_log_seal(past);
	return past;
}

static void credibility(Quality *q, const Routed *r, const double *rarity, const Ruleset *rules, Places *p)
{
	Areas a;
	double *score = ARENA_NEW(q->cx->arena, double, r->past->members_n + 1);
	look_at(q, r->past, r->question, rarity, rules, &a);
	for (uint32_t m = 1; m <= r->past->members_n; m++) score[m] = blended(&a, m);
	p->v[p->n++] = place_of(r, score, r->right);
}

typedef struct Routing {
	Places product, strict, reference;
	Choice *choices;
	const double *rarity;
	const Ruleset *rules;
} Routing;

static void route(Quality *q, Routing *to, const RepFact *question, uint32_t right)
{
	Routed r = {.question = question, .past = known_before(q, question->at_ms, true), .right = right};
	r.known = who_answered(r.past);
	if (!r.known[right]) {
		to->product.unknown++;
		return;
	}
	Choice *c = &to->choices[to->product.n];
	choice_of(q, &r, c);
	to->product.v[to->product.n++] = place_in(c, (const double[WHO_PARTS_N]){1, 1, 1, 1});
	credibility(q, &r, to->rarity, to->rules, &to->strict);
	r.past = known_before(q, question->at_ms, false);
	credibility(q, &r, to->rarity, to->rules, &to->reference);
}

void quality_routing(Quality *q)
{
	Arena *a = q->cx->arena;
	size_t most = q->log->threads_n + 1;
	Routing to = {.rarity = rarities(q, q->log), .rules = quality_pack(q, "support-default"), .choices = ARENA_NEW(a, Choice, most)};
	to.product.v = ARENA_NEW(a, double, most);
	to.strict.v = ARENA_NEW(a, double, most);
	to.reference.v = ARENA_NEW(a, double, most);
	for (size_t i = 0; i < q->log->facts_n; i++) {
		const RepFact *f = &q->log->facts[i], *question = f->kind == FACT_ACCEPTED ? question_of(q->log, f->thread) : NULL;
		if (!question || f->owner == f->asker || !f->owner) continue;
		ArenaMark mark = arena_mark(a);
		route(q, &to, question, f->owner);
		arena_rewind(a, mark);
	}
	char note[200];
	snprintf(note, sizeof note, "“who may know”, as known when asked; %zu more were solved by somebody who had never answered", to.product.unknown);
	rows_of(q, &to.product, "routing to the accepted answerer", true, note);
	walk_forward(q, to.choices, to.product.n);
	rows_of(q, &to.strict, "routing by credibility alone", false, "without the votes of the question's own day");
	rows_of(q, &to.reference, "routing by credibility alone, counted as the reference", false,
			"dates as in the dump: some votes of the question's own day, and its own acceptance, come after it");
}
