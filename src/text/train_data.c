// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/train_data.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES ((size_t)256 << 20)

static void close_fd(const int *fd)
{
	if (*fd >= 0) close(*fd);
}

Status file_read(Ctx *cx, Str path, Str *ret_bytes)
{
	__attribute__((cleanup(close_fd))) int fd = open(str_z(cx->arena, path), O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0) return fail(cx, ST_NOT_FOUND, "%.*s cannot be read", STR(path));
	if (st.st_size < 0 || (size_t)st.st_size > FILE_MAX_BYTES) return fail(cx, ST_TOO_LARGE, "%.*s", STR(path));
	size_t size = (size_t)st.st_size, n = 0;
	char *p = arena_try_alloc(cx->arena, size + 1, 1);
	if (!p) return fail(cx, ST_TOO_LARGE, "%.*s", STR(path));
	while (n < size) {
		ssize_t got = read(fd, p + n, size - n);
		if (got <= 0) break;
		n += (size_t)got;
	}
	*ret_bytes = (Str){p, n};
	return ST_OK;
}

Status samples_read(Ctx *cx, Str path, Samples *ret)
{
	Str bytes = str_none(), line, text;
	TRY(file_read(cx, path, &bytes));
	size_t lines = 1;
	for (size_t i = 0; i < bytes.n; i++) lines += bytes.p[i] == '\n';
	Sample *v = ARENA_NEW(cx->arena, Sample, lines);
	size_t n = 0, left_out = 0;
	if (str_starts(bytes, S("\xef\xbb\xbf"))) bytes = str_sub(bytes, 3, bytes.n); // else it would be of the first label
	for (Str rest = bytes; rest.n;) {
		rest = str_cut(rest, '\n', &line);
		if (str_ends(line, S("\r"))) line.n--;
		Sample *s = &v[n];
		text = str_cut(line, '\t', &s->label);
		text = str_cut(text, '\t', &s->language);
		if (!text.p || !s->label.n) {
			left_out += str_trim(line).n > 0;
			continue;
		}
		s->text = text;
		s->weight = 1;
		n++;
	}
	if (!n) return fail(cx, ST_INVALID, "%.*s: no line is `label TAB language TAB text`", STR(path));
	*ret = (Samples){.v = v, .n = n, .left_out = left_out};
	return ST_OK;
}

Status samples_number(Ctx *cx, Samples *s, Str *names, size_t max, size_t *ret_n)
{
	size_t n = *ret_n, last = 0;
	for (size_t i = 0; i < s->n; i++) {
		Sample *x = &s->v[i];
		size_t k = n && str_eq(names[last], x->label) ? last : 0;
		while (k < n && !str_eq(names[k], x->label)) k++;
		if (k == n) {
			if (n == max) return fail(cx, ST_TOO_LARGE, "more than %zu labels", max);
			names[n++] = x->label;
		}
		x->class = (uint32_t)k;
		last = k;
	}
	*ret_n = n;
	return ST_OK;
}

void shuffle(uint32_t *order, size_t n, uint64_t seed)
{
	for (size_t i = 0; i < n; i++) order[i] = (uint32_t)i;
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)(random_next(&seed) % i);
		uint32_t t = order[i - 1];
		order[i - 1] = order[k];
		order[k] = t;
	}
}
