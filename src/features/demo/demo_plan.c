// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/demo_make.h"

#include <stdlib.h>

typedef struct Job {
	Time at;
	size_t order;
	const DemoPattern *pattern;
	const DemoScript *script;
	int variant;
} Job;

static int job_cmp(const void *a, const void *b)
{
	const Job *x = a, *y = b;
	if (x->at != y->at) return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

// Puts a moment of a day where people write: little at night, a hump at breakfast, most in the evening.
static Time hour_shape(DemoMake *m, Time t)
{
	static const uint8_t HOURS[] = {6,  7,  7,  8,  8,  9,  10, 11, 12, 12, 13, 14, 15, 16, 16, 17, 17, 18,
									18, 18, 19, 19, 19, 19, 20, 20, 20, 20, 21, 21, 21, 22, 22, 23, 0,  2};
	Time day = t - t % TIME_DAY_MS;
	Time hour = HOURS[demo_random(&m->rng) % sizeof HOURS];
	return day + hour * TIME_HOUR_MS + demo_between(&m->rng, 0, TIME_HOUR_MS - 1);
}

// Somewhere in the nine months, with a swell after each of the two older releases and a slow growth.
static Time when_any(DemoMake *m)
{
	int64_t dice = demo_between(&m->rng, 0, 99);
	Time back;
	if (dice < 6) back = demo_between(&m->rng, 25 * TIME_MINUTE_MS, 2 * TIME_DAY_MS);
	else if (dice < 16) back = 130 * TIME_DAY_MS - demo_between(&m->rng, 0, 9 * TIME_DAY_MS);
	else if (dice < 24) back = 220 * TIME_DAY_MS - demo_between(&m->rng, 0, 7 * TIME_DAY_MS);
	else {
		double u = (double)demo_between(&m->rng, 0, 100000) / 100000.0;
		back = (Time)(u * (0.55 + 0.45 * u) * (double)DEMO_SPAN_MS);
	}
	Time t = m->now - back;
	if (back > 3 * TIME_DAY_MS) t = hour_shape(m, t);
	return t;
}

static Time when_new(DemoMake *m)
{
	double u = (double)demo_between(&m->rng, 0, 100000) / 100000.0;
	Time release = m->now - DEMO_RELEASE_MS + 2 * TIME_HOUR_MS;
	return release + (Time)(u * (0.3 + 0.7 * u) * (double)(m->now - 35 * TIME_MINUTE_MS - release));
}

static size_t jobs_list(DemoMake *m, Job *jobs, size_t max)
{
	size_t n = 0;
	for (size_t t = 0; t < DEMO_PATTERN_TABLES_N; t++)
		for (size_t i = 0; i < DEMO_PATTERNS_N[t]; i++) {
			const DemoPattern *p = &DEMO_PATTERNS[t][i];
			bool recent = str_eq(str_from(p->era), S("new"));
			m->plan->patterns_n++;
			for (int v = 0; v < 5 && n < max; v++, n++)
				jobs[n] = (Job){recent ? when_new(m) : when_any(m), n, p, NULL, v};
		}
	for (size_t t = 0; t < DEMO_SCRIPT_TABLES_N; t++)
		for (size_t i = 0; i < DEMO_SCRIPTS_N[t] && n < max; i++, n++) {
			const DemoScript *s = &DEMO_SCRIPTS[t][i];
			Time at = when_any(m);
			if (s->hours_ago) at = m->now - s->hours_ago * TIME_HOUR_MS - demo_between(&m->rng, 60000, 3000000);
			jobs[n] = (Job){at, n, NULL, s, 0};
		}
	qsort(jobs, n, sizeof *jobs, job_cmp);
	return n;
}

// The hand-written texts come first, so that no remark from a pool can take a sentence away from them.
static void texts_claim(DemoMake *m)
{
#define CLAIM(z) (void)demo_say_claim(&m->say, str_from(z))
	for (size_t t = 0; t < DEMO_PATTERN_TABLES_N; t++)
		for (size_t i = 0; i < DEMO_PATTERNS_N[t]; i++) {
			const DemoPattern *p = &DEMO_PATTERNS[t][i];
			for (int k = 0; k < 5; k++) {
				CLAIM(p->ask[k].title);
				CLAIM(p->ask[k].body);
			}
			for (int k = 0; k < 4; k++) {
				CLAIM(p->right[k]);
				CLAIM(p->remark[k]);
			}
			for (int k = 0; k < 3; k++) {
				CLAIM(p->wrong[k]);
				CLAIM(p->note[k]);
				CLAIM(p->thanks[k]);
			}
			for (int k = 0; k < 2; k++) {
				CLAIM(p->tried[k]);
				CLAIM(p->fix[k]);
			}
		}
	for (size_t t = 0; t < DEMO_SCRIPT_TABLES_N; t++)
		for (size_t i = 0; i < DEMO_SCRIPTS_N[t]; i++) {
			const DemoScript *s = &DEMO_SCRIPTS[t][i];
			CLAIM(s->title);
			CLAIM(s->body);
			for (size_t k = 0; k < sizeof s->lines / sizeof *s->lines; k++) CLAIM(s->lines[k].text);
		}
#undef CLAIM
}

static void spaces_fill(DemoMake *m)
{
	DemoPlan *p = m->plan;
	p->spaces = ARENA_NEW(m->cx->arena, DemoSpace, DEMO_PLACES_N);
	p->spaces_n = DEMO_PLACES_N;
	for (size_t i = 0; i < DEMO_PLACES_N; i++) {
		const DemoPlace *d = &DEMO_PLACES[i];
		p->spaces[i] = (DemoSpace){.slug = str_from(d->slug),
								   .title = str_from(d->title),
								   .description = str_from(d->description),
								   .parent = demo_space_find(m, d->parent),
								   .persona = str_from(d->persona),
								   .style = str_from(d->style)};
	}
}

static void members_fill(DemoMake *m)
{
	DemoPlan *p = m->plan;
	p->members = ARENA_NEW(m->cx->arena, DemoMember, DEMO_PEOPLE_N);
	p->members_n = DEMO_PEOPLE_N;
	for (size_t i = 0; i < DEMO_PEOPLE_N; i++) {
		const DemoPerson *d = &DEMO_PEOPLE[i];
		bool early = i < DEMO_TOP_N + 8 || str_eq(str_from(d->affiliation), S("employee"));
		Time back = early ? demo_between(&m->rng, 275, 1400) : demo_between(&m->rng, 4, 320);
		if (str_eq(str_from(d->role), S("visitor"))) back = demo_between(&m->rng, 1, 40);
		p->members[i] = (DemoMember){.handle = str_from(d->handle),
									 .affiliation = str_from(d->affiliation),
									 .role = str_from(d->role),
									 .about = str_from(d->about),
									 .joined_at = hour_shape(m, m->now - (back + 1) * TIME_DAY_MS)};
	}
}

Status demo_plan_build(Ctx *cx, uint64_t seed, Time now_ms, DemoPlan *ret_plan)
{
	DemoPlan plan = {0};
	DemoMake m = {.cx = cx, .rng = seed * 0x2545f4914f6cdd1du + 1, .now = now_ms, .plan = &plan};
	demo_say_init(&m.say, cx->arena, seed);
	texts_claim(&m);
	spaces_fill(&m);
	members_fill(&m);
	demo_make_init(&m);
	Job *jobs = ARENA_NEW(cx->arena, Job, DEMO_TOPICS_MAX);
	size_t n = jobs_list(&m, jobs, DEMO_TOPICS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (jobs[i].script) demo_make_script(&m, jobs[i].script, jobs[i].at);
		else demo_make_pattern(&m, jobs[i].pattern, jobs[i].variant, jobs[i].at);
	}
	if (m.full) return fail(cx, ST_TOO_LARGE, "the demo texts outgrew the tables of the plan");
	*ret_plan = plan;
	return ST_OK;
}
