// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/topic.h"

void topic_scores(const Model *m, const TextWork *w, TopicScores *ret)
{
	SparseSums around = {0};
	const Features *f = w->features;
	const WordSums *words = &w->sums;
	const int32_t *restrict of_words = words->topic;
	int32_t *restrict sums = ret->sums;
	sparse_head_add(&m->topic, f->v, f->n, &around);
	sparse_sums_end(&around);
	for (size_t c = 0; c < HEAD_CLASSES_MAX; c++) sums[c] = of_words[c] + 2 * around.v[c];
	sparse_head_worth(&m->topic, f->n + words->words + words->grams, f->n + words->words, &ret->worth);
}

// Puts a class among the best so far, behind those that are as good.
static void keep(TopicShares *s, uint32_t topic, const int32_t *sums)
{
	size_t at = s->n;
	while (at > 0 && sums[s->v[at - 1].topic] < sums[topic]) at--;
	if (at == TOPIC_SHARES) return;
	if (s->n < TOPIC_SHARES) s->n++;
	for (size_t i = s->n - 1; i > at; i--) s->v[i] = s->v[i - 1];
	s->v[at].topic = topic;
}

// e^(score - top), of HEAD_ONE.
static inline uint32_t part_of(const TopicScores *s, uint32_t topic, int64_t top)
{
	return head_exp(sparse_worth_of(&s->worth, s->sums[topic]) - top);
}

void topic_shares(const Model *m, const TopicScores *s, size_t taxonomy, TopicShares *ret)
{
	uint32_t from = m->taxonomies[taxonomy].from, to = m->taxonomies[taxonomy].to, none = m->taxonomies[taxonomy].none;
	int32_t least = INT32_MIN;
	*ret = (TopicShares){0};
	for (uint32_t c = from; c < to; c++) {
		if (s->sums[c] <= least || c == none) continue;
		keep(ret, c, s->sums);
		if (ret->n == TOPIC_SHARES) least = s->sums[ret->v[TOPIC_SHARES - 1].topic];
	}
	if (!ret->n) return;
	int64_t top = sparse_worth_of(&s->worth, s->sums[ret->v[0].topic]);
	if (none < to) top = i64_max(top, sparse_worth_of(&s->worth, s->sums[none]));
	uint64_t all = 0;
	for (uint32_t c = from; c < to; c++) all += part_of(s, c, top);
	if (!all) return; // cannot be: the best adds one
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i].p = (uint32_t)((uint64_t)part_of(s, ret->v[i].topic, top) * HEAD_ONE / all);
	if (none < to) ret->p_none = (uint32_t)((uint64_t)part_of(s, none, top) * HEAD_ONE / all);
}
