// SPDX-License-Identifier: AGPL-3.0-or-later
// What a text is about, by the topic head: for each taxonomy that the model knows, the few likeliest topics.
//
//   text_work_features(w, w->english);
//   TopicShare v[TOPIC_SHARES_MAX];
//   size_t n = topic_shares(model, w->features, v);    // v[i].p of HEAD_ONE
//
// The class that means "none of the taxonomy" takes part in the sum and is not returned. Integers; one thread.
#pragma once
#include "text/model.h"

#define TOPIC_SHARES 3 // of a taxonomy
#define TOPIC_SHARES_MAX ((size_t)TOPIC_SHARES * MODEL_TAXONOMIES_MAX)

typedef struct TopicShare {
	uint32_t topic; // a class of the head
	uint32_t p;
} TopicShare;

// How many; those of one taxonomy stand together, the likeliest first.
size_t topic_shares(const Model *m, const Features *f, TopicShare ret[TOPIC_SHARES_MAX]);
