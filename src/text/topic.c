// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/topic.h"

// What features weigh that are no single words counts twice.
static void sum_up(const int32_t *restrict of_words, const int32_t *restrict around, int32_t *restrict ret)
{
	for (size_t c = 0; c < HEAD_CLASSES_MAX; c++) ret[c] = of_words[c] + 2 * around[c];
}

void topic_scores(const Model *m, const TextWork *w, TopicScores *ret)
{
	SparseSums around = {0};
	const Features *f = w->features;
	const WordSums *words = &w->sums;
	sparse_head_add(&m->topic, f->v, f->n, &around);
	sparse_sums_end(&around);
	sum_up(words->topic, around.v, ret->sums);
	sparse_head_worth(&m->topic, f->n + words->words + words->grams, f->n + words->words, &ret->worth);
}

// Puts a class among the best so far, behind those that are as good.
static void keep(TopicShares *s, uint32_t topic, size_t most, const int32_t *sums)
{
	size_t at = s->n;
	while (at > 0 && sums[s->v[at - 1].topic] < sums[topic]) at--;
	if (at == most) return;
	if (s->n < most) s->n++;
	for (size_t i = s->n - 1; i > at; i--) s->v[i] = s->v[i - 1];
	s->v[at].topic = topic;
}

// e^(score - top), of HEAD_ONE.
static inline uint32_t part_of(const TopicScores *s, uint32_t topic, int64_t top)
{
	return head_exp(sparse_worth_of(&s->worth, s->sums[topic]) - top);
}

void topic_shares(const Model *m, const TopicScores *s, size_t taxonomy, size_t most, TopicShares *ret)
{
	uint32_t from = m->taxonomies[taxonomy].from, to = m->taxonomies[taxonomy].to, none = m->taxonomies[taxonomy].none;
	int32_t least = INT32_MIN;
	*ret = (TopicShares){0};
	for (uint32_t c = from; c < to; c++) {
		if (s->sums[c] <= least || c == none) continue;
		keep(ret, c, most, s->sums);
		if (ret->n == most) least = s->sums[ret->v[most - 1].topic];
	}
	if (!ret->n) return;
	int64_t top = sparse_worth_of(&s->worth, s->sums[ret->v[0].topic]);
	if (none < to) top = i64_max(top, sparse_worth_of(&s->worth, s->sums[none]));
	uint64_t all = sparse_exps(&s->worth, s->sums + from, to - from, top);
	if (!all) return; // cannot be: the best adds one
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i].p = (uint32_t)((uint64_t)part_of(s, ret->v[i].topic, top) * HEAD_ONE / all);
	if (none < to) ret->p_none = (uint32_t)((uint64_t)part_of(s, none, top) * HEAD_ONE / all);
}
