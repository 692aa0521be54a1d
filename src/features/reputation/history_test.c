// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed history and what came since are the history that the tables have, however often it is sealed, whatever happens to what
// is sealed already; and a file that is damaged, half written or another one's is as good as none.
#include "community/life_testkit.h"
#include "history.h"
#include "reputation/story_testkit.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROUNDS 12
#define STEPS 25

typedef struct Life {
	TownLife life;
	Town *t;
	Str path;
} Life;

static RepLog *load(Life *l, Str history)
{
	AUTO(Db) db = NULL;
	RepLog *log;
	assert_ok(l->t->cx, db_begin(l->t->cx, l->t->store, &db));
	assert_ok(l->t->cx, rep_log_load(l->t->cx, db, &(RepScope){.history = history}, &log));
	return log;
}

static void assert_same(Life *l)
{
	AUTO(Db) db = NULL;
	int64_t differing;
	assert_ok(l->t->cx, db_begin(l->t->cx, l->t->store, &db));
	assert_ok(l->t->cx, rep_history_check(l->t->cx, db, l->path, &differing));
	assert_int_equal(differing, 0);
}

// Everybody's scores, from the tables alone and from what was sealed: the same bytes.
static void assert_scored_alike(Life *l)
{
	Ctx *cx = l->t->cx;
	Ruleset *rules;
	RepScores *all, *sealed;
	RepAsOf as_of = {.day = rep_day(cx->now_ms)};
	assert_ok(cx, rules_pack(cx, S("support-default"), &rules));
	assert_ok(cx, rep_score(cx, load(l, str_none()), rules, &as_of, &all));
	assert_ok(cx, rep_score(cx, load(l, l->path), rules, &as_of, &sealed));
	assert_scores_equal(all, sealed, rules->metrics_n);
}

static Id sealed_until(Life *l)
{
	AUTO(RepHistory) h = NULL;
	Status st = rep_history_open(l->t->cx, l->path, &h);
	fail_clear(l->t->cx);
	return st == ST_OK ? h->head->cursor : 0;
}

static void live_and_seal(Life *l)
{
	Id before = 0;
	for (size_t round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < STEPS; i++) town_life_step(&l->life);
		if (round == ROUNDS / 2) // somebody was interrupted while writing
			close(
				open(str_z(test_arena(), str_format(test_arena(), "%.*s.new", STR(l->path))), O_RDWR | O_CREAT, 0600));
		l->t->cx->now_ms += 2 * TIME_HOUR_MS;
		assert_same(l);
		assert_ok(l->t->cx, rep_history_keep(l->t->cx, load(l, l->path), 1));
		assert_true(sealed_until(l) > before);
		before = sealed_until(l);
		assert_same(l);
		assert_scored_alike(l);
	}
	assert_ok(l->t->cx, rep_history_keep(l->t->cx, load(l, l->path), 1)); // nothing came since
	assert_int_equal(sealed_until(l), before);
}

static void change_byte(const char *path, off_t at)
{
	unsigned char c;
	int fd = open(path, O_RDWR);
	assert_int_equal(pread(fd, &c, 1, at), 1);
	c ^= 4;
	assert_int_equal(pwrite(fd, &c, 1, at), 1);
	close(fd);
}

// From the tables, since the file is not what was written.
static void assert_refused(Life *l)
{
	assert_int_equal(load(l, l->path)->places->sealed_n, 0);
	assert_scored_alike(l);
}

static void damage(Life *l)
{
	const char *path = str_z(test_arena(), l->path);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_true(load(l, l->path)->places->sealed_n > 0);
	for (size_t i = 0; i < 40; i++) {
		off_t at = (off_t)town_life_below(&l->life, (size_t)st.st_size);
		change_byte(path, at);
		RepLog *log = load(l, l->path); // what lies between sections is read by nobody
		if (log->places->sealed_n) assert_same(l);
		change_byte(path, at);
	}
	change_byte(path, (off_t)sizeof(RepHistoryHeader)); // the first fact
	assert_refused(l);
	assert_int_equal(truncate(path, st.st_size / 2), 0);
	assert_refused(l);
	assert_int_equal(truncate(path, 0), 0);
	assert_refused(l);
}

// The newest fact in it is none of this journal: a backup was restored.
static void foreign(Life *l)
{
	RepLog *log = load(l, l->path);
	assert_ok(l->t->cx, rep_history_write(l->t->cx, log, log->facts[log->facts_n - 1].id + 1, l->path));
	assert_refused(l);
}

static void live(Town *t)
{
	Life l = {.t = t, .life = {.t = t, .seed = 77, .pause_ms = TIME_HOUR_MS / 4}};
	l.path = str_format(t->cx->arena, "%s/history-%d", test_dir(), (int)store_engine(t->store));
	unlink(str_z(test_arena(), l.path));
	town_life_join(&l.life);
	town_life_join(&l.life);
	live_and_seal(&l);
	damage(&l);
	assert_ok(t->cx, rep_history_keep(t->cx, load(&l, l.path), 1));
	assert_true(sealed_until(&l) > 0);
	foreign(&l);
	t->cx->actor = NULL;
}
static const MigrationSet MORE[] = {{reputation_migrations, 6}};
TEST(a_sealed_history_and_what_came_since_are_the_history) { test_towns_with(MORE, 1, live); }
