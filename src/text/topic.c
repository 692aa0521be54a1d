// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/topic.h"

// Puts a class among the best so far.
static size_t keep(TopicShare *v, size_t n, uint32_t topic, const int64_t *scores)
{
	size_t at = n;
	while (at > 0 && scores[v[at - 1].topic] < scores[topic]) at--;
	if (at == TOPIC_SHARES) return n;
	if (n < TOPIC_SHARES) n++;
	for (size_t i = n - 1; i > at; i--) v[i] = v[i - 1];
	v[at].topic = topic;
	return n;
}

size_t topic_shares(const Model *m, const Features *f, TopicShare ret[TOPIC_SHARES_MAX])
{
	int64_t scores[HEAD_CLASSES_MAX];
	size_t all = 0;
	sparse_head_score(&m->topic, f->v, f->n, f->words_n, scores);
	for (size_t k = 0; k < m->taxonomies_n; k++) {
		uint32_t from = m->taxonomies[k].from, to = m->taxonomies[k].to, none = m->taxonomies[k].none;
		int64_t top = scores[from];
		uint64_t sum = 0;
		size_t n = 0;
		for (uint32_t c = from; c < to; c++) {
			top = i64_max(top, scores[c]);
			if (c != none) n = keep(ret + all, n, c, scores);
		}
		for (uint32_t c = from; c < to; c++) sum += head_exp(scores[c] - top);
		for (size_t i = all; i < all + n; i++)
			ret[i].p = sum ? (uint32_t)((uint64_t)head_exp(scores[ret[i].topic] - top) * HEAD_ONE / sum) : 0;
		all += n;
	}
	return all;
}
