// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/reading.h"

#define POLARITY_PLAIN 100

// Stored by their place: append only.
static const char *const LANGUAGES[] = {
	"und", "ace", "af", "am", "ar",  "arq", "ary", "az",    "ban", "bbc", "be", "bg", "bjn", "bn",  "bs",
	"bug", "ca",  "cs", "cy", "da",  "de",  "el",  "en",    "eo",  "es",  "et", "eu", "fa",  "fi",  "fr",
	"ga",  "gu",  "ha", "he", "hi",  "hr",  "hu",  "hy",    "id",  "ig",  "is", "it", "ja",  "jv",  "ka",
	"kk",  "ko",  "la", "lg", "lt",  "lv",  "mad", "mi",    "min", "mk",  "mn", "mr", "ms",  "nb",  "nij",
	"nl",  "nn",  "no", "pa", "pcm", "pl",  "pt",  "pt-mz", "ro",  "ru",  "rw", "sk", "sl",  "sn",  "so",
	"sq",  "sr",  "st", "su", "sv",  "sw",  "ta",  "te",    "th",  "tl",  "tn", "tr", "ts",  "twi", "uk",
	"ur",  "vi",  "xh", "yo", "zh",  "zu",  "kn",  "ml",    "or",  "si",  "lo", "km", "my",  "bo"};
_Static_assert(COUNTOF(LANGUAGES) <= READING_LANGUAGES_MAX, "seven bits hold the number");

unsigned reading_language_number(Str code)
{
	for (unsigned i = 1; i < COUNTOF(LANGUAGES); i++)
		if (str_eq(code, str_from(LANGUAGES[i]))) return i;
	return 0;
}

Str reading_language_code(unsigned number) { return str_from(LANGUAGES[number < COUNTOF(LANGUAGES) ? number : 0]); }

// The bits of an intent; those after spam stand one place lower, as it has bits of its own.
static unsigned intent_shift(Intent i)
{
	return READING_INTENTS + 3 * (unsigned)(i > INTENT_SPAM ? (int)i - 1 : (int)i);
}

// HEAD_ONE is 8 eighths, of which seven are the most that fit.
static int64_t eighths(uint32_t p) { return p >= HEAD_ONE ? 7 : (int64_t)p * 8 / HEAD_ONE; }

static int64_t put(int64_t bits, unsigned shift, int64_t width_mask, int64_t v)
{
	return (bits & ~(width_mask << shift)) | (v & width_mask) << shift;
}

int64_t reading_pack(const Analysis *a, unsigned generation)
{
	int64_t lean = (int64_t)a->sentiment[SENTIMENT_POS] - (int64_t)a->sentiment[SENTIMENT_NEG];
	int64_t bits = a->best | (int64_t)a->sure << READING_SURE;
	bits = put(bits, READING_LANGUAGE, 127, reading_language_number(a->language.code));
	bits = put(bits, READING_POLARITY, 255, lean * 127 / HEAD_ONE + 128);
	bits = put(bits, READING_SPAM, 127, (int64_t)a->spam * READING_SPAM_ONE / HEAD_ONE);
	bits = put(bits, READING_OFFENSIVE, 7, eighths(a->offensive));
	bits = put(bits, READING_URGENCY, 7, eighths(a->urgency));
	for (int i = 0; i < INTENT_N; i++)
		if (i != INTENT_SPAM) bits = put(bits, intent_shift((Intent)i), 7, eighths(a->intents[i]));
	return put(bits, READING_GENERATION, 63, generation);
}

unsigned reading_intent(int64_t bits, Intent i)
{
	if (i == INTENT_SPAM) return reading_spam(bits) / 16;
	return (unsigned)(bits >> intent_shift(i) & 7);
}

static int64_t corrected(int64_t bits) { return bits | (int64_t)1 << READING_CORRECTED; }

int64_t reading_set_sentiment(int64_t bits, int sentiment)
{
	int64_t polarity = sentiment == SENTIMENT_POS ? POLARITY_PLAIN : sentiment == SENTIMENT_NEG ? -POLARITY_PLAIN : 0;
	bits = put(bits, READING_SENTIMENT, 3, sentiment);
	bits = put(bits, READING_SURE, 1, 1);
	return corrected(put(bits, READING_POLARITY, 255, polarity + 128));
}

int64_t reading_set_language(int64_t bits, Str code)
{
	return corrected(put(bits, READING_LANGUAGE, 127, reading_language_number(code)));
}

int64_t reading_set_intent(int64_t bits, Intent i, bool holds)
{
	if (i == INTENT_SPAM) return corrected(put(bits, READING_SPAM, 127, holds ? READING_SPAM_ONE : 0));
	return corrected(put(bits, intent_shift(i), 7, holds ? 7 : 0));
}

static void want(ReadingMask *m, unsigned shift, int64_t mask, int64_t v)
{
	m->mask |= mask << shift;
	m->want |= v << shift;
}

void reading_want_language(ReadingMask *m, Str code) { want(m, READING_LANGUAGE, 127, reading_language_number(code)); }
void reading_want_sentiment(ReadingMask *m, int sentiment) { want(m, READING_SENTIMENT, 3, sentiment); }
void reading_want_intent(ReadingMask *m, Intent i)
{
	BUG_IF(i == INTENT_SPAM);
	want(m, intent_shift(i), READING_LEVEL_HALF, READING_LEVEL_HALF);
}
void reading_want_offensive(ReadingMask *m) { want(m, READING_OFFENSIVE, READING_LEVEL_HALF, READING_LEVEL_HALF); }
void reading_want_urgent(ReadingMask *m) { want(m, READING_URGENCY, READING_LEVEL_HALF, READING_LEVEL_HALF); }
void reading_want_comment(ReadingMask *m, bool comment) { want(m, READING_COMMENT, 1, comment); }
