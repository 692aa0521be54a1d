// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/risk_head.h"

#include "text/model.h"

_Static_assert(2 + ADVICE_HINTS + RISK_THINGS <= HEAD_DENSE, "room for what is counted");
#define LEAST ((int64_t)HEAD_ONE / 8) // that a word adds, to be named

_Static_assert((int)SMALL_HINDI == (int)SMALL_RISK + RISK_N - 1, "a lane for each class but harmless");

void risk_head_features(TextWork *w, const RiskStretch *x, Dense *ret)
{
	text_work_read(w, x->text);
	text_work_features(w, lexicon_language("en"));
	*ret = (Dense){.v = {256}};
	size_t n = 1;
	ret->v[n++] = (int32_t)size_min(w->scan->tokens_n, 32) * 8;
	for (size_t i = 0; i < ADVICE_HINTS; i++) ret->v[n++] = x->hints >> i & 1 ? 256 : 0;
	for (size_t i = 0; i < RISK_THINGS; i++) ret->v[n++] = x->things >> i & 1 ? 256 : 0;
}

// What a word and its n-grams add for a lane.
static int64_t worth_of(const LaneHead *h, const TextScan *scan, const Token *t, size_t lane, int64_t length)
{
	uint32_t grams[FEATURES_WORD_MAX];
	size_t n = features_grams(scan, t, &(Ahead){0}, grams);
	int64_t sum = (int64_t)2 * lane_row_weight(lane_head_row(h, t->hash), lane);
	for (size_t i = 0; i < n; i++) sum += lane_row_weight(lane_head_row(h, grams[i]), lane);
	return sum * h->lanes[lane].mult / 65536 / (length ? length : 1);
}

static void name_words(const LaneHead *h, const TextWork *w, uint32_t at, size_t lane, TextSpan ret[RISK_WORDS_MAX])
{
	int64_t worth[RISK_WORDS_MAX] = {0};
	int64_t length = (int64_t)isqrt64((uint64_t)(w->features->n + w->features->words_n * 3));
	for (size_t i = 0; i < w->scan->tokens_n; i++) {
		const Token *t = &w->scan->tokens[i];
		if (t->kind != TOKEN_WORD || t->cps < 3) continue;
		int64_t v = worth_of(h, w->scan, t, lane, length);
		size_t k = RISK_WORDS_MAX;
		while (k > 0 && worth[k - 1] < v) k--;
		if (k == RISK_WORDS_MAX || v < LEAST) continue;
		for (size_t j = RISK_WORDS_MAX - 1; j > k; j--) {
			worth[j] = worth[j - 1];
			ret[j] = ret[j - 1];
		}
		worth[k] = v;
		ret[k] = (TextSpan){at + t->at, at + t->end};
	}
}

void risk_head_score(const LaneHead *h, TextWork *w, const RiskStretch *x, RiskScore *ret)
{
	Dense dense;
	LaneSums sums = {0};
	int64_t lanes[HEAD_LANES];
	risk_head_features(w, x, &dense);
	const Features *f = w->features;
	lane_head_add(h, f->v, f->words_n, 2, &sums);
	lane_head_add(h, f->v + f->words_n, f->n - f->words_n, 1, &sums);
	lane_head_score(h, &sums, f->n, f->words_n, &dense, SMALL_RISK, SMALL_HINDI, lanes);
	*ret = (RiskScore){.logits = {0}};
	for (size_t c = 1; c < RISK_N; c++) {
		ret->logits[c] = lanes[SMALL_RISK + c - 1];
		name_words(h, w, x->at, SMALL_RISK + c - 1, ret->words[c]);
	}
}
