// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/reading.h"

#include "test.h"

static const Analysis SAID = {
	.language = {.code = S_INIT("de"), .p = HEAD_ONE},
	.sentiment = {HEAD_ONE * 3 / 4, HEAD_ONE / 8, HEAD_ONE / 8},
	.best = SENTIMENT_NEG,
	.sure = true,
	.intents = {[INTENT_QUESTION] = HEAD_ONE, [INTENT_COMPLAINT] = HEAD_ONE / 2, [INTENT_THANKS] = HEAD_ONE / 2 - 1},
	.spam = HEAD_ONE / 2,
	.offensive = HEAD_ONE / 4,
	.urgency = HEAD_ONE,
};

TEST(reading_keeps_what_was_said)
{
	int64_t bits = reading_pack(&SAID, 63);
	assert_int_equal(reading_sentiment(bits), SENTIMENT_NEG);
	assert_true(reading_sure(bits) && !reading_of_comment(bits) && !reading_corrected(bits) && bits > 0);
	assert_str_equal(reading_language_code(reading_language(bits)), "de");
	assert_int_equal(reading_polarity(bits), -79); // 5/8 of 127
	assert_int_equal(reading_spam(bits), 63);
	assert_int_equal(reading_intent(bits, INTENT_QUESTION), 7);
	assert_int_equal(reading_intent(bits, INTENT_COMPLAINT), READING_LEVEL_HALF);
	assert_int_equal(reading_intent(bits, INTENT_THANKS), READING_LEVEL_HALF - 1);
	assert_int_equal(reading_intent(bits, INTENT_SPAM), 3);
	assert_int_equal(reading_generation(bits), 63);
}

static bool fits(int64_t bits, ReadingMask m) { return (bits & m.mask) == m.want; }

TEST(reading_masks_find_what_they_want)
{
	int64_t bits = reading_pack(&SAID, 1);
	ReadingMask m = {0};
	assert_true(fits(bits, m));
	reading_want_language(&m, S("de"));
	reading_want_sentiment(&m, SENTIMENT_NEG);
	reading_want_intent(&m, INTENT_COMPLAINT);
	reading_want_urgent(&m);
	reading_want_comment(&m, false);
	assert_true(fits(bits, m));
	ReadingMask other = m;
	reading_want_offensive(&other);
	assert_false(fits(bits, other));
	other = m;
	reading_want_intent(&other, INTENT_THANKS);
	assert_false(fits(bits, other));
	ReadingMask language = {0};
	reading_want_language(&language, S("fr"));
	assert_false(fits(bits, language));
}

TEST(reading_takes_a_persons_word)
{
	int64_t bits = reading_pack(&SAID, 5);
	bits = reading_set_sentiment(bits, SENTIMENT_POS);
	bits = reading_set_language(bits, S("nl"));
	bits = reading_set_intent(bits, INTENT_SPAM, true);
	bits = reading_set_intent(bits, INTENT_THANKS, true);
	bits = reading_set_intent(bits, INTENT_QUESTION, false);
	assert_int_equal(reading_sentiment(bits), SENTIMENT_POS);
	assert_true(reading_polarity(bits) > 0 && reading_corrected(bits));
	assert_str_equal(reading_language_code(reading_language(bits)), "nl");
	assert_int_equal(reading_spam(bits), READING_SPAM_ONE);
	assert_int_equal(reading_intent(bits, INTENT_THANKS), 7);
	assert_int_equal(reading_intent(bits, INTENT_QUESTION), 0);
	assert_int_equal(reading_intent(bits, INTENT_COMPLAINT), READING_LEVEL_HALF); // the neighbours stay
	assert_int_equal(reading_generation(bits), 5);
}

TEST(reading_languages_are_the_models_own)
{
	Model m;
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), &m));
	for (size_t i = 0; i < m.languages.n; i++) {
		Str code = m.languages.names[i];
		if (str_ends(code, S("-Latn"))) code = str_sub(code, 0, code.n - 5);
		if (!reading_language_number(code)) test_fail("%.*s has no number", STR(code));
	}
	assert_int_equal(reading_language_number(S("tlh")), 0);
	assert_str_equal(reading_language_code(127), "und");
}
