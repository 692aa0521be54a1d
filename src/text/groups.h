// SPDX-License-Identifier: AGPL-3.0-or-later
// Which lanes speak for the feeling of a language: two of the sentiment head for each group, and for romanised Hindi two of
// the small head. Each group is trained by itself, on what people wrote in its languages: one model for all of them was worse
// for every one (docs/text.md).
#pragma once
#include "base/str.h"

typedef enum SentimentGroup {
	GROUP_ENGLISH,
	GROUP_WIDE,
	GROUP_AFRICA,
	GROUP_NUSANTARA,
	GROUP_N,              // of the sentiment head
	GROUP_HINDI = GROUP_N // in Latin letters
} SentimentGroup;

// By language code as the training sets and the language head write it ("pt-mz", "hi-Latn").
SentimentGroup sentiment_group(Str language);
// The code under which the lexicon knows the language ("ary" is "ar").
Str lexicon_code(Str language);
