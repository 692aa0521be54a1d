// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/advice.h"

#include "test.h"

static const struct {
	const char *text, *advice; // the stretches of the first sentence, with | between them
	uint32_t hints;            // of the first
} SAID[] = {
	{"Turn the router off and on again.", "Turn the router off and on again", ADVICE_VERB},
	{"You can simply turn it off.", "You can simply turn it off", ADVICE_SAID | ADVICE_LATER_VERB},
	{"The lamp is old, so replace it.", "The lamp is old, so replace it", ADVICE_LATER_VERB},
	{"The lamp is on the left.", "The lamp is on the left", ADVICE_TALE},
	{"Never open the lid while it runs.", "", 0},
	{"Please don't open the lid.", "", 0},
	{"You don't need to wait, open the lid.", "You don't need to wait, open the lid", ADVICE_LATER_VERB},
	{"Don't call them, just open the lid.", "just open the lid", 0},
	{"Open the lid now, but never touch the blade.", "Open the lid now, but", ADVICE_VERB},
	{"Instead of a restart, change the cable first.", "change the cable first", ADVICE_VERB},
	{"If it doesn't start, pull the plug out.", "If it doesn't start, pull the plug out", ADVICE_LATER_VERB},
	{"Is it safe to open the lid?", "", 0},
	{"How do I open the lid", "", 0},
	{"Why don't you open the lid?", "Why don't you open the lid", 0},
	{"I opened the lid yesterday.", "", 0},
	{"Opening the lid is dangerous.", "", 0},
	{"", "", 0},
};

TEST(advice_of_sentences)
{
	const AdviceBook *book = advice_new(test_arena());
	Signs *s = signs_new(test_arena());
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		Buf b = buf_init(test_arena(), 64, 4096);
		AdviceSpan v[ADVICE_SPANS_MAX];
		size_t n = 0;
		signs_read(s, str_from(SAID[i].text));
		if (s->words_n) assert_int_equal(advice_read(book, s, 0, v, &n), s->words_n);
		for (size_t k = 0; k < n; k++) {
			if (k) buf_char(&b, '|');
			buf_str(&b, signs_text(s, s->words[v[k].from].from, s->words[v[k].to - 1].to));
		}
		if (!str_eq(buf_view(&b), str_from(SAID[i].advice))) test_fail("%s: %.*s", SAID[i].text, STR(buf_view(&b)));
		if (n && SAID[i].hints && (v[0].hints & SAID[i].hints) != SAID[i].hints)
			test_fail("%s: %x", SAID[i].text, v[0].hints);
	}
}

TEST(advice_sentence_by_sentence)
{
	Signs *s = signs_new(test_arena());
	AdviceSpan v[ADVICE_SPANS_MAX];
	size_t n, sentences = 0, stretches = 0;
	signs_read(s, S("Stop. Is it on? Then pull the red cable.\nNever touch the other one."));
	for (uint32_t w = 0; w < s->words_n; sentences++, stretches += n)
		w = advice_read(advice_new(test_arena()), s, w, v, &n);
	assert_int_equal(sentences, 4);
	assert_int_equal(stretches, 1);
}
