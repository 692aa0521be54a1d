// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/model.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "HEARTHTX"
#define HEADER_BYTES 16
#define ENTRY_BYTES 32
#define ALIGN 64
#define MULT_MAX ((int64_t)1 << 34) // no sum of weights of a text overflows

static uint32_t get32(const char *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static uint64_t get64(const char *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static Status damaged(Ctx *cx, const char *what) { return fail(cx, ST_INVALID, "the text model is damaged: %s", what); }

// The bytes of a section; str_none() if there is none of that name.
static Str section(Str file, const char *name)
{
	uint32_t n = get32(file.p + 12);
	for (uint32_t i = 0; i < n; i++) {
		const char *e = file.p + HEADER_BYTES + (size_t)i * ENTRY_BYTES;
		if (strncmp(e, name, MODEL_NAME_BYTES) == 0) return (Str){file.p + get64(e + 16), (size_t)get64(e + 24)};
	}
	return str_none();
}

static Status check_directory(Ctx *cx, Str file)
{
	if (file.n < HEADER_BYTES || memcmp(file.p, MAGIC, 8) != 0) return damaged(cx, "it does not begin as one");
	if (get32(file.p + 8) != MODEL_VERSION) return fail(cx, ST_INVALID, "the text model is of another version");
	uint32_t n = get32(file.p + 12);
	if (n > MODEL_SECTIONS_MAX || file.n < HEADER_BYTES + (size_t)n * ENTRY_BYTES) return damaged(cx, "its directory");
	for (uint32_t i = 0; i < n; i++) {
		const char *e = file.p + HEADER_BYTES + (size_t)i * ENTRY_BYTES;
		uint64_t at = get64(e + 16), bytes = get64(e + 24);
		if (at % ALIGN || at > file.n || bytes > file.n - at) return damaged(cx, "a section lies outside");
	}
	return ST_OK;
}

static bool power_of_two(size_t n) { return n && !(n & (n - 1)); }

// A lookup ends at an empty slot, so there has to be one.
static Status open_lexicon(Ctx *cx, Str file, Lexicon *l)
{
	Str words = section(file, "words"), valences = section(file, "valences");
	size_t nw = words.n / sizeof(WordInfo), nv = valences.n / sizeof(uint32_t), empty_words = 0, empty_valences = 0;
	if (!power_of_two(nw) || words.n % sizeof(WordInfo) || !power_of_two(nv) || valences.n % sizeof(uint32_t))
		return damaged(cx, "its lexicon");
	if (nw > LEXICON_WORDS_MAX) return damaged(cx, "its lexicon is too large");
	l->words = (const void *)words.p;
	l->valences = (const void *)valences.p;
	l->words_mask = (uint32_t)nw - 1;
	l->valences_mask = (uint32_t)nv - 1;
	for (size_t i = 0; i < nw; i++) empty_words += l->words[i].hash == 0;
	for (size_t i = 0; i < nv; i++) empty_valences += l->valences[i] == 0;
	return empty_words && empty_valences ? ST_OK : damaged(cx, "its lexicon is full");
}

typedef struct HeadParts {
	HeadInfo info;
	const HeadLane *lanes;
	Str names;
} HeadParts;

static Status open_head(Ctx *cx, Str file, const char *name, HeadParts *ret)
{
	Str s = section(file, name);
	if (s.n < sizeof(HeadInfo)) return damaged(cx, name);
	memcpy(&ret->info, s.p, sizeof ret->info);
	size_t lanes = ret->info.classes * sizeof(HeadLane), at = (sizeof(HeadInfo) + 7) & ~(size_t)7;
	if (ret->info.classes < 1 || ret->info.classes > HEAD_CLASSES_MAX || ret->info.rows_log2 < 1 ||
		ret->info.rows_log2 > 24 || s.n != at + lanes + ret->info.names_bytes)
		return damaged(cx, name);
	ret->lanes = (const void *)(s.p + at);
	for (uint32_t c = 0; c < ret->info.classes; c++)
		if (ret->lanes[c].mult > MULT_MAX || ret->lanes[c].mult < 0) return damaged(cx, name);
	ret->names = str_sub(s, at + lanes, s.n);
	return ST_OK;
}

static Status open_classes(Ctx *cx, const HeadParts *h, Classes *ret)
{
	Str *names = ARENA_NEW(cx->arena, Str, h->info.classes), rest = h->names;
	size_t n = 0;
	for (; rest.n && n < h->info.classes; n++) rest = str_cut(rest, '\n', &names[n]);
	if (n != h->info.classes) return damaged(cx, "names of classes");
	*ret = (Classes){names, n};
	return ST_OK;
}

static Status open_lanes(Ctx *cx, Str file, const char *info, const char *rows, LaneHead *ret)
{
	HeadParts h = {0};
	TRY(open_head(cx, file, info, &h));
	Str r = section(file, rows);
	if (h.info.classes != HEAD_LANES || r.n != (size_t)HEAD_LANES << h.info.rows_log2) return damaged(cx, rows);
	*ret = (LaneHead){.rows = (const void *)r.p, .lanes = h.lanes, .shift = 32 - h.info.rows_log2};
	return ST_OK;
}

static Status open_sparse(Ctx *cx, Str file, const char *const names[3], SparseHead *ret, Classes *classes)
{
	HeadParts h = {0};
	TRY(open_head(cx, file, names[0], &h));
	TRY(open_classes(cx, &h, classes));
	Str starts = section(file, names[1]), pairs = section(file, names[2]);
	size_t rows = (size_t)1 << h.info.rows_log2;
	if (!starts.p || starts.n != (rows + 1) * sizeof(uint32_t)) return damaged(cx, names[1]);
	*ret = (SparseHead){
		.starts = (const void *)starts.p, .pairs = (const void *)pairs.p, .shift = 32 - h.info.rows_log2};
	for (uint32_t c = 0; c < h.info.classes; c++) {
		ret->mult = h.lanes[c].mult;
		if (!ret->mult || ret->mult != h.lanes[0].mult) return damaged(cx, names[0]);
	}
	for (size_t i = 0; i < rows; i++)
		if (ret->starts[i] > ret->starts[i + 1] || ret->starts[i + 1] - ret->starts[i] > SPARSE_FULL)
			return damaged(cx, names[1]);
	return (size_t)ret->starts[rows] * 2 == pairs.n ? ST_OK : damaged(cx, names[2]);
}

static Status open_nibbles(Ctx *cx, Str file, NibbleHead *ret, Classes *classes)
{
	HeadParts h = {0};
	TRY(open_head(cx, file, "lang.info", &h));
	TRY(open_classes(cx, &h, classes));
	Str r = section(file, "lang.rows");
	if (h.info.classes > NIBBLE_CLASSES_MAX || r.n != (size_t)NIBBLE_ROW_BYTES << h.info.rows_log2)
		return damaged(cx, "lang.rows");
	*ret = (NibbleHead){.rows = (const void *)r.p, .shift = 32 - h.info.rows_log2, .classes = h.info.classes};
	for (uint32_t c = 0; c < h.info.classes; c++)
		if (h.lanes[c].mult != h.lanes[0].mult) return damaged(cx, "lang.info");
	nibble_head_init(ret, h.lanes);
	for (uint32_t c = 0; c < h.info.classes; c++)
		if (str_eq(classes->names[c], S("en"))) ret->usual = c;
	return ST_OK;
}

// May be missing: the rest works without.
static Status open_quality(Ctx *cx, Str file, QualityHead *ret)
{
	QualityInfo info;
	Str head = section(file, "qual.info"), cuts = section(file, "qual.cuts"), weights = section(file, "qual.weights"),
		rows = section(file, "qual.rows");
	if (!head.p) return ST_OK;
	if (head.n != sizeof info) return damaged(cx, "qual.info");
	memcpy(&info, head.p, sizeof info);
	size_t table = (size_t)QUALITY_VALUES_MAX * QUALITY_BINS * sizeof(int32_t);
	if (info.rows_log2 < 1 || info.rows_log2 > 24 || rows.n != (size_t)1 << info.rows_log2 || info.mult < 0 ||
		info.mult > MULT_MAX || cuts.n != table || weights.n != table)
		return damaged(cx, "qual.rows");
	*ret = (QualityHead){.rows = (const void *)rows.p,
						 .cuts = (const void *)cuts.p,
						 .weights = (const void *)weights.p,
						 .mult = info.mult,
						 .bias = i64_max(i64_min(info.bias, (int64_t)1 << 32), -((int64_t)1 << 32)),
						 .shift = 32 - info.rows_log2};
	return ST_OK;
}

// Topics are named "taxonomy/topic", those of a taxonomy stand together.
static void find_taxonomies(Model *m)
{
	Str last = str_none(), name;
	for (size_t i = 0; i < m->topics.n; i++) {
		str_cut(m->topics.names[i], '/', &name);
		if (!str_eq(name, last)) {
			if (m->taxonomies_n == MODEL_TAXONOMIES_MAX) return;
			m->taxonomies[m->taxonomies_n++].from = (uint32_t)i;
		}
		m->taxonomies[m->taxonomies_n - 1].to = (uint32_t)i + 1;
		last = name;
	}
	for (size_t k = 0; k < m->taxonomies_n; k++) {
		uint32_t c = m->taxonomies[k].from;
		while (c < m->taxonomies[k].to && !str_ends(m->topics.names[c], S("/oos"))) c++;
		m->taxonomies[k].none = c;
	}
}

static void find_written(Model *m)
{
	for (size_t c = 0; c < m->languages.n; c++)
		for (size_t s = 0; s < SCRIPT_N; s++)
			if (m->scripts[c] >> s & 1) m->written[s].v[m->written[s].n++] = (uint8_t)c;
	// Where nothing speaks for another the first is taken: of Han without Kana, Chinese.
	ClassesWritten *han = &m->written[SCRIPT_HANI];
	for (size_t i = 1; i < han->n; i++) {
		uint8_t c = han->v[i];
		if (!str_eq(m->languages.names[c], S("zh"))) continue;
		memmove(han->v + 1, han->v, i);
		han->v[0] = c;
	}
}

Status model_open(Ctx *cx, Str bytes, Model *ret_model)
{
	static const char *const TOPIC[] = {"topic.info", "topic.starts", "topic.pairs"};
	Model m = {0};
	TRY(check_directory(cx, bytes));
	TRY(open_lexicon(cx, bytes, &m.lexicon));
	TRY(open_lanes(cx, bytes, "sent.info", "sent.rows", &m.sentiment));
	TRY(open_lanes(cx, bytes, "small.info", "small.rows", &m.small));
	TRY(open_nibbles(cx, bytes, &m.language, &m.languages));
	TRY(open_sparse(cx, bytes, TOPIC, &m.topic, &m.topics));
	TRY(open_quality(cx, bytes, &m.quality));
	find_taxonomies(&m);
	Str scripts = section(bytes, "lang.scripts");
	if (scripts.n != m.languages.n * sizeof(uint32_t)) return damaged(cx, "lang.scripts");
	m.scripts = (const void *)scripts.p;
	find_written(&m);
	m.info = section(bytes, "info");
	m.loaded = true;
	*ret_model = m;
	return ST_OK;
}

static void close_fd(const int *fd)
{
	if (*fd >= 0) close(*fd);
}

Status model_open_file(Ctx *cx, Str path, Model *ret_model)
{
	__attribute__((cleanup(close_fd))) int fd = open(str_z(cx->arena, path), O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0) return fail(cx, ST_NOT_FOUND, "%.*s cannot be read", STR(path));
	if (!S_ISREG(st.st_mode) || st.st_size < HEADER_BYTES) return damaged(cx, "too short");
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) return fail(cx, ST_IO, "%.*s cannot be mapped", STR(path));
	return model_open(cx, (Str){p, (size_t)st.st_size}, ret_model);
}

Status model_open_own(Ctx *cx, Model *ret_model)
{
	if (!MODEL_OWN_BYTES) return fail(cx, ST_UNSUPPORTED, "this build has no text model: give one by --model FILE");
	return model_open(cx, (Str){MODEL_OWN, (size_t)MODEL_OWN_BYTES}, ret_model);
}
