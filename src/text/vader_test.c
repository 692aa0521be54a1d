// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/vader.h"

#include "test.h"
#include "text/features.h"

#define SLOTS 1024u

static Lexicon lexicon(void)
{
	static const RuleWord OWN[] = {
		{"good", 19, 0, WORD_VALENCE},     {"great", 31, 0, WORD_VALENCE}, {"bad", -25, 0, WORD_VALENCE},
		{"hate", -27, 0, WORD_VALENCE},    {"love", 32, 0, WORD_VALENCE},  {"no", -12, 0, WORD_VALENCE},
		{"problem", -17, 0, WORD_VALENCE}, {":)", 20, 0, WORD_VALENCE},    {"bomb", -22, 0, WORD_VALENCE}};
	WordInfo *words = ARENA_NEW(test_arena(), WordInfo, SLOTS);
	uint32_t *valences = ARENA_NEW(test_arena(), uint32_t, SLOTS);
	for (size_t i = 0; i < RULE_WORDS_N + COUNTOF(OWN); i++) {
		const RuleWord *r = i < RULE_WORDS_N ? &RULE_WORDS[i] : &OWN[i - RULE_WORDS_N];
		WordInfo w = {
			.hash = rule_word_hash(str_from(r->words)), .valence = r->valence, .boost = r->boost, .flags = r->flags};
		assert_true(lexicon_put_word(words, SLOTS - 1, &w));
	}
	assert_true(lexicon_put_valence(valences, SLOTS - 1, lexicon_language("de"), token_hash_of(S("gut")), 30));
	return (Lexicon){words, valences, SLOTS - 1, SLOTS - 1};
}

static VaderScore score(Str text)
{
	VaderScore v;
	Lexicon l = lexicon();
	TextScan *s = text_scan_new(test_arena());
	text_scan(s, text);
	vader_score(&l, s, NULL, lexicon_language("de"), ARENA_NEW(test_arena(), VaderScratch, 1), &v);
	return v;
}

static int compound(Str text)
{
	ArenaMark mark = arena_mark(test_arena());
	int c = score(text).compound;
	arena_rewind(test_arena(), mark);
	return c;
}

// Values worked out by hand from the published rules: sum / sqrt(sum² + 15).
TEST(vader_rules)
{
	assert_int_equal(compound(S("it is good")), 440);           // 1.9
	assert_int_equal(compound(S("it is very good")), 492);      // 1.9 + 0.293
	assert_int_equal(compound(S("it is not good")), -341);      // 1.9 * -0.74
	assert_int_equal(compound(S("it is not very good")), -386); // (1.9 + 0.293 * 0.95 …) by distance
	assert_int_equal(compound(S("it is GOOD stuff")), 562);     // 1.9 + 0.733
	assert_int_equal(compound(S("it is good!")), 492);          // 1.9 + 0.292
	assert_int_equal(compound(S("it is good!!!!!!!!")), 621);   // four count
	assert_int_equal(compound(S("it is kind of good")), 383);   // 1.9 - 0.293
	assert_int_equal(compound(S("the bomb")), 612);             // an idiom of 3
	assert_int_equal(compound(S("nothing here")), 0);
	assert_true(compound(S("good but bad")) < compound(S("bad but good")));
	assert_int_equal(compound(S("no problem")), 308); // "no" turns what follows
	assert_int_equal(compound(S("at least good")), 440);
	assert_true(compound(S("least good")) < 0);
	assert_int_equal(compound(S("ok :)")), 458);
}

TEST(vader_own_list_of_a_language)
{
	assert_int_equal(score(S("das ist gut")).foreign, 3000);
	assert_int_equal(score(S("das ist nicht gut")).foreign, -2220);
}

TEST(vader_roots)
{
	uint64_t x = 9;
	for (size_t i = 0; i < 20000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		uint64_t v = x >> (i % 64), r = isqrt64(v);
		assert_true(r * r <= v);
		assert_true(r == UINT32_MAX || (r + 1) * (r + 1) > v);
	}
	assert_int_equal(vader_normalise(0), 0);
	assert_true(vader_normalise(INT64_MAX) <= 1000 && vader_normalise(INT64_MIN) >= -1000);
}
