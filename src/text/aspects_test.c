// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/aspects.h"

#include "test.h"

static const struct {
	const char *text, *aspect, *reason; // of the first; NULL: there is none
	int sign;
} SAID[] = {
	{"I love the camera because it works in the dark.", "camera", "it works in the dark", 1},
	{"The router is awful, it keeps dropping the connection.", "router", "it keeps dropping the connection", -1},
	{"Because the hinge was awful, I returned the laptop.", "laptop", "the hinge was awful", -1},
	{"Great customer service!", "customer service", NULL, 1},
	{"Shipping was awful.", "Shipping", NULL, -1},
	{"The awful battery life is due to the update.", "battery life", "the update", -1},
	{"I have used it since Monday, and the screen is great.", "screen", NULL, 1},
	{"It is as great as the old one.", NULL, NULL, 0},
	{"Der Akku ist awful, weil er nur eine Stunde hält.", "Akku", "er nur eine Stunde hält", -1},
	{"My x100 is great thanks to the sensor.", "x100", "the sensor", 1},
	{"The box is blue.", NULL, NULL, 0},
	{"because", NULL, NULL, 0},
	{"", NULL, NULL, 0},
};

// Stands in for the model: what is great is good, what is awful is not.
static int score(void *arg, TextSpan clause)
{
	size_t at;
	Str words = str_sub(*(const Str *)arg, clause.at, clause.end);
	int good = str_find(words, S("great"), &at) || str_find(words, S("Great"), &at) || str_find(words, S("love"), &at);
	return (good - (int)str_find(words, S("awful"), &at)) * 60000;
}

TEST(aspects_and_their_reasons)
{
	Catalogue *c;
	assert_ok(test_ctx(), catalogue_parse(test_ctx(), S("Aurora X100\tX100"), &c));
	const AspectBook *book = aspects_new(test_arena());
	Signs *s = signs_new(test_arena());
	AspectFinding v[ASPECTS_MAX];
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		Str text = str_from(SAID[i].text);
		signs_read(s, text);
		size_t n = aspects_find(&(AspectSearch){book, s, c, score, &text}, v, ASPECTS_MAX);
		if ((n > 0) != (SAID[i].aspect != NULL)) test_fail("%s: %zu", SAID[i].text, n);
		if (!n) continue;
		assert_str_equal(str_sub(text, v[0].aspect.at, v[0].aspect.end), SAID[i].aspect);
		Str reason = str_sub(text, v[0].reason.at, v[0].reason.end);
		if (!str_eq(reason, SAID[i].reason ? str_from(SAID[i].reason) : S("")))
			test_fail("%s: %.*s", SAID[i].text, STR(reason));
		assert_true(v[0].polarity * SAID[i].sign > 0);
		if (i == 9) assert_str_equal(v[0].product, "Aurora X100");
	}
}

TEST(aspects_of_several_clauses)
{
	Str text = S("The screen is great but the speakers are awful.");
	Signs *s = signs_new(test_arena());
	AspectFinding v[ASPECTS_MAX];
	signs_read(s, text);
	assert_int_equal(aspects_find(&(AspectSearch){aspects_new(test_arena()), s, NULL, score, &text}, v, ASPECTS_MAX),
					 2);
	assert_true(v[0].polarity > 0 && v[1].polarity < 0);
	assert_str_equal(str_sub(text, v[1].aspect.at, v[1].aspect.end), "speakers");
}
