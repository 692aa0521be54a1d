// SPDX-License-Identifier: AGPL-3.0-or-later
// What a text is about, by the topic head: for each taxonomy that the model knows, the few likeliest topics.
//
//   known_words_add(w->known, w->scan, KNOWN_TOPIC, &w->sums);
//   text_work_around(w, w->english);
//   TopicScores s;
//   topic_scores(model, w, &s);
//   TopicShares v;
//   topic_shares(model, &s, taxonomy, TOPIC_SHARES, &v);    // v.v[i].p of HEAD_ONE
//
// The class that means "none of the taxonomy" takes part in the sum and is no share. Integers; one thread.
#pragma once
#include "text/model.h"
#include "text/work.h"

#define TOPIC_SHARES 3 // of a taxonomy
#define TOPIC_SHARES_MAX ((size_t)TOPIC_SHARES * MODEL_TAXONOMIES_MAX)

typedef struct TopicShare {
	uint32_t topic; // a class of the head
	uint32_t p;
} TopicShare;

typedef struct TopicShares {
	TopicShare v[TOPIC_SHARES]; // the likeliest first
	size_t n;
	uint32_t p_none; // that it is none of the taxonomy's, where it knows such a class
} TopicShares;

// Of one text.
typedef struct TopicScores {
	int32_t sums[HEAD_CLASSES_MAX];
	SparseWorth worth;
} TopicScores;

void topic_scores(const Model *m, const TextWork *w, TopicScores *ret);
// The likeliest, `most` of them: from 1 to TOPIC_SHARES.
void topic_shares(const Model *m, const TopicScores *s, size_t taxonomy, size_t most, TopicShares *ret);
