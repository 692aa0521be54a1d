// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page there is stays within its budget of statements and memory, for guests, members and the staff. A page is
// measured by a route row of its own that calls the page and then looks at cx->queries, so the session's statement counts
// as well. A new READ row without a target below fails the test.
#include "about/about.h"
#include "app/app.h"
#include "attention/attention.h"
#include "community/model_testkit.h"
#include "insight/insight.h"
#include "members/members.h"
#include "programme/programme.h"
#include "rulebook/feature.h"
#include "rulebook/rulebook.h"
#include "standing/standing.h"
#include "trends/trends.h"
#include "web/router.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

#include <stdio.h>

#define PAGE_QUERIES_MAX 6 // house rule
#define PAGE_ARENA_MAX_BYTES ((size_t)1 << 20)
#define LONG_ANSWER_BYTES 4000

static struct {
	Route *routes;
	const Route **originals;
	bool *drawn;
	size_t n;
	uint32_t queries; // of the page drawn last
} measured;

static Status measure(Ctx *cx, const Req *req, Res *res)
{
	const Route *original = measured.originals[req->route - measured.routes];
	measured.drawn[req->route - measured.routes] = true;
	Status st = original->page(cx, req, res);
	measured.queries = cx->queries;
	return st;
}

static Feature measured_feature(App *app)
{
	Router *r = router_new(test_arena(), app->feature_list, app->features_n);
	measured.n = router_count(r);
	measured.routes = ARENA_NEW(test_arena(), Route, measured.n);
	measured.originals = ARENA_NEW(test_arena(), const Route *, measured.n);
	measured.drawn = ARENA_NEW(test_arena(), bool, measured.n);
	for (size_t i = 0; i < measured.n; i++) {
		measured.originals[i] = router_at(r, i);
		measured.routes[i] = *router_at(r, i);
		if (measured.routes[i].page) measured.routes[i].page = measure;
	}
	return (Feature){.name = "measured", .routes = measured.routes, .routes_n = measured.n};
}

typedef struct Cost {
	uint32_t queries;
	size_t bytes;
} Cost;

// Redirects and pages that are not there have handlers too, and a budget.
static Cost cost_of(Web *web, const char *target, Str session)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	measured.queries = 0;
	int status = test_page(web, a, str_from(target), session)->status;
	if (status == 0 || status >= 500) fail_msg("%s gave %d", target, status);
	return (Cost){measured.queries, arena_used_bytes(a)};
}

static Status link_topics(Ctx *cx, Tx *tx, void *arg)
{
	const Id *topics = arg;
	int64_t changed;
	return topic_link_insert(cx, tx, &(TopicLinkInsertArgs){.topic_id = topics[0], .other_id = topics[1], .kind = 1},
							 &changed);
}

// The last topic has everything a topic can have: 25 long answers with comments, a solution, edits, a link.
static void fill(Town *t, Id *ret_topic, Id *ret_post)
{
	Id opening, post, comment, topics[2] = {0};
	Buf longer = buf_init(t->cx->arena, LONG_ANSWER_BYTES, LONG_ANSWER_BYTES * 2);
	while (longer.n < LONG_ANSWER_BYTES) buf_str(&longer, S("Vinegar, then *patience* with the kettle.\n\n"));
	for (int i = 0; i < 25; i++) {
		Str title = str_format(t->cx->arena, "How do I descale the kettle, part %d?", i);
		topics[1] = topics[0];
		assert_ok(t->cx, town_ask(t, title, S("kettle scale"), S("It *whistles* no more."), &topics[0], &opening));
		t->cx->now_ms += 1000;
	}
	t->cx->actor = &t->helping;
	for (int i = 0; i < 25; i++) {
		assert_ok(t->cx, town_answer(t, topics[0], buf_view(&longer), &post));
		assert_ok(t->cx, town_comment(t, post, S("That worked for me."), &comment));
		assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = post, .text.source = S("Vinegar.")}));
		assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = post, .text.source = buf_view(&longer)}));
	}
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	assert_ok(t->cx, town_report(t, post, REPORT_UNKIND, S("see there")));
	assert_ok(t->cx, store_write(t->cx, t->store, link_topics, topics));
	t->cx->actor = NULL;
	*ret_topic = topics[0];
	*ret_post = post;
}

static Site *site_of(Town *t)
{
	Site *site = ARENA_NEW(t->cx->arena, Site, 1);
	assert_ok(t->cx, site_init(t->cx, t->store, S("Town"), false));
	assert_ok(t->cx, site_load(t->cx, t->store, site));
	return site;
}

// {t}, {p}, {b} and {m} stand for a topic, a post, a trial of rules and a member.
static const char *const TARGETS[] = {
	"/",
	"/?after=zzz",
	"/s/help",
	"/s/help?filter=unsolved",
	"/s/help/tag/kettle",
	"/s/help/feed.atom",
	"/t/{t}",
	"/t/{t}/x",
	"/t/{t}/x?from=21",
	"/t/{t}/live.stream?after=0",
	"/t/{t}/feed.atom",
	"/p/{p}",
	"/p/{p}/edit",
	"/p/{p}/history",
	"/p/{p}/report",
	"/reports",
	"/board/rules",
	"/board/rules?from={b}",
	"/board/rules/trials/{b}",
	"/board/backtest",
	"/ask",
	"/ask?space=help",
	"/ask/similar?title=How+do+I+descale+the+kettle",
	"/ask/open/{t}?asking={t}",
	"/ask/who/{t}",
	"/asking?days=91",
	"/settings?done=password",
	"/settings/about",
	"/m/helper/report",
	"/m/helper",
	"/m/helper?tab=topics",
	"/insight",
	"/insight/of/{p}",
	"/insight/spam",
	"/insight/corrections",
	"/s/help/insight",
	"/s/help/insight.csv",
	"/s/help/insight/posts",
	"/s/help/insight/posts.csv",
	"/tag/kettle/insight",
	"/members",
	"/board",
	"/board?by=helped&period=365d&in=%23kettle&against=year",
	"/board.csv?by=kept",
	"/board/superusers",
	"/board/fairplay",
	"/programme",
	"/programme/terms",
	"/programme/me",
	"/programme/{m}",
	"/api/v1/programme",
	"/help",
	"/board/facts?member={m}&what=accepted&period=91d",
	"/board/facts?member={m}&what=content&period=91d",
	"/board/facts?member={m}&what=time&period=91d",
	"/board/facts?member={m}&what=read&period=91d",
	"/m/helper/why",
	"/m/helper/why?area=kettle&f=capped",
	"/m/nobody/why",
	"/reputation",
	"/reputation/card?card=x",
	"/members/{m}/card",
	"/me/data",
	"/objections",
	"/tags",
	"/tag/kettle",
	"/tag/kettle/feed.atom",
	"/search?q=kettle",
	"/search?q=kettle&sort=newest&space=help&tag=scale&state=solved&by=helper",
	"/search",
	"/feed.atom",
	"/sitemap.xml",
	"/sitemap-topics.xml",
	"/robots.txt",
	"/sign-in",
	"/sign-up",
	"/settings",
	"/admin/settings",
	"/admin/settings?saved=site",
	"/origin/stackexchange/1",
	"/questions/1",
	"/questions/1/x",
	"/questions/1/x/2",
	"/q/1",
	"/q/1/2",
	"/a/1",
	"/a/1/2",
	"/users/1",
	"/users/1/x",
	"/api/v1/spaces",
	"/api/v1/topics",
	"/api/v1/topics/{t}",
	"/api/v1/topics/{t}/posts?limit=100",
	"/api/v1/search?q=kettle",
	"/api/v1/topics/similar?title=How+do+I+descale+the+kettle",
};

static const char *target_of(const char *pattern, const Id ids[4])
{
	Buf b = buf_init(test_arena(), 100, 200);
	for (const char *p = pattern; *p; p++) {
		if (*p != '{') {
			buf_char(&b, *p);
			continue;
		}
		buf_id(&b, ids[p[1] == 't' ? 0 : p[1] == 'p' ? 1 : p[1] == 'b' ? 2 : 3]);
		p += 2;
	}
	return str_z(test_arena(), buf_view(&b));
}

static int every_page_was_drawn(void)
{
	int lacking = 0;
	for (size_t i = 0; i < measured.n; i++) {
		if (!measured.routes[i].page || measured.routes[i].method != HTTP_GET || measured.drawn[i]) continue;
		print_message("# %s has no target here\n", measured.routes[i].path);
		lacking++;
	}
	return lacking;
}

static Status try_rules(Ctx *cx, Tx *tx, void *arg)
{
	Id backtest;
	TRY(rulebook_try(cx, tx, TRIAL_BACKTEST, str_none(), &backtest));
	return rulebook_try(cx, tx, TRIAL_WHATIF, rules_pack_text(S("noisiest")), arg);
}

static Id tried(Town *t)
{
	Id trial;
	size_t ran;
	Feature feature = rulebook_feature();
	assert_ok(t->cx, store_write(t->cx, t->store, try_rules, &trial));
	assert_ok(t->cx, jobs_run_due(t->cx, t->store, feature.jobs, feature.jobs_n, &ran));
	assert_int_equal(ran, 2);
	return trial;
}

static void budgets(Town *t)
{
	Id topic, post;
	App *app = ARENA_NEW(test_arena(), App, 1);
	app_features(app);
	Feature feature = measured_feature(app);
	const Feature *features[APP_FEATURES + 1] = {&feature}; // and the settings of all
	for (size_t i = 0; i < app->features_n; i++) {
		Feature *f = ARENA_NEW(test_arena(), Feature, 1);
		*f = (Feature){.name = app->features[i].name, .settings = app->features[i].settings};
		features[1 + i] = f;
	}
	fill(t, &topic, &post);
	Str session = town_session(t, t->asker, ROLE_ADMIN);
	Id trial = tried(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_ok(t->cx, insight_analyse_all(t->cx, t->store, NULL, NULL));
	WebConfig config = {.site = site_of(t),
						.features = features,
						.features_n = 1 + app->features_n,
						.session_find = members_session_find,
						.token_find = members_token_find,
						.ids = t->cx->ids,
						.error_page = web_error_page,
						.clock = test_clock};
	Web *web = NULL;
	assert_ok(t->cx, web_open(t->cx, &config, &web));
	int over = 0;
	for (size_t i = 0; i < COUNTOF(TARGETS); i++) {
		const char *target = target_of(TARGETS[i], (const Id[]){topic, post, trial, t->helper});
		Cost guest = cost_of(web, target, str_none()), member = cost_of(web, target, session);
		bool fits = guest.queries <= PAGE_QUERIES_MAX && member.queries <= PAGE_QUERIES_MAX &&
					guest.bytes <= PAGE_ARENA_MAX_BYTES && member.bytes <= PAGE_ARENA_MAX_BYTES;
		if (!fits)
			print_message("# %s: guests %u queries, %zu KiB; members %u queries, %zu KiB\n", TARGETS[i], guest.queries,
						  guest.bytes >> 10, member.queries, member.bytes >> 10);
		over += !fits;
	}
	web_close(web);
	assert_int_equal(every_page_was_drawn(), 0);
	assert_int_equal(over, 0);
}
TEST(app_pages_keep_their_budgets)
{
	const MigrationSet more[] = {
		{attention_migrations, attention_migrations_n}, {reputation_migrations, reputation_migrations_n},
		{about_migrations, about_migrations_n},         {rulebook_migrations, rulebook_migrations_n},
		{insight_migrations, insight_migrations_n},     {programme_migrations, programme_migrations_n},
		{trends_migrations, trends_migrations_n}};
	test_towns_with(more, COUNTOF(more), budgets);
}
