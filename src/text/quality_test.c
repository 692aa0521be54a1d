// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/quality.h"

#include "test.h"
#include "text/evaluate.h"
#include "text/quality_train.h"

#include <stdio.h>
#include <string.h>

static const char *const GOOD[] = {
	"You can take it to the service centre near the station, they repair all models.",
	"Try the shop at 12 Harbour Road, call 5550123 before you go.",
	"The price is 40 a month, and the first month is free. See http://example.com/plans",
	"Open the settings, then choose Network and press Reset.",
};
static const char *const BAD[] = {"thanks a lot!!!", "lol, me too", "what do you mean?", "Anna; welcome back :)"};

static Samples made(Arena *a)
{
	Samples s = {.v = ARENA_NEW(a, Sample, 160)};
	for (size_t i = 0; i < 160; i++) {
		bool good = i % 2;
		Str answer = str_from((good ? GOOD : BAD)[i / 2 % 4]);
		s.v[s.n++] = (Sample){.label = good ? S("Good") : S("Bad"),
							  .language = S("en"),
							  .text = str_format(a, "Where can model %zu be repaired? ||| %.*s", i / 8, STR(answer))};
	}
	return s;
}

// An engine whose model knows nothing but answers, learnt from the lines above.
static TextEngine *learnt(Arena *a, QualityParts *parts)
{
	Samples s = made(a);
	Model *m = ARENA_NEW(a, Model, 1);
	TextEngine *e = text_engine_new(a, m);
	QualityWork *w = quality_new(a, e);
	QualityRow *rows = ARENA_NEW(a, QualityRow, s.n);
	assert_false(quality_ready(w));
	quality_fit(a, rows, quality_rows(a, w, &s, rows), parts);
	m->quality = quality_head_of(parts);
	return e;
}

static Quality ask(QualityWork *w, const char *answer, int credibility)
{
	Quality q;
	text_quality(w, &(QualityAsk){S("Where can it be repaired?"), str_from(answer), credibility, 0}, &q);
	return q;
}

TEST(quality_tells_good_answers)
{
	QualityParts parts;
	QualityWork *w = quality_new(test_arena(), learnt(test_arena(), &parts));
	Quality good = ask(w, GOOD[1], QUALITY_UNKNOWN), bad = ask(w, BAD[0], QUALITY_UNKNOWN);
	assert_true(good.p > HEAD_ONE * 3 / 4);
	assert_true(bad.p < HEAD_ONE / 4);
	assert_true(good.reasons_n > 0 && good.reasons[0].weight > 0);
	assert_true(bad.reasons_n > 0 && bad.reasons[0].weight < 0);
	assert_int_equal(good.p, good.p_text);
}

TEST(quality_credibility_is_a_rule)
{
	QualityParts parts;
	QualityWork *w = quality_new(test_arena(), learnt(test_arena(), &parts));
	Quality none = ask(w, "maybe near the station", QUALITY_UNKNOWN), half = ask(w, "maybe near the station", 500),
			full = ask(w, "maybe near the station", 1000), zero = ask(w, "maybe near the station", 0);
	assert_int_equal(half.p, none.p);
	assert_true(full.p > none.p && zero.p < none.p);
	assert_int_equal(full.p_text, none.p_text);
	double odds = (double)none.p / (HEAD_ONE - none.p), more = (double)full.p / (HEAD_ONE - full.p);
	assert_true(more / odds > 2.9 && more / odds < 3.1);
}

TEST(quality_is_the_same_each_time)
{
	QualityParts a, b;
	learnt(test_arena(), &a);
	learnt(test_arena(), &b);
	assert_true(str_eq(a.rows, b.rows) && str_eq(a.weights, b.weights) && str_eq(a.cuts, b.cuts));
}

TEST(quality_of_any_bytes)
{
	static const char *const ODD[] = {"", "\xff\xfe\0x", "????????", "ok", "\xe4\xbb\x8a\xe5\xa4\xa9", " ||| ", "\n\n"};
	QualityParts parts;
	QualityWork *w = quality_new(test_arena(), learnt(test_arena(), &parts));
	Buf b = buf_init(test_arena(), 4096, 65536);
	for (size_t i = 0; i < COUNTOF(ODD); i++) {
		Quality q = ask(w, ODD[i], 700);
		assert_in_range(q.p, 0, HEAD_ONE);
		b.n = 0;
		quality_write(&b, &q);
		assert_memory_equal(b.p, "{\"quality\":", 11);
		assert_false(b.overflow);
	}
	char *flood = arena_alloc(test_arena(), TEXT_MAX_BYTES + 9, 1);
	memset(flood, 'a', TEXT_MAX_BYTES + 8);
	for (size_t i = 0; i < TEXT_MAX_BYTES; i += 5) flood[i] = ' ';
	Quality q;
	Str text = {flood, TEXT_MAX_BYTES + 8};
	text_quality(w, &(QualityAsk){text, text, QUALITY_UNKNOWN, 3}, &q);
	assert_in_range(q.p, 0, HEAD_ONE);
}

TEST(quality_in_folds_by_question)
{
	QualityParts parts;
	Arena *a = test_arena();
	TextEngine *e = learnt(a, &parts);
	Samples s = made(a);
	Buf file = buf_init(a, 4096, 65536), out = buf_init(a, 4096, 65536);
	for (size_t i = 0; i < s.n; i++) buf_format(&file, "%.*s\ten\t%.*s\n", STR(s.v[i].label), STR(s.v[i].text));
	Str path = str_format(a, "%s/answers.tsv", test_dir());
	FILE *f = fopen(str_z(a, path), "w");
	assert_non_null(f);
	assert_int_equal(fwrite(file.p, 1, file.n, f), file.n);
	fclose(f);
	EvaluateOptions o = {.file = path, .task = S("quality"), .folds = 5};
	assert_ok(test_ctx(), text_evaluate(test_ctx(), e, &o, &out));
	size_t at;
	assert_true(str_find(buf_view(&out), S("AUC           1.0000"), &at));
	assert_true(str_find(buf_view(&out), S("AUC in order  1.0000"), &at));
}

TEST(quality_of_the_shipped_model)
{
	Model m;
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), &m));
	QualityWork *w = quality_new(test_arena(), text_engine_new(test_arena(), &m));
	assert_true(quality_ready(w));
	Quality good = ask(w, GOOD[1], QUALITY_UNKNOWN), bad = ask(w, BAD[0], QUALITY_UNKNOWN);
	assert_true(good.p > HEAD_ONE / 2 && bad.p < HEAD_ONE / 5);
}
