// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/dump.h"

#include <errno.h>
#define XML_DTD 1 // expat.h declares the amplification limits only then
#include <expat.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stackexchange/row.h"

#define CHUNK_BYTES (64 << 10)
#define PROGRESS_BYTES (256 << 10)
#define AMPLIFICATION_MAX 2.0f
#define AMPLIFICATION_FROM_BYTES (1 << 20)

static const struct {
	const char *file, *root;
} FILES[SE_FILES_N] = {
#define X(name, file, root) [name] = {file, root},
	SE_FILE_TABLE(X)
#undef X
};

struct SeDump {
	int fds[SE_FILES_N];
	int64_t bytes[SE_FILES_N], rows[SE_FILES_N];
	SeProgressFn progress;
	void *progress_arg;
};

typedef struct Reader {
	Ctx *cx;
	XML_Parser xml;
	SeFile file;
	SeRowFn fn;
	void *arg;
	int depth; // of open elements
	int64_t rows;
	int64_t fed;        // bytes given to expat
	int64_t fed_at_tag; // the same at the last tag: an endless row shows as growth without a tag
	Status status;      // the first failure, found in a callback
} Reader;

const char *se_file_name(SeFile file) { return FILES[file].file; }
int64_t se_dump_bytes(const SeDump *dump, SeFile file) { return dump->bytes[file]; }
int64_t se_dump_rows(const SeDump *dump, SeFile file) { return dump->rows[file]; }

void se_dump_progress(SeDump *dump, SeProgressFn fn, void *arg)
{
	dump->progress = fn;
	dump->progress_arg = arg;
}

static int64_t reader_byte(const Reader *r)
{
	int64_t at = XML_GetCurrentByteIndex(r->xml);
	return at < 0 ? r->fed : at;
}

int64_t se_row_line(const SeRow *row) { return (int64_t)XML_GetCurrentLineNumber(row->parser); }

// A defect at expat's present position; ends the parse.
PRINTF_LIKE(3, 4) static void reader_fail(Reader *r, Status st, const char *fmt, ...)
{
	if (r->status != ST_OK) return;
	char why[200];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	r->status = fail(r->cx, st, "%s: line %lu, byte %lld: %s", FILES[r->file].file,
					 (unsigned long)XML_GetCurrentLineNumber(r->xml), (long long)reader_byte(r), why);
	XML_StopParser(r->xml, XML_FALSE);
}

static void on_doctype(void *arg, const char *name, const char *system_id, const char *public_id, int has_subset)
{
	(void)name, (void)system_id, (void)public_id, (void)has_subset;
	reader_fail(arg, ST_INVALID, "has a DOCTYPE, which a dump never has");
}

static void row_read(Reader *r, const char *const *attributes)
{
	SeRow row = {.file = r->file, .byte = reader_byte(r), .parser = r->xml};
	RowFault fault = {0};
	if (!se_row_parse(r->file, attributes, &row, &fault)) {
		reader_fail(r, ST_INVALID, "%s %s", fault.field, fault.why);
		return;
	}
	r->rows++;
	if (!r->fn) return;
	Status st = r->fn(r->arg, &row);
	if (st == ST_OK) return;
	r->status = st;
	XML_StopParser(r->xml, XML_FALSE);
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	Reader *r = arg;
	r->fed_at_tag = r->fed;
	int depth = r->depth++;
	if (r->status != ST_OK) return;
	if (depth == 0 && strcmp(name, FILES[r->file].root) != 0)
		reader_fail(r, ST_INVALID, "begins with <%.60s>, expected <%s>", name, FILES[r->file].root);
	else if (depth == 1 && strcmp(name, "row") != 0)
		reader_fail(r, ST_INVALID, "<%.60s> where a row was expected", name);
	else if (depth > 1) reader_fail(r, ST_INVALID, "<%.60s> inside a row", name);
	else if (depth == 1) row_read(r, (const char *const *)attributes);
}

static void on_end(void *arg, const char *name)
{
	(void)name;
	Reader *r = arg;
	r->depth--;
	r->fed_at_tag = r->fed;
}

static Status reader_open(Ctx *cx, SeFile file, SeRowFn fn, void *arg, Reader *ret_reader)
{
	*ret_reader = (Reader){.cx = cx, .file = file, .fn = fn, .arg = arg, .xml = XML_ParserCreate("UTF-8")};
	if (!ret_reader->xml) return fail(cx, ST_INTERNAL, "no memory for the XML parser");
	return ST_OK;
}

// The address of the reader must not change after this.
static void reader_begin(Reader *r)
{
	XML_SetUserData(r->xml, r);
	XML_SetElementHandler(r->xml, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(r->xml, on_doctype);
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(r->xml, AMPLIFICATION_MAX);
	XML_SetBillionLaughsAttackProtectionActivationThreshold(r->xml, AMPLIFICATION_FROM_BYTES);
}

// n bytes lie in expat's own buffer.
static Status reader_feed(Reader *r, int n, bool last)
{
	r->fed += n;
	enum XML_Status st = XML_ParseBuffer(r->xml, n, last);
	if (r->status != ST_OK) return r->status;
	if (st != XML_STATUS_OK) {
		bool cut = last && r->depth > 0;
		reader_fail(r, ST_INVALID, "%s%s", XML_ErrorString(XML_GetErrorCode(r->xml)),
					cut ? " (the file is cut off)" : "");
	} else if (r->fed - r->fed_at_tag > (int64_t)SE_ROW_MAX_BYTES) {
		reader_fail(r, ST_INVALID, "no row ends within %zu bytes", SE_ROW_MAX_BYTES);
	}
	return r->status;
}

static Status feed_bytes(Reader *r, Str bytes)
{
	reader_begin(r);
	for (;;) {
		size_t n = size_min(bytes.n, CHUNK_BYTES);
		void *room = XML_GetBuffer(r->xml, CHUNK_BYTES);
		if (!room) return fail(r->cx, ST_INTERNAL, "no memory for the XML parser");
		if (n) memcpy(room, bytes.p, n);
		bytes = str_sub(bytes, n, bytes.n);
		TRY(reader_feed(r, (int)n, bytes.n == 0));
		if (!bytes.n) return ST_OK;
	}
}

static Status feed_file(Reader *r, SeDump *dump)
{
	int64_t next_progress = PROGRESS_BYTES;
	reader_begin(r);
	for (;;) {
		void *room = XML_GetBuffer(r->xml, CHUNK_BYTES);
		if (!room) return fail(r->cx, ST_INTERNAL, "no memory for the XML parser");
		ssize_t n = pread(dump->fds[r->file], room, CHUNK_BYTES, (off_t)r->fed);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0)
			return fail(r->cx, ST_IO, "%s: byte %lld: %s", FILES[r->file].file, (long long)r->fed, strerror(errno));
		TRY(reader_feed(r, (int)n, n == 0));
		bool report = dump->progress && (n == 0 || r->fed >= next_progress);
		if (report) dump->progress(dump->progress_arg, r->file, r->rows, r->fed, dump->bytes[r->file]);
		if (report) next_progress = r->fed + PROGRESS_BYTES;
		if (n == 0) return ST_OK;
	}
}

Status se_dump_read(Ctx *cx, SeDump *dump, SeFile file, SeRowFn fn, void *arg)
{
	Reader r;
	TRY(reader_open(cx, file, fn, arg, &r));
	Status st = feed_file(&r, dump);
	XML_ParserFree(r.xml);
	if (st == ST_OK) dump->rows[file] = r.rows;
	return st;
}

Status se_dump_read_bytes(Ctx *cx, SeFile file, Str bytes, SeRowFn fn, void *arg, int64_t *ret_rows)
{
	Reader r;
	TRY(reader_open(cx, file, fn, arg, &r));
	Status st = feed_bytes(&r, bytes);
	XML_ParserFree(r.xml);
	if (st == ST_OK) *ret_rows = r.rows;
	return st;
}

static Status file_open(Ctx *cx, SeDump *dump, int dir, SeFile file)
{
	struct stat info;
	const char *name = FILES[file].file;
	dump->fds[file] = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // not to wait for a FIFO's writer
	if (dump->fds[file] < 0) {
		bool absent = errno == ENOENT;
		return fail(cx, absent ? ST_NOT_FOUND : ST_IO, "%s: %s", name,
					absent ? "missing in the dump's folder" : strerror(errno));
	}
	if (fstat(dump->fds[file], &info) != 0) return fail(cx, ST_IO, "%s: %s", name, strerror(errno));
	if (!S_ISREG(info.st_mode)) return fail(cx, ST_INVALID, "%s: not a regular file", name);
	if (info.st_size == 0) return fail(cx, ST_INVALID, "%s: line 1, byte 0: the file is empty", name);
	dump->bytes[file] = info.st_size;
	return ST_OK;
}

Status se_dump_open(Ctx *cx, Str dir, SeDump **ret_dump)
{
	int fd = open(str_z(cx->arena, dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		Status st = errno == ENOENT ? ST_NOT_FOUND : ST_IO;
		return fail(cx, st, "%.*s: %s", STR(dir), strerror(errno));
	}
	SeDump *dump = ARENA_NEW(cx->arena, SeDump, 1);
	for (SeFile file = 0; file < SE_FILES_N; file++) dump->fds[file] = -1;
	Status st = ST_OK;
	for (SeFile file = 0; file < SE_FILES_N && st == ST_OK; file++) st = file_open(cx, dump, fd, file);
	close(fd);
	if (st == ST_OK) *ret_dump = dump;
	else se_dump_close(dump);
	return st;
}

void se_dump_close(SeDump *dump)
{
	for (SeFile file = 0; file < SE_FILES_N; file++)
		if (dump->fds[file] >= 0) close(dump->fds[file]);
}

bool se_tags_next(Str *tags, Str *ret_tag)
{
	size_t from = 0, to;
	while (from < tags->n && strchr("<>| ", tags->p[from])) from++;
	for (to = from; to < tags->n && !strchr("<>| ", tags->p[to]);) to++;
	*ret_tag = str_sub(*tags, from, to);
	*tags = str_sub(*tags, to, tags->n);
	return to > from;
}

#define DAY_2011_04_08 ((Time)1302220800000)
#define DAY_2018_05_02 ((Time)1525219200000)

Str se_license(Time created_at, Str license)
{
	if (license.n) return license;
	if (created_at < DAY_2011_04_08) return S("CC BY-SA 2.5");
	return created_at < DAY_2018_05_02 ? S("CC BY-SA 3.0") : S("CC BY-SA 4.0");
}
