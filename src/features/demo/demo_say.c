// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/demo_text.h"

#define SEEN_SLOTS ((size_t)1 << 16)
#define SENTENCES_MAX 160
#define WORDS_MIN 4
#define ROUNDS_MAX 3 // how often an item of a pool may come back with other numbers

static const char *const ROOMS[] = {
	"kitchen", "hall",           "attic",        "cellar",      "study",      "nursery",     "bathroom",
	"pantry",  "garage",         "conservatory", "porch",       "guest room", "laundry",     "workshop",
	"bedroom", "dining room",    "stairwell",    "shed",        "library",    "sewing room", "box room",
	"loft",    "summer kitchen", "music room",   "boiler room", "back room",  "corridor",    "winter garden",
};
static const char *const DAYS[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

uint64_t demo_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15u); // splitmix64
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

int64_t demo_between(uint64_t *state, int64_t from, int64_t to)
{
	if (to <= from) return from;
	return from + (int64_t)(demo_random(state) % (uint64_t)(to - from + 1));
}

void demo_say_init(DemoSay *say, Arena *arena, uint64_t seed)
{
	*say = (DemoSay){.arena = arena, .rng = seed ^ 0x5ee0u};
	say->seen = ARENA_NEW(arena, uint64_t, SEEN_SLOTS);
	for (int i = 0; i < POOL_N; i++) say->next[i] = (size_t)(demo_random(&say->rng) & 0xffff);
}

static bool is_word_byte(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

// Reads one sentence from *at; returns its hash, or 0 if it has too few words to matter.
static uint64_t sentence_hash(Str text, size_t *at)
{
	uint64_t h = 0xcbf29ce484222325u;
	int words = 0;
	bool in_word = false;
	for (; *at < text.n; ++*at) {
		unsigned char c = (unsigned char)text.p[*at];
		if (c == '.' || c == '!' || c == '?' || c == '\n') break;
		bool word = is_word_byte(c);
		if (word && !in_word) {
			words++;
			h = (h ^ ' ') * 0x100000001b3u;
		}
		in_word = word;
		if (word) h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 0x100000001b3u;
	}
	++*at;
	return words < WORDS_MIN ? 0 : (h ? h : 1);
}

static uint64_t *seen_slot(DemoSay *say, uint64_t h)
{
	size_t i = (size_t)h & (SEEN_SLOTS - 1);
	while (say->seen[i] && say->seen[i] != h) i = (i + 1) & (SEEN_SLOTS - 1);
	return &say->seen[i];
}

bool demo_say_claim(DemoSay *say, Str text)
{
	uint64_t got[SENTENCES_MAX];
	size_t n = 0;
	for (size_t at = 0; at < text.n;) {
		uint64_t h = sentence_hash(text, &at);
		if (!h) continue;
		if (n == SENTENCES_MAX || *seen_slot(say, h)) return false;
		for (size_t i = 0; i < n; i++)
			if (got[i] == h) return false;
		got[n++] = h;
	}
	if (say->seen_n + n > SEEN_SLOTS / 2) return false;
	for (size_t i = 0; i < n; i++) *seen_slot(say, got[i]) = got[i];
	say->seen_n += n;
	return true;
}

static void version_write(DemoSay *say, Buf *b)
{
	buf_format(b, "3.%d", say->minor);
	if (say->minor < 2) buf_format(b, ".%d", (int)demo_between(&say->rng, 1, 9));
}

static void slot_write(DemoSay *say, Buf *b, char slot)
{
	uint64_t *r = &say->rng;
	switch (slot) {
	case 'a': buf_int(b, demo_between(r, 2, 9)); break;
	case 'b': buf_int(b, demo_between(r, 11, 97)); break;
	case 'r': buf_z(b, ROOMS[demo_random(r) % (sizeof ROOMS / sizeof *ROOMS)]); break;
	case 'w': buf_z(b, DAYS[demo_random(r) % 7]); break;
	case 'v': version_write(say, b); break;
	case 'p': buf_format(b, "5.%d.%d", (int)demo_between(r, 1, 8), (int)demo_between(r, 0, 19)); break;
	default: buf_char(b, slot); break;
	}
}

static Str expand(DemoSay *say, const char *z)
{
	Buf b = buf_init(say->arena, 256, 4096);
	for (; *z; z++) {
		if (z[0] == '{' && z[1] && z[2] == '}') {
			slot_write(say, &b, z[1]);
			z += 2;
		} else {
			buf_char(&b, *z);
		}
	}
	return buf_view(&b);
}

Str demo_say_pool(DemoSay *say, DemoPool pool)
{
	DemoStrings list = demo_pool_strings(pool);
	for (size_t tries = 0; tries < 2 * list.n && say->said[pool] < ROUNDS_MAX * list.n; tries++) {
		// A step that is prime to the number of items visits all of them in an order that is not the table's.
		size_t step = list.n % 7 ? 7 : (list.n % 11 ? 11 : 13);
		say->next[pool] += step;
		say->said[pool]++;
		Str s = expand(say, list.items[say->next[pool] % list.n]);
		if (demo_say_claim(say, s)) return s;
	}
	return str_none();
}
