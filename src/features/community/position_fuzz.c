// SPDX-License-Identifier: AGPL-3.0-or-later
// Any text as the cursor of a list ("after=KEY.ID"): it is a place in a list or the list's beginning, and a place that is
// written comes back as it was.
#include "community/pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 4096) return 0;
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Position at = position_parse((Str){(const char *)data, size});
	bool beginning = at.key == INT64_MAX && at.id == INT64_MAX;
	BUG_IF(at.id <= 0);
	Buf b = buf_init(arena, 64, 64);
	buf_position(&b, at.key, at.id);
	BUG_IF(b.overflow);
	Position again = position_parse(buf_view(&b));
	BUG_IF(!beginning && (again.key != at.key || again.id != at.id));
	return 0;
}
