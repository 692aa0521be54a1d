// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/sentences.h"

#include "test.h"
#include "text/analyse.h"

static void splits(const char *text, const char *joined)
{
	TextSpan s[8];
	Buf b = buf_init(test_arena(), 256, 4096);
	size_t n = sentences_split(str_from(text), s, 8);
	for (size_t i = 0; i < n; i++) {
		if (i) buf_char(&b, '|');
		buf_str(&b, str_sub(str_from(text), s[i].at, s[i].end));
	}
	assert_str_equal(buf_view(&b), joined);
}

TEST(sentences_end_where_they_end)
{
	splits("One. Two! Three?", "One.|Two!|Three?");
	splits("Dr. Smith paid 3.50 on 3. May, e.g. twice... \"Really?\" Yes.",
		   "Dr. Smith paid 3.50 on 3. May, e.g. twice...|\"Really?\"|Yes.");
	splits("no end\n\nnew line ", "no end|new line");
	splits("今天很好。我们去！", "今天很好。|我们去！");
	splits("see example.org/a.b?c=d now", "see example.org/a.b?c=d now");
	splits("", "");
	splits(" . \xff. ", ".|\xff.");
	splits("1. 2! 3! 4! 5! 6! 7! 8! 9! 10!", "1. 2!|3!|4!|5!|6!|7!|8!|9! 10!");
}

TEST(sentences_have_their_own_language)
{
	Model m;
	Analysis a;
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), &m));
	TextEngine *e = text_engine_new(test_arena(), &m);
	Str text = S(
		"I really love the new camera. Aber der Akku ist leider eine Katastrophe. Je suis très content quand même!");
	text_analyse(e, text, str_none(), ANALYSE_SENTENCES, &a);
	const TextStructure *s = a.structure;
	assert_int_equal(s->sentences_n, 3);
	assert_str_equal(s->sentences[0].language.code, "en");
	assert_str_equal(s->sentences[1].language.code, "de");
	assert_str_equal(s->sentences[2].language.code, "fr");
	assert_true(s->sentences[0].polarity > 0 && s->sentences[1].polarity < 0 && s->sentences[2].polarity > 0);
	assert_str_equal(str_sub(text, s->sentences[1].span.at, s->sentences[1].span.end),
					 "Aber der Akku ist leider eine Katastrophe.");
}
