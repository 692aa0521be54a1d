// SPDX-License-Identifier: AGPL-3.0-or-later
// What a profile says: written by its member, rendered like a post, bounded; reported once by each, cleared by moderators.
#include "about/about.h"
#include "app/access_testkit.h"
#include "community/model_testkit.h"
#include "core/store_testkit.h"
#include "members/members.h"

#include "test.h"

static void open_site(World *w)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	world_open(w, features, n, 0);
}

static Str ask(World *w, Who who, const char *target, Str body, int want)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Asking q = {.as = &w->who[who], .target = str_from(target)};
	if (body.p) {
		q.method = HTTP_POST;
		q.body = body;
		q.type = WORLD_URLENCODED;
		q.origin = WORLD_ORIGIN;
		if (q.as->session.n) q.csrf = world_csrf(w, q.as);
	}
	const HttpReply *reply = world_ask(w, a, &q);
	if (reply->status != want) fail_msg("%s as %s: %d", target, q.as->name, reply->status);
	return str_copy(test_arena(), reply->body);
}

static Str get(World *w, Who who, const char *target) { return ask(w, who, target, str_none(), 200); }
static bool has(Str body, const char *words) { return str_find(body, str_from(words), &(size_t){0}); }

#define MINE "/settings/about"
#define TYPED "body=I+mend+*kettles*.%0A%0A%3Cscript%3Ealert(1)%3C%2Fscript%3E+%5Bx%5D(javascript:alert(1))"

static void written(World *w)
{
	open_site(w);
	ask(w, WHO_ASKER, MINE, S(TYPED), 303);
	Str profile = get(w, WHO_GUEST, "/m/asker");
	assert_true(has(profile, "I mend <em>kettles</em>.") && has(profile, "&lt;script&gt;alert(1)"));
	assert_false(has(profile, "<script>alert") || has(profile, "javascript:alert(1)\""));
	assert_true(has(get(w, WHO_ASKER, MINE), "I mend *kettles*.")); // as typed
	assert_false(has(get(w, WHO_MEMBER, MINE), "kettles"));
	// What the preview shows is what stands there.
	assert_true(has(ask(w, WHO_ASKER, "/preview", S(TYPED), 200), "I mend <em>kettles</em>."));

	Buf longer = buf_init(test_arena(), ABOUT_MAX_BYTES + 64, ABOUT_MAX_BYTES + 64);
	buf_z(&longer, "body=begin");
	while (longer.n < ABOUT_MAX_BYTES + 10) buf_char(&longer, 'x');
	Str refused = ask(w, WHO_ASKER, MINE, buf_view(&longer), 422);
	assert_true(has(refused, "At most 2,000 letters") && has(refused, "beginxxx")); // kept
	assert_true(has(get(w, WHO_GUEST, "/m/asker"), "I mend <em>kettles</em>."));
	ask(w, WHO_ASKER, MINE, S("body=++"), 303);
	assert_false(has(get(w, WHO_GUEST, "/m/asker"), "kettles"));
	ask(w, WHO_GUEST, MINE, S(TYPED), 303); // to sign in
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM about"), 0);
}
TEST(about_is_written_by_its_member_and_safe) { test_worlds(written); }

static int64_t open_reports(World *w)
{
	return town_number(w->t, "SELECT count(*) AS n FROM report WHERE closed_at IS NULL AND subject_type = 1");
}

static void moderated(World *w)
{
	open_site(w);
	ask(w, WHO_ASKER, MINE, S("body=Buy+my+kettles"), 303);
	assert_true(has(get(w, WHO_MEMBER, "/m/asker/report"), "Buy my kettles")); // what it is about
	ask(w, WHO_MEMBER, "/m/asker/report", S("note=An+advert+%3Cb%3E"), 303);
	ask(w, WHO_MEMBER, "/m/asker/report", S("note=again"), 303);
	assert_int_equal(open_reports(w), 1);
	assert_true(has(get(w, WHO_MEMBER, "/m/asker/report"), "Your report is with the moderators"));
	ask(w, WHO_HELPER, "/m/asker/report", S("note="), 303);
	assert_int_equal(open_reports(w), 2);
	ask(w, WHO_MEMBER, "/reports", str_none(), 403);
	Str list = get(w, WHO_MODERATOR, "/reports");
	assert_true(has(list, "Buy my kettles") && has(list, "An advert &lt;b&gt;") && !has(list, "again"));

	assert_true(has(get(w, WHO_MEMBER, "/me/data"), "Profiles you reported</dt><dd>1<"));
	assert_true(has(get(w, WHO_ASKER, "/me/data"), "Reports of your profile</dt><dd>2<")); // and not by whom
	assert_false(has(get(w, WHO_ASKER, "/me/data"), "An advert"));

	ask(w, WHO_MEMBER, "/m/asker/about/clear", S(""), 403);
	ask(w, WHO_MODERATOR, "/m/asker/about/clear", S(""), 303);
	assert_false(has(get(w, WHO_GUEST, "/m/asker"), "Buy my kettles"));
	assert_true(open_reports(w) == 0 && has(get(w, WHO_MODERATOR, "/reports"), "Nothing is waiting"));
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM audit WHERE action = 'about'"), 1);
	assert_false(has(get(w, WHO_ASKER, MINE), "Buy my kettles"));

	ask(w, WHO_MEMBER, "/m/asker/report", S("note=the+name"), 303); // dealt with, so the next one counts
	Str page = get(w, WHO_MODERATOR, "/reports"), close;
	size_t at = 0;
	assert_true(str_find(page, S("action=\"/reports/"), &at));
	str_cut(str_sub(page, at + 8, page.n), '"', &close);
	ask(w, WHO_MODERATOR, str_z(test_arena(), close), S(""), 303);
	ask(w, WHO_MODERATOR, str_z(test_arena(), close), S(""), 303); // a second press finds it dealt with
	ask(w, WHO_MODERATOR, "/reports/zzzzzzzzzzz/close", S(""), 404);
	assert_int_equal(open_reports(w), 0);
}
TEST(about_is_reported_once_and_cleared_by_moderators) { test_worlds(moderated); }

// --- reports of before, in a table of their own ---------------------------------------------------------------------------

static Status insert_before(Ctx *cx, Tx *tx, void *arg)
{
	static const char *const INTO =
		"INSERT INTO profile_report (id, member_id, reporter_id, note, at_ms, closed_at) VALUES "
		"(1, 7, 8, 'An advert', 100, NULL), (2, 7, 9, NULL, 200, NULL), (3, 7, 8, 'old', 50, 60)";
	static const DbQuery PROFILES = {.name = "profiles_before", .lite = INTO, .pg = INTO, .writes = true};
	static const char *const POST =
		"INSERT INTO report (id, post_id, reporter_id, why, at_ms) VALUES (4, 7, 8, 2, 300)";
	static const DbQuery POSTS = {.name = "posts_before", .lite = POST, .pg = POST, .writes = true};
	(void)arg;
	TRY(tx_exec(cx, tx, &PROFILES, NULL, NULL));
	return tx_exec(cx, tx, &POSTS, NULL, NULL);
}

static void moved(Ctx *cx, Store *store)
{
	const MigrationSet all[] = {{core_migrations, core_migrations_n},
								{members_migrations, members_migrations_n},
								{community_migrations, community_migrations_n},
								{about_migrations, about_migrations_n}};
	assert_ok(cx, store_write(cx, store, insert_before, NULL));
	assert_ok(cx, store_migrate(cx, store, all, COUNTOF(all)));
	static const struct {
		const char *sql;
		int64_t n;
	} ROWS[] = {
		{"SELECT count(*) AS n FROM report", 4},
		{"SELECT count(*) AS n FROM report WHERE subject_type = 1 AND subject_id = 7 AND why = 0", 3},
		{"SELECT count(*) AS n FROM report WHERE closed_at IS NULL", 3},
		{"SELECT count(*) AS n FROM report WHERE id = 1 AND reporter_id = 8 AND note = 'An advert' AND at_ms = 100", 1},
		{"SELECT count(*) AS n FROM report WHERE id = 2 AND reporter_id = 9 AND note IS NULL AND at_ms = 200", 1},
		{"SELECT closed_at AS n FROM report WHERE id = 3", 60},
		{"SELECT subject_type AS n FROM report WHERE id = 4 AND subject_id = 7 AND why = 2", 3},
	};
	for (size_t i = 0; i < COUNTOF(ROWS); i++) assert_int_equal(test_number(cx, store, ROWS[i].sql), ROWS[i].n);
}
TEST(reports_of_profiles_of_before_arrive)
{
	const MigrationSet before[] = {
		{members_migrations, members_migrations_n}, {community_migrations, 8}, {about_migrations, 1}};
	test_stores(before, COUNTOF(before), moved);
}
