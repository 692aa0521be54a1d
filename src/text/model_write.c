// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/model.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define ALIGN ((size_t)64)
#define FILE_MAX_BYTES ((size_t)64 << 20)

static size_t aligned(size_t n) { return (n + ALIGN - 1) / ALIGN * ALIGN; }

static void pad(Buf *b)
{
	while (b->n % ALIGN && !b->overflow) buf_char(b, 0);
}

static void put_directory(Buf *b, const ModelSection *sections, size_t n)
{
	uint32_t head[2] = {MODEL_VERSION, (uint32_t)n};
	buf_str(b, S("HEARTHTX"));
	buf_mem(b, head, sizeof head);
	size_t at = aligned(16 + n * 32);
	for (size_t i = 0; i < n; i++) {
		char name[MODEL_NAME_BYTES] = {0};
		size_t len = strlen(sections[i].name);
		memcpy(name, sections[i].name, size_min(len, sizeof name - 1));
		uint64_t where[2] = {at, sections[i].bytes.n};
		buf_mem(b, name, sizeof name);
		buf_mem(b, where, sizeof where);
		at = aligned(at + sections[i].bytes.n);
	}
	pad(b);
}

static Status put_file(Ctx *cx, Str path, Str bytes)
{
	int fd = open(str_z(cx->arena, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0) return fail(cx, ST_IO, "%.*s cannot be written", STR(path));
	bool ok = true;
	for (size_t at = 0; ok && at < bytes.n;) {
		ssize_t n = write(fd, bytes.p + at, bytes.n - at);
		ok = n > 0;
		if (ok) at += (size_t)n;
	}
	ok = close(fd) == 0 && ok;
	return ok ? ST_OK : fail(cx, ST_IO, "%.*s cannot be written", STR(path));
}

Status model_write(Ctx *cx, Str path, const ModelSection *sections, size_t n)
{
	size_t total = aligned(16 + n * 32);
	for (size_t i = 0; i < n; i++) total = aligned(total + sections[i].bytes.n);
	Buf b = buf_init(cx->arena, total + ALIGN, FILE_MAX_BYTES);
	put_directory(&b, sections, n);
	for (size_t i = 0; i < n; i++) {
		buf_str(&b, sections[i].bytes);
		pad(&b);
	}
	TRY(buf_status(cx, &b));
	return put_file(cx, path, buf_view(&b));
}
