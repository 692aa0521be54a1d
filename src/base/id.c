// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/id.h"

#include <stdatomic.h>

static const char DIGITS[] = "0123456789abcdefghjkmnpqrstvwxyz";

// layout: ms(41) | node(10) | sequence(12). `last` holds ms << 12 | sequence, so that one compare-and-swap both
// keeps ids rising when the clock steps back and borrows from the next millisecond when a sequence is used up.
Id id_next(IdSource *src, Time now)
{
	int64_t fresh = i64_max(0, now - ID_EPOCH_MS) * 4096, last = atomic_load_explicit(&src->last, memory_order_relaxed),
			next;
	do {
		next = fresh > last ? fresh : last + 1;
	} while (
		!atomic_compare_exchange_weak_explicit(&src->last, &last, next, memory_order_relaxed, memory_order_relaxed));
	return ((next >> 12) << 22) | ((int64_t)src->node << 12) | (next & 0xfff);
}

Time id_time(Id id) { return (id >> 22) + ID_EPOCH_MS; }
int id_node(Id id) { return (int)(id >> 12 & 1023); }
Id id_floor(Time t) { return t <= ID_EPOCH_MS ? 0 : (t - ID_EPOCH_MS) << 22; }

int id_order(const void *a, const void *b)
{
	Id x = *(const Id *)a, y = *(const Id *)b;
	return (x > y) - (x < y);
}

size_t id_format(Id id, char out[static ID_TEXT_MAX])
{
	uint64_t v = (uint64_t)id;
	size_t n = (68 - (size_t)__builtin_clzll(v | 1)) / 5;
	for (size_t i = n; i-- > 0; v >>= 5) out[i] = DIGITS[v & 31];
	return n;
}

void buf_id(Buf *b, Id id)
{
	char text[ID_TEXT_MAX];
	buf_mem(b, text, id_format(id, text));
}

// What a character counts, and one more; 0 is none of the digits.
static const uint8_t VALUES[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,  ['8'] = 9,
	['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['g'] = 17, ['h'] = 18,
	['j'] = 19, ['k'] = 20, ['m'] = 21, ['n'] = 22, ['p'] = 23, ['q'] = 24, ['r'] = 25, ['s'] = 26, ['t'] = 27,
	['v'] = 28, ['w'] = 29, ['x'] = 30, ['y'] = 31, ['z'] = 32, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14,
	['E'] = 15, ['F'] = 16, ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['M'] = 21, ['N'] = 22, ['P'] = 23,
	['Q'] = 24, ['R'] = 25, ['S'] = 26, ['T'] = 27, ['V'] = 28, ['W'] = 29, ['X'] = 30, ['Y'] = 31, ['Z'] = 32,
};

bool id_parse(Str s, Id *ret_id)
{
	if (s.n == 0 || s.n > ID_TEXT_MAX) return false;
	uint64_t v = 0;
	for (size_t i = 0; i < s.n; i++) {
		int d = VALUES[(unsigned char)s.p[i]] - 1;
		if (d < 0 || v > (uint64_t)INT64_MAX >> 5) return false;
		v = v << 5 | (uint64_t)d;
	}
	if (v == 0 || v > INT64_MAX) return false;
	*ret_id = (Id)v;
	return true;
}

Str ids_json(Arena *a, const Id *ids, size_t n)
{
	Buf b = buf_init(a, n * 20 + 2, n * 21 + 2);
	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i) buf_char(&b, ',');
		buf_int(&b, ids[i]);
	}
	buf_char(&b, ']');
	return buf_view(&b);
}
