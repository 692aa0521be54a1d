// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines of a descriptor, one after another, and lines to stdout: what the filters of the command line (hearth text …) are
// made of. A line longer than LINE_KEEP_BYTES is given cut, the rest of it is skipped.
//
//   Lines in = lines_open(arena, STDIN_FILENO);
//   for (Str line; lines_next(&in, &line);) …     // without its newline; valid until the next call
//
// Output is flushed when the input has nothing more at hand, so that a filter answers line by line at a prompt and in
// blocks in a pipe.
#pragma once
#include "base/buf.h"
#include "base/ctx.h"

#define LINE_KEEP_BYTES ((size_t)80 << 10)

typedef struct Lines {
	int fd;
	char *p;
	size_t from, n, cap;
	bool end, failed;
} Lines;

Lines lines_open(Arena *a, int fd);
bool lines_next(Lines *l, Str *ret_line);
bool lines_at_hand(const Lines *l); // is there a whole line that has been read already?
MUST_CHECK Status
out_flush(Ctx *cx, Buf *b); // to stdout; empties it. ST_IO if it cannot be written, or what the buffer fails with
