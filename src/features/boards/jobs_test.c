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
static void tagged(Town *t, Str tags, Id *ret_opening)
{
	Id topic;
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("What is it for?"), tags, S("It does not say."), &topic, ret_opening));
}

static Str sealed_bytes(Town *t, Site *site, Str history)
{
	Cells *c;
	site->history = history;
	t->cx->site = site;
	assert_ok(t->cx, board_seal_store(t->cx, t->store, site->cells));
	t->cx->site = NULL;
	assert_ok(t->cx, cells_open(t->cx, site->cells, &c));
	Str bytes = str_copy(t->cx->arena, (Str){(const char *)c->p, c->bytes});
	cells_close(c);
	return bytes;
}

// The same facts give the same bytes, also where most of them come from a sealed history and new tags came since.
static void seal_from_history(Town *t)
{
	int engine = (int)store_engine(t->store);
	Site site = {.cells = str_format(t->cx->arena, "%s/bytes-%d.cells", test_dir(), engine)};
	Str history = str_format(t->cx->arena, "%s/bytes-%d.history", test_dir(), engine);
	Id first, other;
	tagged(t, S("toaster mesh"), &first);
	tagged(t, S("kettle"), &other);
	t->cx->now_ms += 2 * TIME_HOUR_MS;
	RepLog *log;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, rep_log_load(t->cx, db, &(RepScope){.history = history}, &log));
	assert_ok(t->cx, rep_history_keep(t->cx, log, 1));
	db_end(db);
	db = NULL;
	tagged(t, S("zebra"), &other);
	tagged(t, S("anvil kettle"), &other);
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = first,
											  .title = S("What is it good for?"),
											  .tags = S("lamp toaster"),
											  .text.source = S("It does not say so.")}));
	t->cx->actor = NULL;
	t->cx->now_ms += TIME_MINUTE_MS; // facts have settled
	assert_int_equal(access(str_z(t->cx->arena, history), R_OK), 0);
	Str all = sealed_bytes(t, &site, str_none()), most = sealed_bytes(t, &site, history);
	assert_true(str_eq(all, most));
}

static const MigrationSet MORE[] = {{attention_migrations, 1}, {reputation_migrations, 8}};
TEST(boards_are_sealed_when_it_is_worth_it) { test_towns_with(MORE, COUNTOF(MORE), seal_again_and_again); }
TEST(boards_sealed_from_a_sealed_history_are_the_same_bytes)
{
	test_towns_with(MORE, COUNTOF(MORE), seal_from_history);
}
