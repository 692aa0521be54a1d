// SPDX-License-Identifier: AGPL-3.0-or-later
// Boards against counting by hand: random deeds in a small town, cells sealed at some moment, and every window, area and
// metric must equal a walk through all facts. On both engines.
#include "boards/boards.h"
#include "boards/moves.h"
#include "community/model_testkit.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEEDS 90
#define TOPICS_MAX 20
#define POSTS_MAX 60

typedef struct Life {
	Town *t;
	Id topics[TOPICS_MAX], posts[POSTS_MAX], garden;
	size_t topics_n, posts_n;
	uint64_t seed;
	Time start;
} Life;

static uint32_t below(Life *l, uint32_t n)
{
	l->seed = l->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(l->seed >> 33) % n;
}

static void let(Life *l, Status st) // what is not allowed just does not happen
{
	(void)st;
	fail_clear(l->t->cx);
}

static void write_something(Life *l)
{
	Town *t = l->t;
	Id opening, post;
	static const Str TAGS[] = {S_INIT("kettle"), S_INIT("kettle scale"), S_INIT("scale lamp"), S_INIT("")};
	if (l->topics_n < TOPICS_MAX && (!l->topics_n || below(l, 3) == 0)) {
		TopicNew topic = {.space_id = below(l, 2) ? t->space : l->garden,
						  .author_id = t->cx->actor->id,
						  .title = S("What is it with this kettle?"),
						  .tags = TAGS[below(l, COUNTOF(TAGS))],
						  .text.source = S("It whistles.")};
		assert_ok(t->cx, town_topic(t, &topic, &l->topics[l->topics_n], &opening));
		l->topics_n++;
		if (l->posts_n < POSTS_MAX) l->posts[l->posts_n++] = opening;
	} else if (l->posts_n < POSTS_MAX &&
			   town_answer(t, l->topics[below(l, (uint32_t)l->topics_n)], S("Try vinegar."), &post) == ST_OK)
		l->posts[l->posts_n++] = post;
}

static void do_something(Life *l)
{
	Town *t = l->t;
	Actor *who[] = {&t->asking, &t->strange, &t->moderating};
	Id post, made;
	t->cx->actor = who[below(l, 3)];
	t->cx->now_ms += below(l, 9) ? (Time)below(l, 86400) * 1000 : 20 * TIME_DAY_MS;
	if (!l->topics_n || below(l, 3) == 0) {
		write_something(l);
		return;
	}
	post = l->posts[below(l, (uint32_t)l->posts_n)];
	switch (below(l, 8)) {
	case 0:
	case 1: let(l, town_accept(t, post, below(l, 3) != 0)); break;
	case 2:
	case 3: let(l, town_vote(t, post, (int)below(l, 3) - 1)); break;
	case 4: let(l, town_comment(t, post, S("Thanks, that was it."), &made)); break;
	case 5: let(l, town_mark(t, MARK_WORKED, post, below(l, 3) != 0)); break;
	case 6: let(l, town_delete(t, post, below(l, 3) == 0)); break;
	default: let(l, town_report(t, post, REPORT_WRONG, S("see there"))); break;
	}
}

// All facts, one after another.
static int64_t by_hand(Ctx *cx, Db *db, const CellsWindow *w, Str area, Id member)
{
	RepLog *log;
	uint64_t *kept;
	BoardMove moves[BOARD_MOVES_MAX];
	int64_t sum = 0;
	assert_ok(cx, rep_log_load(cx, db, &(RepScope){0}, &log));
	assert_ok(cx, board_kept(cx, log, &kept));
	IdMap pairs = idmap_init(cx->arena, 0);
	uint32_t number = idmap_find(&log->member_of, member);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		int32_t day = rep_day(f->at_ms);
		size_t areas_n, moves_n = board_moves(f, kept, moves);
		const uint32_t *areas = rep_areas_of(log, f, &areas_n);
		bool here = !area.n && day >= w->from && day < w->until;
		for (size_t k = 0; k < areas_n && day >= w->from && day < w->until; k++)
			here |= area.n && str_eq(log->areas[areas[k]].name, str_sub(area, 1, area.n)) &&
					log->areas[areas[k]].is_space == (area.p[0] == '/');
		for (size_t k = 0; here && k < moves_n; k++) {
			if (moves[k].metric != w->metric || moves[k].member != number) continue;
			if (w->metric != BOARD_HELPED) sum++;
			else sum += !(*idmap_at(&pairs, moves[k].other))++;
		}
	}
	return sum;
}

static void check_window(Life *l, const BoardSource *s, Db *db, CellsWindow w, Str area)
{
	Ctx *cx = l->t->cx;
	w.area = board_source_area(s, area);
	size_t n = board_source_members(s);
	int64_t *sums = ARENA_NEW(cx->arena, int64_t, n + 1);
	if (w.metric == BOARD_HELPED) assert_ok(cx, board_helped(cx, s, &w, NULL, sums));
	else board_sum(s, &w, sums);
	for (uint32_t m = 1; m <= n; m++) {
		int64_t picked = 0, should = by_hand(cx, db, &w, area, board_source_id(s, m));
		if (sums[m] != should)
			fail_msg("metric %u in \"%.*s\", days %d to %d: member %u has %lld, by hand %lld", w.metric, STR(area),
					 w.from, w.until, m, (long long)sums[m], (long long)should);
		if (w.metric == BOARD_HELPED) continue;
		board_pick(s, &w, &m, 1, &picked);
		assert_int_equal(picked, should);
	}
}

static void check_all(Life *l)
{
	Ctx *cx = l->t->cx;
	static const Str AREAS[] = {S_INIT(""), S_INIT("#kettle"), S_INIT("#scale"), S_INIT("/help"), S_INIT("/garden")};
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, l->t->store, &db));
	AUTO(BoardSource) s = NULL;
	assert_ok(cx, board_source_open(cx, db, &s));
	ArenaMark mark = arena_mark(cx->arena);
	for (uint32_t metric = 0; metric < BOARD_CREDIT; metric++)
		for (int i = 0; i < 4; i++) {
			int32_t first = rep_day(l->start), days = rep_day(cx->now_ms) - first + 1;
			int32_t from = first + (int32_t)below(l, (uint32_t)days);
			CellsWindow w = {.metric = metric,
							 .from = i ? from : first,
							 .until = i ? from + 1 + (int32_t)below(l, 100) : first + days};
			check_window(l, s, db, w, AREAS[i ? below(l, COUNTOF(AREAS)) : 0]);
			arena_rewind(cx->arena, mark);
		}
}

static size_t file_bytes(Ctx *cx, const char *path, char **ret)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	*ret = arena_alloc(cx->arena, (size_t)st.st_size, 1);
	assert_int_equal(read(fd, *ret, (size_t)st.st_size), st.st_size);
	close(fd);
	return (size_t)st.st_size;
}

static void live(Town *t)
{
	static uint64_t seeds;
	Ctx *cx = t->cx;
	Life *l = ARENA_NEW(cx->arena, Life, 1);
	*l = (Life){.t = t, .seed = 11 + seeds++, .start = cx->now_ms};
	Site site = {.cells = str_format(cx->arena, "%s/boards-%d.cells", test_dir(), (int)l->seed)};
	assert_ok(cx, town_space(t, &(SpaceNew){.slug = S("garden"), .title = S("Garden"), .style = STYLE_COLLABORATIVE},
							 &l->garden));
	cx->site = &site;
	for (int i = 0; i < DEEDS; i++) do_something(l);
	check_all(l); // nothing is sealed
	assert_ok(cx, board_seal_store(cx, t->store, site.cells));
	check_all(l);
	for (int i = 0; i < DEEDS / 3; i++) do_something(l);
	check_all(l); // sealed, and what came after
	cx->now_ms += TIME_DAY_MS;
	assert_ok(cx, board_seal_store(cx, t->store, site.cells));
	char *one, *two;
	size_t n = file_bytes(cx, str_z(cx->arena, site.cells), &one);
	check_all(l);
	cx->now_ms += TIME_HOUR_MS;
	assert_ok(cx, board_seal_store(cx, t->store, site.cells)); // again: the same bytes
	assert_int_equal(file_bytes(cx, str_z(cx->arena, site.cells), &two), n);
	assert_memory_equal(one, two, n);
	unlink(str_z(cx->arena, site.cells));
	cx->site = NULL;
	cx->actor = NULL;
}
static const MigrationSet MORE[] = {{attention_migrations, 1}, {reputation_migrations, 8}};
TEST(boards_equal_counting_by_hand) { test_towns_with(MORE, COUNTOF(MORE), live); }
