// SPDX-License-Identifier: AGPL-3.0-or-later
#include "opinions/terms.h"

#include "test.h"

static const char *const SAID[] = {
	"I love the quiet motor. The dustbin is terrible, I hate it.",
	"The quiet motor is wonderful. It came on Tuesday.",
	"Great, the quiet motor is excellent. The dustbin is awful.",
	"The dustbin broke, what a horrible, useless thing.",
	"I am happy with the quiet motor, thank you!",
	"It is terrible, the dustbin spills, I hate it.",
	"The box has four screws. It stands in the hall.",
	"The manual has twelve pages, and an index.",
};

static bool among(const TermList *l, const char *words)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i]->words, str_from(words))) return true;
	return false;
}

TEST(terms_liked_and_disliked)
{
	Model model;
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), &model));
	TermCounter *t = terms_new(test_arena(), text_engine_new(test_arena(), &model));
	for (size_t round = 0; round < 3; round++)
		for (size_t i = 0; i < COUNTOF(SAID); i++)
			terms_add(t, (uint32_t)(round * COUNTOF(SAID) + i + 1), str_from(SAID[i]));
	TermList liked = terms_best(t, SENTIMENT_POS, 8), disliked = terms_best(t, SENTIMENT_NEG, 8);
	assert_true(among(&liked, "quiet motor") && !among(&liked, "dustbin"));
	assert_true(among(&disliked, "dustbin") && !among(&disliked, "quiet motor"));
	assert_false(among(&liked, "wonderful") || among(&disliked, "terrible")); // they are the feeling, not what about
	assert_int_equal(terms_posts(t, SENTIMENT_POS), 12);
	assert_str_equal(liked.v[0]->said[SENTIMENT_POS][0], "I love the quiet motor.");
	assert_int_equal(liked.v[0]->examples[SENTIMENT_POS][0], 1);
}

TEST(terms_know_the_reasons_that_were_given)
{
	static const char *const GIVEN[] = {
		"I love the quiet motor because it lets me sleep.",
		"The dustbin is terrible, because it spills everywhere.",
		"I love the quiet motor, thank you!",
		"The quiet motor is wonderful. The dustbin is awful, I hate it.",
		"The dustbin is horrible. It stands in the hall because there is no room.",
		"The manual has twelve pages, and an index.",
	};
	Model model;
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), &model));
	TermCounter *t = terms_new(test_arena(), text_engine_new(test_arena(), &model));
	for (size_t round = 0; round < 3; round++)
		for (size_t i = 0; i < COUNTOF(GIVEN); i++)
			terms_add(t, (uint32_t)(round * COUNTOF(GIVEN) + i + 1), str_from(GIVEN[i]));
	TermList liked = terms_best(t, SENTIMENT_POS, 8), disliked = terms_best(t, SENTIMENT_NEG, 8);
	assert_true(among(&liked, "quiet motor") && among(&disliked, "dustbin"));
	const Term *motor = liked.v[0], *dustbin = disliked.v[0];
	assert_int_equal(motor->reasons_n[SENTIMENT_POS], TERM_EXAMPLES); // of two posts, whatever was said how often
	assert_str_equal(motor->reasons[SENTIMENT_POS][0], "it lets me sleep");
	assert_int_equal(motor->reason_in[SENTIMENT_POS][0], 1);
	assert_int_equal(motor->reason_in[SENTIMENT_POS][1], 1 + COUNTOF(GIVEN));
	assert_str_equal(dustbin->reasons[SENTIMENT_NEG][0], "it spills everywhere");
	assert_int_equal(motor->reasons_n[SENTIMENT_NEG], 0);
}
