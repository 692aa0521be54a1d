// SPDX-License-Identifier: AGPL-3.0-or-later
// What a topic's page tells its clock: on which side the author of each post stood when it was written, in the order of the page,
// and first whom the page's form answers.
#include "community/feature.h"
#include "community/model_testkit.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

typedef struct Hall {
	Town *t;
	Web *web;
	const char *path;
} Hall;

// "" if the page has no mark.
static Str sides(Hall *h, Str session)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Str page = test_page(h->web, a, str_from(h->path), session)->body, part;
	size_t at;
	if (!str_find(page, S("data-mark=\""), &at)) return S("");
	Str rest = str_sub(page, at + 11, page.n);
	for (int i = 0; i < 4; i++) rest = str_cut(rest, '.', &part);
	return str_copy(test_arena(), part);
}

static void visit(Town *t)
{
	Ctx *cx = t->cx;
	Id topic, opening, post, solution = 0;
	Actor who[] = {town_join(t, S("mole"), ROLE_MEMBER, AFFILIATION_EMPLOYEE),
				   town_join(t, S("otter"), ROLE_MEMBER, AFFILIATION_CUSTOMER),
				   town_join(t, S("badger"), ROLE_MEMBER, AFFILIATION_PARTNER)};
	cx->actor = &t->asking;
	assert_ok(cx, town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &topic, &opening));
	for (int i = 0; i < 3; i++) {
		PostNew answer = {
			.topic_id = topic, .author_id = who[i].id, .affiliation = who[i].affiliation, .text.source = S("Vinegar.")};
		cx->actor = &who[i];
		assert_ok(cx, town_post(t, &answer, i == 1 ? &solution : &post));
	}
	cx->actor = &t->asking;
	assert_ok(cx, town_accept(t, solution, true));
	cx->actor = NULL;
	Site *site = ARENA_NEW(cx->arena, Site, 1);
	SiteValue values[] = {{S("attention.consent"), S("on")}};
	assert_ok(cx, site_init(cx, t->store, S("Town"), false));
	assert_ok(cx, site_load(cx, t->store, site));
	site->values = values;
	site->values_n = 1;
	CommunityRoutes *routes = ARENA_NEW(cx->arena, CommunityRoutes, 1);
	Feature feature = community_feature(routes);
	const Feature *features[] = {&feature};
	WebConfig config = {.site = site,
						.features = features,
						.features_n = 1,
						.session_find = members_session_find,
						.ids = cx->ids,
						.error_page = web_error_page,
						.clock = test_clock};
	Buf path = buf_init(test_arena(), 32, 64);
	Hall h = {.t = t};
	buf_z(&path, "/t/");
	buf_id(&path, topic);
	buf_z(&path, "/x");
	h.path = str_z(test_arena(), buf_view(&path));
	assert_ok(cx, web_open(cx, &config, &h.web));
	// The question, the solution above the rest, the employee, the partner.
	assert_str_equal(sides(&h, town_session(t, t->stranger, ROLE_MEMBER)), "cccep");
	assert_str_equal(sides(&h, town_session(t, t->asker, ROLE_MEMBER)),
					 "pocep"); // who asked answers whoever wrote last
	assert_str_equal(sides(&h, town_session(t, who[2].id, ROLE_MEMBER)), "ccceo");
	assert_str_equal(sides(&h, town_session(t, who[0].id, ROLE_MEMBER)), ""); // the staff is not timed
	assert_str_equal(sides(&h, str_none()), "");                              // nor are guests
	web_close(h.web);
}
TEST(app_topic_pages_say_whose_posts_they_have) { test_towns(visit); }
