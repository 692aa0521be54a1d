// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed history and what came since are the history that the tables have, however often it is sealed, whatever happens to what
// is sealed already; and a file that is damaged, half written or another one's is as good as none.
#include "community/model_testkit.h"
#include "history.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PEOPLE 6
#define ROUNDS 12
#define STEPS 25

typedef struct Life {
	Town *t;
	uint64_t seed;
	Actor people[PEOPLE];
	Id topics[60], openings[60], posts[200];
	size_t people_n, topics_n, posts_n;
	Str path;
} Life;

static size_t below(Life *l, size_t n)
{
	l->seed ^= l->seed << 13;
	l->seed ^= l->seed >> 7;
	l->seed ^= l->seed << 17;
	return (size_t)(l->seed >> 33) % n;
}

static void join(Life *l)
{
	Str handle = str_format(test_arena(), "person%zu", l->people_n);
	Role role = l->people_n ? ROLE_MEMBER : ROLE_MODERATOR;
	if (l->people_n < PEOPLE) l->people[l->people_n++] = town_join(l->t, handle, role, AFFILIATION_CUSTOMER);
}

static void write_something(Life *l)
{
	static const char *const TAGS[] = {"kettle", "kettle scale", "toaster", ""};
	if (l->topics_n < COUNTOF(l->topics) && (!l->topics_n || !below(l, 4))) {
		Str title = str_format(test_arena(), "Why is it so, number %zu?", l->topics_n);
		assert_ok(l->t->cx, town_ask(l->t, title, str_from(TAGS[below(l, COUNTOF(TAGS))]), S("It *whistles*."),
									 &l->topics[l->topics_n], &l->openings[l->topics_n]));
		l->topics_n++;
	} else if (l->posts_n < COUNTOF(l->posts)) {
		Str text = str_format(test_arena(), "Answer %zu: vinegar.", l->posts_n);
		if (town_answer(l->t, l->topics[below(l, l->topics_n)], text, &l->posts[l->posts_n]) == ST_OK) l->posts_n++;
	}
}

// One deed by somebody; what the community refuses is no deed.
static void step(Life *l)
{
	Ctx *cx = l->t->cx;
	Id post = l->posts_n ? l->posts[below(l, l->posts_n)] : 0, comment;
	Id opening = l->topics_n ? l->openings[below(l, l->topics_n)] : 0;
	cx->actor = &l->people[below(l, l->people_n)];
	cx->now_ms += (Time)below(l, TIME_HOUR_MS / 4);
	Status st = ST_OK;
	switch (below(l, 12)) {
	case 0:
	case 1:
	case 2: write_something(l); break;
	case 3:
	case 4:
	case 5: st = town_vote(l->t, below(l, 3) ? post : opening, (int)below(l, 3) - 1); break;
	case 6:
		for (size_t i = 0; i < l->people_n && (!i || st != ST_OK); i++) {
			cx->actor = &l->people[i];
			st = town_accept(l->t, post, below(l, 4) != 0);
		}
		break;
	case 7: st = town_mark(l->t, MARK_WORKED, post, below(l, 3) != 0); break;
	case 8: st = town_comment(l->t, post, S("Thanks"), &comment); break;
	case 9:
		cx->actor = &l->people[0];
		st = town_delete(l->t, below(l, 4) ? post : opening, below(l, 2) != 0);
		break;
	case 10: join(l); break;
	default:
		st = town_edit(
			l->t, &(PostEdit){
					  .post_id = opening, .title = S("Another title?"), .tags = S("toaster"), .text.source = S("No.")});
		break;
	}
	(void)st;
	fail_clear(cx);
}

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
	assert_int_equal(all->n, sealed->n);
	assert_memory_equal(&all->v[1], &sealed->v[1], all->n * sizeof all->v[1]);
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
		for (size_t i = 0; i < STEPS; i++) step(l);
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
		off_t at = (off_t)below(l, (size_t)st.st_size);
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
	Life l = {.t = t, .seed = 77};
	l.path = str_format(t->cx->arena, "%s/history-%d", test_dir(), (int)store_engine(t->store));
	unlink(str_z(test_arena(), l.path));
	join(&l);
	join(&l);
	live_and_seal(&l);
	damage(&l);
	assert_ok(t->cx, rep_history_keep(t->cx, load(&l, l.path), 1));
	assert_true(sealed_until(&l) > 0);
	foreign(&l);
	t->cx->actor = NULL;
}
static const MigrationSet MORE[] = {{reputation_migrations, 6}};
TEST(a_sealed_history_and_what_came_since_are_the_history) { test_towns_with(MORE, 1, live); }
