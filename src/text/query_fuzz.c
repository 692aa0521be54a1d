// SPDX-License-Identifier: AGPL-3.0-or-later
// The first line as a listening query, the rest as the text that is asked.
#include "text/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(Arena) arena = arena_new((size_t)64 << 20);
	Ctx cx = {.arena = arena};
	Str query, text = str_cut((Str){(const char *)data, size}, '\n', &query);
	QuerySet *q = queries_new(arena);
	QueryMatch m[2];
	if (queries_add(&cx, q, S("q"), query) != ST_OK) return 0;
	TextScan *scan = text_scan_new(arena);
	text_scan(scan, text);
	QueryFields fields = {{[FIELD_LANG] = S("en"), [FIELD_TITLE] = S("a title")}};
	size_t n = queries_match(q, scan, &fields, m, 2);
	BUG_IF(n > 1);
	return 0;
}
