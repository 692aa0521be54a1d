// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps what emerged of each space, so that a page only reads it: a job looks at a quarter of a space at a time.
#include "trends/trends.h"

#include "core/job.h"
#include "trends/feature.h"

#define WEEK_MS (7 * TIME_DAY_MS)
#define EVERY_MS (10 * TIME_MINUTE_MS)
#define STEP_MS (13 * WEEK_MS)
#define BACK_MS (26 * WEEK_MS)      // background before the first week of a step
#define WORK_NS INT64_C(2000000000) // CPU time after which other jobs have their turn
#define QUEUE S("trends.weeks")

typedef struct Step {
	const TrendDueRow *space;
	const Trends *found;
	Time from, until, done;
	bool whole; // nothing is left of the space
} Step;

static Time week_of(Time t) { return t - ((t / TIME_DAY_MS + 3) % 7) * TIME_DAY_MS - t % TIME_DAY_MS; }

static Str examples_of(Arena *a, const Trends *t, const RisingPhrase *p)
{
	Buf b = buf_init(a, 64, 256);
	for (uint32_t i = 0; i < p->examples_n; i++) {
		if (i) buf_char(&b, ' ');
		buf_id(&b, t->posts[p->examples[i]].id);
	}
	return buf_view(&b);
}

static Status store_step(Ctx *cx, Tx *tx, void *arg)
{
	const Step *s = arg;
	Id space = s->space->id;
	TRY(trend_clear(cx, tx, &(TrendClearArgs){.space_id = space, .from = s->from, .until = s->until}));
	for (size_t i = 0; i < s->found->answer.n; i++) {
		const PhrasePeriod *week = &s->found->answer.v[i];
		for (size_t k = 0; k < week->n; k++) {
			const RisingPhrase *p = &week->v[k];
			TRY(trend_put(cx, tx,
						  &(TrendPutArgs){.space_id = space,
										  .week_ms = week->from_ms,
										  .place = (int64_t)k,
										  .phrase = p->text,
										  .posts = p->posts,
										  .authors = p->authors,
										  .expected_centi = p->expected_centi,
										  .examples = examples_of(cx->arena, s->found, p)}));
		}
	}
	return trend_state_put(cx, tx,
						   &(TrendStatePutArgs){.space_id = space,
												.first_ms = s->space->first_ms,
												.until_ms = s->done,
												.posts_n = s->whole ? s->space->posts_n : -1});
}

// A quarter from where the space was left, or the week that still grows.
static Status step(Ctx *cx, Store *store, const TrendDueRow *space)
{
	bool anew = !space->until_ms || space->was_first_ms != space->first_ms;
	Time now = week_of(cx->now_ms), from = week_of(anew ? space->first_ms : space->until_ms);
	Step s = {.space = space, .from = i64_min(from, now)};
	s.until = i64_min(s.from + STEP_MS, now + WEEK_MS);
	s.done = i64_min(s.until, now);
	s.whole = s.until > now;
	Trends found;
	TrendQuestion q = {.space_id = space->id,
					   .by = PHRASES_BY_WEEK,
					   .top = TRENDS_A_WEEK,
					   .from_ms = s.from,
					   .until_ms = s.until,
					   .back_ms = BACK_MS};
	{
		AUTO(Db) db = NULL;
		TRY(db_begin(cx, store, &db));
		Status found_st = trends_find(cx, db, &q, &found);
		if (found_st == ST_TOO_LARGE) found.answer.n = 0; // more was written than can be held against each other
		else TRY(found_st);
	}
	s.found = &found;
	Status st = store_write(cx, store, store_step, &s);
	arena_free(found.room);
	return st;
}

static Status next(Ctx *cx, Store *store, TrendDueRow *ret_space, bool *ret_due)
{
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	return trend_due(cx, db, &(TrendDueArgs){.week = week_of(cx->now_ms)}, ret_space, ret_due);
}

static Status go_on(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return job_enqueue(cx, tx, QUEUE, S("{}"), 0);
}

Status trends_update(Ctx *cx, Store *store, int64_t work_ns, bool *ret_more)
{
	int64_t begun = time_thread_cpu_ns();
	do {
		TrendDueRow space;
		TRY(next(cx, store, &space, ret_more));
		if (!*ret_more) return ST_OK;
		TRY(step(cx, store, &space));
	} while (time_thread_cpu_ns() - begun < work_ns);
	return ST_OK;
}

static Status job(Ctx *cx, Store *store, Str payload)
{
	bool more;
	(void)payload;
	TRY(trends_update(cx, store, WORK_NS, &more));
	return more ? store_write(cx, store, go_on, NULL) : ST_OK;
}

Feature trends_feature(void)
{
	static const JobKind JOBS[] = {{.queue = "trends.weeks", .run = job, .every_ms = EVERY_MS}};
	return (Feature){.name = "trends",
					 .migrations = trends_migrations,
					 .migrations_n = &trends_migrations_n,
					 .jobs = JOBS,
					 .jobs_n = COUNTOF(JOBS)};
}
