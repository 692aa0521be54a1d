// SPDX-License-Identifier: AGPL-3.0-or-later
// Boards of a real community: the contributor numbers that the handbook of reputation gives (4.5), and lists whose every
// row has the evidence that its list asks for. Skips without ../shared/data.
#include "boards/boards.h"
#include "community/community.h"
#include "core/store_testkit.h"
#include "stackexchange/stackexchange.h"
#include "superusers/superusers.h"

#include "test.h"

#include <unistd.h>

static int64_t *sums(Ctx *cx, const BoardSource *s, const uint32_t *metrics, size_t n)
{
	int64_t *v = ARENA_NEW(cx->arena, int64_t, board_source_members(s) + 1);
	for (size_t i = 0; i < n; i++) board_sum(s, &(CellsWindow){.from = 0, .until = 40000, .metric = metrics[i]}, v);
	return v;
}

static void split(Ctx *cx, const BoardSource *s)
{
	static const uint32_t POSTS[] = {BOARD_TOPICS, BOARD_ANSWERS}, ANSWERS[] = {BOARD_ANSWERS};
	BoardSplit b = board_split(cx->arena, sums(cx, s, POSTS, 2), sums(cx, s, ANSWERS, 1), board_source_members(s));
	assert_int_equal(b.contributors, 332);
	assert_int_equal(b.gini, 694);
	assert_int_equal(b.top1, 211);
	assert_int_equal(b.top10, 649);
	assert_int_equal(b.half * 10000 / b.contributors, 481); // 4.82 %
	assert_int_equal(b.absence_factor, 9);
	assert_int_equal(b.answerers, 171);
}

static void lists(Ctx *cx, Db *db, const BoardSource *s)
{
	Superusers u;
	cx->now_ms = 17776 * TIME_DAY_MS; // 2 September 2018, when the dump ends
	assert_ok(cx, board_superusers(cx, db, s, &u));
	assert_true(u.active > 332);
	assert_true(u.established.n >= 3 && u.established.n <= (size_t)(u.active / 100 + 1));
	for (size_t i = 0; i < u.established.n; i++) {
		const SuperRow *r = &u.established.v[i];
		assert_true(r->accepted >= SUPER_ACCEPTED_MIN && r->helped >= SUPER_HELPED_MIN);
		assert_true(!i || r->credit <= r[-1].credit);
	}
	for (size_t i = 0; i < u.quiet.n; i++) assert_true(u.quiet.v[i].share.known && u.quiet.v[i].share.low > 300);
	for (size_t i = 0; i < u.at_risk.n; i++) assert_true(u.at_risk.v[i].recent < u.at_risk.v[i].usual);
	assert_true(u.sole.n > 0);
	for (size_t i = 0; i < u.sole.n; i++) {
		const SuperArea *a = &u.sole.v[i];
		assert_true(a->of >= SUPER_SOLE_MIN && a->accepted * 100 >= a->of * SUPER_SOLE_PERCENT);
		assert_true(a->who.handle.n && a->next[0].id != a->who.id);
	}
}

static void real(Ctx *cx, Store *store)
{
	SeAccount account;
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = str_from(test_dump())}, &account));
	Site site = {.cells = str_format(cx->arena, "%s/quantum.cells", test_dir())};
	cx->site = &site;
	for (int sealed = 0; sealed < 2; sealed++) {
		AUTO(Db) db = NULL;
		AUTO(BoardSource) s = NULL;
		assert_ok(cx, db_begin(cx, store, &db));
		assert_ok(cx, board_source_open(cx, db, &s));
		split(cx, s);
		lists(cx, db, s);
		if (!sealed) assert_ok(cx, board_seal_store(cx, store, site.cells));
	}
	unlink(str_z(cx->arena, site.cells)); // the other engine begins anew
	cx->site = NULL;
}

TEST(app_boards_of_a_real_community)
{
	if (!test_dump()) SKIP("no ../shared/data");
	const MigrationSet sets[] = {{members_migrations, members_migrations_n},
								 {community_migrations, community_migrations_n},
								 {attention_migrations, attention_migrations_n},
								 {reputation_migrations, 8}};
	test_stores(sets, COUNTOF(sets), real);
}
