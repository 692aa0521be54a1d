// SPDX-License-Identifier: AGPL-3.0-or-later
// The why page, through the router without a socket: its lines sum to the score that stands on it, on every page of them.
#include "app/app_testkit.h"
#include "community/model_testkit.h"
#include "members/members.h"
#include "standing/standing.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

#include <string.h>

#define PAGE_BYTES ((size_t)1 << 20)

typedef struct Reader {
	Town *t;
	Web *web;
} Reader;

static Str page(Reader *r, Str target, int status)
{
	Str body;
	int got = test_get(r->web, target, str_none(), &body);
	if (got != status) fail_msg("%.*s gave %d", STR(target), got);
	return body;
}

// Sum of the values behind each occurrence of the text.
static int64_t sum_of(Str html, const char *before, int *ret_n)
{
	int64_t sum = 0;
	const char *z = str_z(test_arena(), html);
	*ret_n = 0;
	for (const char *p = z; (p = strstr(p, before)); ++*ret_n) {
		p += strlen(before);
		sum += strtoll(p, NULL, 10);
	}
	return sum;
}

static Str older_of(Str html)
{
	const char *end = strstr(str_z(test_arena(), html), "\" rel=\"next\""), *p = end;
	if (!end) return str_none();
	while (strncmp(p, "href=\"", 6) != 0) p--;
	Buf b = buf_init(test_arena(), 256, 1024);
	for (p += 6; p < end && *p != '#'; p++) {
		buf_char(&b, *p);
		if (strncmp(p, "&amp;", 5) == 0) p += 4;
	}
	return buf_view(&b);
}

// A fact that two rules pay is told twice in the column of times, and so in its sum.
static void assert_times(Str html)
{
	int n;
	const char *foot = strstr(str_z(test_arena(), html), "<tfoot>");
	assert_non_null(foot);
	int64_t sum = sum_of(str_from(foot), "data-label=\"Times\">", &n);
	assert_int_equal(n, 1);
	assert_int_equal(sum_of(html, "data-label=\"Times\">", &n), 2 * sum);
}

// Lines of all pages, and what the guard and the floor make of them, against the score on the first page.
static void assert_sums(Reader *r, Str first, int lines_least)
{
	int n, lines_n = 0;
	Str html = page(r, first, 200);
	int64_t score = sum_of(html, "id=\"score\" value=\"", &n), lines = 0;
	int64_t rest = sum_of(html, "class=\"part rest\" value=\"", &n);
	assert_int_equal(sum_of(html, "class=\"part\" value=\"", &n) + rest, score);
	if (lines_least) assert_times(html);
	for (Str at = first; at.n;) {
		html = page(r, at, 200);
		lines += sum_of(html, "class=\"line\" value=\"", &n);
		lines_n += n;
		at = older_of(html);
	}
	assert_int_equal(lines + rest, score);
	assert_true(lines_n >= lines_least);
}

static void history(Town *t)
{
	Id topic, opening, post;
	for (int i = 0; i < 30; i++) {
		t->cx->actor = &t->asking;
		Str title = str_format(test_arena(), "Why does the kettle whistle, part %d?", i);
		assert_ok(t->cx, town_ask(t, title, i % 3 ? S("kettle") : S("toaster"), S("It *whistles*."), &topic, &opening));
		t->cx->now_ms += 5 * TIME_HOUR_MS;
		t->cx->actor = &t->strange;
		assert_ok(t->cx, town_answer(t, topic, S("Vinegar."), &post));
		t->cx->actor = &t->helping;
		assert_ok(t->cx, town_vote(t, post, 1));
		t->cx->actor = &t->asking;
		if (i % 2) assert_ok(t->cx, town_accept(t, post, true));
		if (i % 4 == 3) assert_ok(t->cx, town_accept(t, post, false));
	}
	t->cx->actor = NULL;
	t->cx->now_ms += 3 * TIME_DAY_MS;
}

// As if an engine before this one had made the last pass.
static Status engine_before(Ctx *cx, Tx *tx, void *arg)
{
	int64_t changed;
	return ruleset_insert(cx, tx,
						  &(RulesetInsertArgs){.version = 1,
											   .name = S("support-default"),
											   .toml = rules_pack_text(S("support-default")),
											   .hash = S("0123456789abcdef"),
											   .engine = RULES_ENGINE - 1,
											   .published_at = cx->now_ms,
											   .note = *(const Str *)arg},
						  &changed);
}

static void why_pages(Town *t)
{
	Reader r = {.t = t};
	history(t);
	Str note = S("as at first");
	assert_ok(t->cx, store_write(t->cx, t->store, engine_before, &note));
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	r.web = town_web(t);
	assert_sums(&r, S("/m/stranger/why"), 60);
	assert_sums(&r, S("/m/stranger/why?area=kettle"), 30);
	int n;
	Str here = page(&r, S("/m/stranger/why?area=kettle"), 200);
	int64_t there = sum_of(here, "id=\"score\" value=\"", &n);
	int64_t all = sum_of(page(&r, S("/m/stranger/why"), 200), "id=\"score\" value=\"", &n);
	assert_int_equal(sum_of(here, "id=\"blend\">", &n), ((all + there) / 2 + 500) / 1000); // half and half
	assert_sums(&r, S("/m/asker/why"), 0);
	assert_sums(&r, S("/m/stranger/why?score=contribution"), 60);
	assert_sums(&r, S("/m/stranger/why?score=conduct"), 0);
	Str other = page(&r, S("/m/stranger/why?score=contribution&area=kettle"), 200); // areas are of what ranks members
	assert_non_null(strstr(str_z(test_arena(), other), "<dt>Contribution</dt>"));
	assert_null(strstr(str_z(test_arena(), other), "age has taken the rest"));
	assert_null(strstr(str_z(test_arena(), other), "earn no credibility"));
	assert_non_null(strstr(str_z(test_arena(), page(&r, S("/m/stranger/why"), 200)), "earn no credibility"));
	assert_null(strstr(str_z(test_arena(), other), "Asked 2")); // a limit inside a rule is called as the rule
	Str back = page(&r, S("/m/stranger/why?f=back"), 200);
	assert_non_null(strstr(str_z(test_arena(), back), "taken back, counts nothing"));
	Str topic = page(&r, S("/m/stranger"), 200);
	assert_non_null(strstr(str_z(test_arena(), topic), "solutions"));
	assert_non_null(strstr(str_z(test_arena(), page(&r, S("/reputation"), 200)), "Solutions marked by staff"));
	const char *rules = str_z(test_arena(), page(&r, S("/reputation"), 200));
	assert_non_null(strstr(rules, "Version 2, support-default"));
	assert_non_null(strstr(rules, "the rules are the same; a newer program reads them differently"));
	assert_null(strstr(strstr(rules, "as at first") + 1, "as at first")); // said of the version that it was said of
	page(&r, S("/m/nobody/why"), 404);
	page(&r, S("/m/stranger/why?after=zzz&f=odd&area=unknown"), 200);
	t->cx->now_ms += 300 * TIME_DAY_MS; // an archive
	assert_sums(&r, S("/m/stranger/why"), 60);
	assert_non_null(strstr(str_z(test_arena(), page(&r, S("/m/stranger/why"), 200)), "age has taken the rest"));
	web_close(r.web);
}
static const MigrationSet MORE[] = {{reputation_migrations, 8}};
TEST(the_lines_of_a_why_page_sum_to_the_score_on_it) { test_towns_with(MORE, 1, why_pages); }
