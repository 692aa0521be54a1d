// SPDX-License-Identifier: AGPL-3.0-or-later
// The first byte chooses the file, the rest is its content: every row that comes out is valid text.
#include "base/utf8.h"
#include "stackexchange/dump.h"

static Status on_row(void *arg, const SeRow *row)
{
	int64_t *rows = arg;
	Str tags = row->post.tags, tag;
	++*rows;
	if (row->file == SE_USERS) BUG_IF(!utf8_valid(row->user.display_name) || !utf8_valid(row->user.about_html));
	if (row->file == SE_COMMENTS) BUG_IF(!utf8_valid(row->comment.text));
	if (row->file != SE_POSTS) return ST_OK;
	BUG_IF(!utf8_valid(row->post.body_html) || !utf8_valid(row->post.title));
	while (se_tags_next(&tags, &tag)) BUG_IF(!tag.n);
	return ST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size) return 0;
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = arena};
	int64_t seen = 0, rows = 0;
	SeFile file = (SeFile)(data[0] % SE_FILES_N);
	Status st = se_dump_read_bytes(&cx, file, (Str){(const char *)data + 1, size - 1}, on_row, &seen, &rows);
	BUG_IF(st == ST_OK && seen != rows);
	BUG_IF(st != ST_OK && !cx.fail_text.n);
	return 0;
}
