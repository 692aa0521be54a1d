// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

Lines lines_open(Arena *a, int fd)
{
	size_t cap = LINE_KEEP_BYTES * 4;
	return (Lines){.fd = fd, .p = arena_alloc(a, cap, 16), .cap = cap};
}

bool lines_at_hand(const Lines *l) { return l->n > l->from && memchr(l->p + l->from, '\n', l->n - l->from); }

static bool fill(Lines *l)
{
	if (l->end) return false;
	if (l->from) {
		memmove(l->p, l->p + l->from, l->n - l->from);
		l->n -= l->from;
		l->from = 0;
	}
	ssize_t got;
	do got = read(l->fd, l->p + l->n, l->cap - l->n);
	while (got < 0 && errno == EINTR);
	if (got <= 0) {
		l->end = true;
		l->failed = got < 0;
		return false;
	}
	l->n += (size_t)got;
	return true;
}

// What is left of a line that is too long for the buffer.
static void skip_line(Lines *l)
{
	for (;;) {
		char *nl = l->n > l->from ? memchr(l->p + l->from, '\n', l->n - l->from) : NULL;
		if (nl) {
			l->from = (size_t)(nl - l->p) + 1;
			return;
		}
		l->from = l->n;
		if (!fill(l)) return;
	}
}

bool lines_next(Lines *l, Str *ret_line)
{
	size_t looked = 0;
	for (;;) {
		char *from = l->p + l->from, *nl = NULL;
		size_t have = l->n - l->from;
		if (have > looked) nl = memchr(from + looked, '\n', have - looked);
		if (nl) {
			*ret_line = (Str){from, (size_t)(nl - from)};
			l->from += ret_line->n + 1;
			break;
		}
		looked = have;
		if (have >=
			LINE_KEEP_BYTES * 2) { // the kept part moves to the end of the buffer, out of the way of what is skipped
			char *keep = l->p + l->cap - LINE_KEEP_BYTES;
			memmove(keep, from, LINE_KEEP_BYTES);
			l->cap -= LINE_KEEP_BYTES;
			if (l->n > l->cap) l->n = l->cap;
			l->from = size_min(l->from + LINE_KEEP_BYTES, l->n);
			skip_line(l);
			l->cap += LINE_KEEP_BYTES;
			*ret_line = (Str){keep, LINE_KEEP_BYTES};
			return true;
		}
		if (!fill(l)) {
			if (!have) return false;
			*ret_line = (Str){l->p + l->from, have};
			l->from = l->n;
			break;
		}
	}
	if (str_ends(*ret_line, S("\r"))) ret_line->n--;
	return true;
}

Status out_flush(Ctx *cx, Buf *b)
{
	size_t at = 0;
	TRY(buf_status(cx, b));
	while (at < b->n) {
		ssize_t n = write(STDOUT_FILENO, b->p + at, b->n - at);
		if (n < 0 && errno == EINTR) continue;
		if (n <= 0) return fail(cx, ST_IO, "the output cannot be written");
		at += (size_t)n;
	}
	b->n = 0;
	return ST_OK;
}
