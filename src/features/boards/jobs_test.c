// SPDX-License-Identifier: AGPL-3.0-or-later
// When cells are made anew: when there are none, when they are of another history or of other rules, when they are old and
// something happened; and not otherwise.
#include "boards/boards.h"
#include "boards/jobs.h"
#include "community/model_testkit.h"

#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct Sealing {
	Town *t;
	Site site;
	const char *path;
	uint64_t inode;
} Sealing;

// Runs the job; was the file replaced?
static bool made_anew(Sealing *s)
{
	struct stat st;
	s->t->cx->site = &s->site;
	assert_ok(s->t->cx, boards_jobs[0].run(s->t->cx, s->t->store, S("{}")));
	assert_int_equal(stat(s->path, &st), 0);
	bool fresh = (uint64_t)st.st_ino != s->inode;
	s->inode = (uint64_t)st.st_ino;
	return fresh;
}

static void say_something(Sealing *s)
{
	Id topic, opening;
	s->t->cx->actor = &s->t->asking;
	assert_ok(s->t->cx, town_ask(s->t, S("Is the kettle dishwasher safe?"), S("kettle"), S("It says nothing."), &topic,
								 &opening));
	s->t->cx->actor = NULL;
}

static void seal_again_and_again(Town *t)
{
	Sealing s = {.t = t,
				 .site.cells = str_format(t->cx->arena, "%s/jobs-%d.cells", test_dir(), (int)store_engine(t->store))};
	s.path = str_z(t->cx->arena, s.site.cells);
	Time now = t->cx->now_ms;
	say_something(&s);
	t->cx->now_ms = now + TIME_MINUTE_MS; // facts have settled
	assert_true(made_anew(&s));
	assert_false(made_anew(&s));
	say_something(&s);
	assert_false(made_anew(&s));                  // one fact more is read when a board is drawn
	t->cx->now_ms = time_now() + 2 * TIME_DAY_MS; // the file's age is of the wall clock
	assert_true(made_anew(&s));
	assert_false(made_anew(&s));
	assert_int_equal(truncate(s.path, 100), 0); // damaged
	assert_true(made_anew(&s));
	unlink(s.path);
	t->cx->site = NULL;
	t->cx->now_ms = now;
	s.site.cells = str_none(); // no data directory: nothing to do
	t->cx->site = &s.site;
	assert_ok(t->cx, boards_jobs[0].run(t->cx, t->store, S("{}")));
	t->cx->site = NULL;
}
static const MigrationSet MORE[] = {{attention_migrations, 1}, {reputation_migrations, 7}};
TEST(boards_are_sealed_when_it_is_worth_it) { test_towns_with(MORE, COUNTOF(MORE), seal_again_and_again); }
