// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/known.h"

#include "test.h"
#include "text/analyse.h"

#include <string.h>

static const char *const TEXTS[] = {
	"The battery of the new phone is GREAT, the battery is great!",
	"sooooo goood n0w 4ever :) http://t.co/x @ada #battery",
	"Das Gerät ist laut, aber ich mag es; straßenbahnhaltestelle und Donaudampfschifffahrtsgesellschaft",
	"Это ужасно, ничего не работает",
	"今日はとても天気がいいですね。",
	"ಕನ್ನಡ 12:30 🙂🙂 a",
	"",
};

// What the lists of features come to, without anything kept.
static void by_lists(const Model *m, TextWork *w, SparseSums *topic, WordSums *ret)
{
	Features *f = w->features;
	*topic = (SparseSums){0};
	*ret = (WordSums){.topic = topic->v};
	for (size_t i = 0; i < w->scan->tokens_n; i++) {
		const Token *t = &w->scan->tokens[i];
		uint32_t grams[FEATURES_WORD_MAX];
		size_t n = features_grams(w->scan, t, &f->ahead, grams);
		assert_int_equal(n, t->kind == TOKEN_WORD ? features_grams_n(t) : 0);
		if (t->kind != TOKEN_WORD) continue;
		ret->words++;
		ret->grams += n;
		lane_head_add(&m->sentiment, &t->hash, 1, 2, &ret->sentiment);
		lane_head_add(&m->sentiment, grams, n, 1, &ret->sentiment);
		lane_head_add(&m->small, &t->hash, 1, 2, &ret->small);
		lane_head_add(&m->small, grams, n, 1, &ret->small);
		sparse_head_add(&m->topic, &t->hash, 1, topic);
		sparse_head_add(&m->topic, &t->hash, 1, topic);
		sparse_head_add(&m->topic, grams, n, topic);
	}
	sparse_sums_end(topic);
	features_language(f, w->scan, LANGUAGE_FEATURES_MAX);
	nibble_head_add(&m->language, f->language, f->language_n, &ret->language);
}

static void same(const WordSums *a, const WordSums *b)
{
	assert_int_equal(a->words, b->words);
	assert_int_equal(a->grams, b->grams);
	assert_int_equal(a->language.n, b->language.n);
	assert_memory_equal(a->language.wide, b->language.wide, sizeof a->language.wide);
	assert_memory_equal(a->sentiment.v, b->sentiment.v, sizeof a->sentiment.v);
	assert_memory_equal(a->small.v, b->small.v, sizeof(uint32_t) * KNOWN_SMALL_LANES);
	assert_memory_equal(a->topic, b->topic, sizeof(int32_t) * HEAD_CLASSES_MAX);
}

static TextEngine *engine(Model *m)
{
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), m));
	return text_engine_new(test_arena(), m);
}

TEST(known_words_add_what_their_features_add)
{
	Model m;
	TextWork *w = engine(&m)->work;
	WordSums kept, anew;
	SparseSums topic;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < COUNTOF(TEXTS); i++) {
			text_work_read(w, str_from(TEXTS[i]));
			known_words_add(w->known, w->scan, KNOWN_SENTIMENT | KNOWN_SMALL | KNOWN_LANGUAGE | KNOWN_TOPIC, &kept);
			by_lists(&m, w, &topic, &anew);
			same(&kept, &anew);
			for (size_t k = 0; k < w->scan->tokens_n; k++) {
				const Token *t = &w->scan->tokens[k];
				if (t->kind != TOKEN_WORD) continue;
				assert_true(kept.facts[k].row == lane_head_row(&m.sentiment, t->hash));
				assert_ptr_equal(kept.facts[k].info, lexicon_word(&m.lexicon, t->hash));
				assert_int_equal(kept.facts[k].valence, lexicon_valence(&m.lexicon, lexicon_language("en"), t->hash));
			}
		}
}

// A word first met by one task is completed by the next; tasks in any order say the same.
TEST(known_words_are_completed)
{
	static const unsigned WHAT[] = {KNOWN_LANGUAGE, KNOWN_SENTIMENT, KNOWN_SMALL | KNOWN_SENTIMENT,
									KNOWN_TOPIC | KNOWN_LANGUAGE, KNOWN_SENTIMENT | KNOWN_SMALL | KNOWN_LANGUAGE};
	Model m;
	TextWork *w = engine(&m)->work;
	WordSums kept, anew;
	SparseSums topic;
	text_work_read(w, str_from(TEXTS[0]));
	by_lists(&m, w, &topic, &anew);
	for (size_t i = 0; i < COUNTOF(WHAT); i++) {
		known_words_add(w->known, w->scan, WHAT[i], &kept);
		if (WHAT[i] & KNOWN_LANGUAGE)
			assert_memory_equal(kept.language.wide, anew.language.wide, sizeof anew.language.wide);
		if (WHAT[i] & KNOWN_SENTIMENT) assert_memory_equal(kept.sentiment.v, anew.sentiment.v, sizeof anew.sentiment.v);
		if (WHAT[i] & KNOWN_TOPIC) assert_memory_equal(kept.topic, anew.topic, sizeof topic.v);
		assert_true((kept.facts != NULL) == ((WHAT[i] & KNOWN_SENTIMENT) != 0));
	}
}

// A part of a text adds what it adds by itself.
TEST(known_words_of_parts)
{
	const unsigned what = KNOWN_SENTIMENT | KNOWN_RISK;
	Model m;
	TextWork *w = engine(&m)->work, *other = text_engine_new(test_arena(), &m)->work;
	for (size_t i = 0; i < COUNTOF(TEXTS); i++) {
		Str text = str_from(TEXTS[i]);
		text_work_read(w, text);
		known_words_add(w->known, w->scan, what | KNOWN_PARTS, &w->sums);
		for (size_t from = 0; from < text.n; from += 5) {
			Str part = str_sub(text, from, from + 30);
			text_work_part(w, part, what);
			text_work_read(other, part);
			known_words_add(other->known, other->scan, what, &other->sums);
			assert_int_equal(w->sums.words, other->sums.words);
			assert_int_equal(w->sums.grams, other->sums.grams);
			assert_memory_equal(w->sums.sentiment.v, other->sums.sentiment.v, sizeof w->sums.sentiment.v);
			for (size_t k = KNOWN_RISK_FROM; k < KNOWN_RISK_FROM + KNOWN_RISK_LANES; k++)
				assert_int_equal(w->sums.small.v[k], other->sums.small.v[k]);
			for (size_t k = 0; k < w->scan->tokens_n; k++) {
				if (w->scan->tokens[k].kind != TOKEN_WORD) continue;
				assert_ptr_equal(w->sums.facts[k].info, other->sums.facts[k].info);
				assert_true(w->sums.facts[k].row == other->sums.facts[k].row);
			}
		}
	}
}

// More words than are kept, and a text far longer than any language needs: what was read before changes nothing.
TEST(known_words_do_not_depend_on_what_came_before)
{
	Model m;
	TextEngine *e = engine(&m);
	Buf b = buf_init(test_arena(), 1 << 16, 1 << 17);
	uint64_t x = 7;
	for (size_t i = 0; i < 9000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		for (uint64_t n = 1 + (x >> 40) % 9, letters = x; n; n--, letters /= 26)
			buf_char(&b, (char)('a' + letters % 26));
		buf_char(&b, i % 7 ? ' ' : '.');
	}
	Analysis first, again, fresh;
	text_analyse(e, buf_view(&b), str_none(), ANALYSE_ALL, &first);
	for (size_t i = 0; i < COUNTOF(TEXTS); i++)
		text_analyse(e, str_from(TEXTS[i]), str_none(), ANALYSE_SENTIMENT, &again);
	text_analyse(e, buf_view(&b), str_none(), ANALYSE_ALL, &again);
	text_analyse(text_engine_new(test_arena(), &m), buf_view(&b), str_none(), ANALYSE_ALL, &fresh);
	assert_int_equal(first.language.p, again.language.p);
	assert_int_equal(first.language.p, fresh.language.p);
	assert_int_equal(str_cmp(first.language.code, fresh.language.code), 0);
	assert_memory_equal(first.sentiment, again.sentiment, sizeof first.sentiment);
	assert_memory_equal(first.sentiment, fresh.sentiment, sizeof first.sentiment);
	assert_memory_equal(first.intents, fresh.intents, sizeof first.intents);
	for (size_t i = 0; i < fresh.topics_n; i++) {
		assert_int_equal(first.topics[i].p, fresh.topics[i].p);
		assert_int_equal(first.topics[i].p, again.topics[i].p);
	}
}
