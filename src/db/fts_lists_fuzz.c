// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as the structure of an FTS5 index and as the pages of a list: nothing is read past them, and what is accepted
// is in order. Input: one byte with the length of a word, the word, then pages, each after two bytes with its length.
#include "db/fts_lists.h"

#define FUZZ_PAGES_MAX 32

static void check_list(const FtsBytes *bytes, FtsList *list)
{
	for (size_t i = 0; i < list->n; i++) {
		uint32_t counts[2];
		BUG_IF(i && list->v[i - 1].doc >= list->v[i].doc);
		fts_entry_count(bytes, list->v[i], counts);
	}
	size_t before = list->n;
	fts_list_finish(bytes, list);
	BUG_IF(list->n > before);
	FtsList both[2] = {*list, *list};
	FtsEntry at[20];
	size_t n = fts_lists_meet(both, 2, at, COUNTOF(at) / 2);
	BUG_IF(n != size_min(list->n, COUNTOF(at) / 2));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *p = (const char *)data, *end = p + size;
	int64_t segments[FTS_SEGMENTS_MAX];
	Str pages[FUZZ_PAGES_MAX];
	size_t segments_n, n = 0;
	if (fts_segments_read((Str){p, size}, segments, &segments_n)) BUG_IF(segments_n > FTS_SEGMENTS_MAX);
	if (p == end || end - p <= data[0]) return 0;
	Str word = {p + 1, data[0]};
	for (p += 1 + word.n; end - p >= 2 && n < FUZZ_PAGES_MAX;) {
		size_t bytes = size_min((size_t)((unsigned char)p[0] << 8 | (unsigned char)p[1]), (size_t)(end - p - 2));
		pages[n++] = (Str){p + 2, bytes};
		p += 2 + bytes;
	}
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	FtsBytes bytes = fts_bytes(arena, size * 2);
	FtsList list = {0};
	size_t old = n / 2; // the first half is an older segment's
	if (fts_list_add(arena, word, pages, old, true, &bytes, &list) &&
		fts_list_add(arena, word, pages + old, n - old, true, &bytes, &list))
		check_list(&bytes, &list);
	return 0;
}
