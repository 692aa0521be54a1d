// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/groups.h"

static bool among(Str code, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(code, str_from(list[i]))) return true;
	return false;
}

SentimentGroup sentiment_group(Str language)
{
	static const char *const AFRICA[] = {"am", "ha", "ig", "pcm", "rw", "sw", "ts", "twi",
										 "yo", "zu", "xh", "sn",  "so", "st", "tn", "lg"};
	static const char *const NUSANTARA[] = {"ace", "ban", "bbc", "bjn", "bug", "id", "jv",
											"mad", "min", "nij", "su",  "ms",  "tl"};
	if (str_eq(language, S("en"))) return GROUP_ENGLISH;
	if (str_eq(language, S("hi-Latn"))) return GROUP_HINDI;
	if (among(language, AFRICA, COUNTOF(AFRICA))) return GROUP_AFRICA;
	return among(language, NUSANTARA, COUNTOF(NUSANTARA)) ? GROUP_NUSANTARA : GROUP_WIDE;
}

Str lexicon_code(Str language)
{
	static const char *const SAME[][2] = {
		{"arq", "ar"}, {"ary", "ar"}, {"pt-mz", "pt"}, {"pcm", "en"}, {"hi-Latn", "hi"}};
	for (size_t i = 0; i < COUNTOF(SAME); i++)
		if (str_eq(language, str_from(SAME[i][0]))) return str_from(SAME[i][1]);
	return language;
}
