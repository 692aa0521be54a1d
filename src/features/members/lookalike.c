// SPDX-License-Identifier: AGPL-3.0-or-later
#include "lookalike.h"

#include "base/utf8.h"

typedef enum Alphabet { LATIN, GREEK, CYRILLIC, ALPHABETS, OTHER } Alphabet;

typedef struct Range {
	uint32_t from, to;
	Alphabet alphabet;
} Range;

static const Range RANGES[] = {
	{'a', 'z', LATIN},          {0xaa, 0xaa, LATIN},        {0xba, 0xba, LATIN},        {0xc0, 0x2af, LATIN},
	{0x370, 0x3ff, GREEK},      {0x400, 0x52f, CYRILLIC},   {0x1c80, 0x1c8f, CYRILLIC}, {0x1d00, 0x1dbf, LATIN},
	{0x1e00, 0x1eff, LATIN},    {0x1f00, 0x1fff, GREEK},    {0x2c60, 0x2c7f, LATIN},    {0x2c80, 0x2cff, GREEK},
	{0x2de0, 0x2dff, CYRILLIC}, {0xa640, 0xa69f, CYRILLIC}, {0xa720, 0xa7ff, LATIN},    {0xab30, 0xab6f, LATIN}};

// Of each shape its letter in each alphabet that has it; 0: none.
static const uint32_t SHAPES[][ALPHABETS] = {
	{'a', 0x3b1, 0x430}, {'b', 0x3b2, 0x432}, {'c', 0, 0x441},     {'d', 0, 0x501},     {'e', 0x3b5, 0x435},
	{'h', 0x3b7, 0x43d}, {'i', 0x3b9, 0x456}, {'j', 0x3f3, 0x458}, {'k', 0x3ba, 0x43a}, {'l', 0, 0x4cf},
	{'m', 0x3bc, 0x43c}, {'n', 0x3bd, 0},     {'o', 0x3bf, 0x43e}, {'p', 0x3c1, 0x440}, {'q', 0, 0x51b},
	{'s', 0, 0x455},     {'t', 0x3c4, 0x442}, {'u', 0x3c5, 0},     {'w', 0x3c9, 0x51d}, {'x', 0x3c7, 0x445},
	{'y', 0x3b3, 0x443}, {'z', 0x3b6, 0}};

static Alphabet alphabet_of(uint32_t c)
{
	for (size_t i = 0; i < COUNTOF(RANGES); i++)
		if (c >= RANGES[i].from && c <= RANGES[i].to) return RANGES[i].alphabet;
	return OTHER;
}

bool lookalike_mixed(Str key)
{
	bool seen[ALPHABETS] = {false};
	int n = 0;
	for (const char *p = key.p, *end = p + key.n; p < end;) {
		Alphabet a = alphabet_of(utf8_next(&p, end));
		if (a == OTHER || seen[a]) continue;
		seen[a] = true;
		n++;
	}
	return n > 1;
}

// The letter of the same shape in another alphabet; 0: there is none.
static uint32_t shaped_like(uint32_t c, Alphabet from, Alphabet to)
{
	for (size_t i = 0; i < COUNTOF(SHAPES); i++)
		if (SHAPES[i][from] == c) return SHAPES[i][to];
	return 0;
}

// What belongs to none of them stays.
static bool written_in(Str key, Alphabet from, Alphabet to, Buf *b)
{
	for (const char *p = key.p, *end = p + key.n; p < end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, end), like = shaped_like(c, from, to);
		if (alphabet_of(c) == OTHER) {
			buf_mem(b, at, (size_t)(p - at));
			continue;
		}
		if (!like) return false;
		if (like >= 0x80) buf_char(b, (char)(0xc0 | like >> 6)); // the table ends below U+0800
		buf_char(b, (char)(like >= 0x80 ? 0x80 | (like & 0x3f) : like));
	}
	return true;
}

size_t lookalike_keys(Arena *a, Str key, Str ret[static LOOKALIKES_MAX])
{
	Alphabet from = OTHER;
	size_t n = 0;
	for (const char *p = key.p, *end = p + key.n; p < end && from == OTHER;) from = alphabet_of(utf8_next(&p, end));
	for (Alphabet to = LATIN; from != OTHER && to < ALPHABETS; to++) {
		Buf b = buf_init(a, key.n + 8, key.n * 4 + 8);
		if (to != from && written_in(key, from, to, &b)) ret[n++] = buf_view(&b);
	}
	return n;
}
