// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/risk_head.h"

#include "text/model.h"

_Static_assert(2 + ADVICE_HINTS + RISK_THINGS <= HEAD_DENSE, "room for what is counted");
#define LEAST ((int64_t)HEAD_ONE / 8) // that a word adds, to be named

_Static_assert((int)SMALL_HINDI == (int)SMALL_RISK + RISK_N - 1, "a lane for each class but harmless");
_Static_assert((int)SMALL_RISK == KNOWN_RISK_FROM && SMALL_HINDI <= SMALL_RISK + KNOWN_RISK_LANES, "known by the word");

static Dense counted(const TextScan *scan, const RiskStretch *x)
{
	Dense d = {.v = {256, (int32_t)size_min(scan->tokens_n, 32) * 8}};
	size_t n = 2;
	for (size_t i = 0; i < ADVICE_HINTS; i++) d.v[n++] = x->hints >> i & 1 ? 256 : 0;
	for (size_t i = 0; i < RISK_THINGS; i++) d.v[n++] = x->things >> i & 1 ? 256 : 0;
	return d;
}

void risk_head_features(TextWork *w, const RiskStretch *x, Dense *ret)
{
	text_work_read(w, x->text);
	text_work_features(w, w->english);
	*ret = counted(w->scan, x);
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

static void words(void *arg, const RiskStretch *x, RiskClass class, TextSpan ret[RISK_WORDS_MAX])
{
	const RiskHead *head = arg;
	const TextWork *w = head->work;
	const size_t lane = SMALL_RISK + (size_t) class - 1;
	int64_t worth[RISK_WORDS_MAX] = {0};
	size_t words_n = w->features->n + w->sums.words;
	int64_t length = (int64_t)isqrt64((uint64_t)(words_n * 4 + w->sums.grams));
	for (size_t i = 0; i < w->scan->tokens_n; i++) {
		const Token *t = &w->scan->tokens[i];
		if (t->kind != TOKEN_WORD || t->cps < 3) continue;
		int64_t v = worth_of(head->lanes, w->scan, t, lane, length);
		size_t k = RISK_WORDS_MAX;
		while (k > 0 && worth[k - 1] < v) k--;
		if (k == RISK_WORDS_MAX || v < LEAST) continue;
		for (size_t j = RISK_WORDS_MAX - 1; j > k; j--) {
			worth[j] = worth[j - 1];
			ret[j] = ret[j - 1];
		}
		worth[k] = v;
		ret[k] = (TextSpan){x->at + t->at, x->at + t->end};
	}
}

static void score(void *arg, const RiskStretch *x, int64_t ret_logits[RISK_N])
{
	const RiskHead *head = arg;
	TextWork *w = head->work;
	const Features *f = w->features;
	int64_t lanes[HEAD_LANES];
	text_work_part(w, x->text, KNOWN_SENTIMENT | KNOWN_RISK);
	vader_marks(w->lexicon, w->scan, w->sums.facts, w->english, w->vader_scratch);
	features_around(w->features, w->scan, w->vader_scratch->marks, false);
	LaneSums sums = w->sums.small;
	lane_head_add(head->lanes, f->v, f->n, 2, &sums);
	Dense dense = counted(w->scan, x);
	size_t words_n = f->n + w->sums.words;
	lane_head_score(head->lanes, &sums, words_n + w->sums.grams, words_n, &dense, SMALL_RISK, SMALL_HINDI, lanes);
	for (size_t c = 1; c < RISK_N; c++) ret_logits[c] = lanes[SMALL_RISK + c - 1];
}

RiskJudge risk_head_judge(RiskHead *head) { return (RiskJudge){score, words, head}; }
