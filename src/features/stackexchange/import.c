// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/import_impl.h"

#include "text/sanitize.h"

#define MAPS_CAP_BYTES ((size_t)16 << 30)
#define SCRATCH_CAP_BYTES ((size_t)256 << 20)
#define BESIDE_CAP_BYTES ((size_t)1 << 30)
#define PROGRESS_ROWS 1000
#define HOST_MAX_BYTES 253

// Small things for the parts.

Str se_origin(Arena *a, const char *what, int64_t source)
{
	Buf b = buf_init(a, 48, 64);
	buf_str(&b, S("stackexchange/"));
	buf_z(&b, what);
	buf_char(&b, '/');
	buf_int(&b, source);
	return buf_view(&b);
}

Str se_number(Arena *a, int64_t source)
{
	Buf b = buf_init(a, 24, 24);
	buf_int(&b, source);
	return buf_view(&b);
}

Str se_author_name(Arena *a, Id author_id, int64_t source_user, Str name)
{
	name = str_trim(name);
	if (author_id) return str_none();
	if (name.n) return str_copy(a, name);
	return source_user ? str_format(a, "user%lld", (long long)source_user) : S("anonymous");
}

Status se_sanitize(SeImport *im, Str html, Str base_url, Str *ret_html, bool *ret_ok)
{
	SafeHtml safe = {{"", 0}};
	Status st = html_sanitize(&im->scratch, html, base_url, &safe);
	*ret_ok = st == ST_OK;
	*ret_html = safe.s;
	if (se_is_of_the_row(st)) return ST_OK;
	return fail(im->cx, st, "%.*s", STR(im->scratch.fail_text));
}

void se_scratch_clear(SeImport *im)
{
	arena_reset(im->scratch_arena);
	fail_clear(&im->scratch);
	im->scratch.field_errors_n = 0;
}

// The folder's name says which site it is.

static bool is_month(Str s) // "-2018-09"
{
	static const char FORM[] = "-0000-00";
	if (s.n != sizeof FORM - 1) return false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (FORM[i] == '0' ? !digit : s.p[i] != FORM[i]) return false;
	}
	return true;
}

static Str folder_name(Str dir)
{
	while (dir.n && dir.p[dir.n - 1] == '/') dir.n--;
	size_t from = dir.n;
	while (from > 0 && dir.p[from - 1] != '/') from--;
	return str_sub(dir, from, dir.n);
}

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
}

static bool is_joint(char c) { return c == '-' || c == '.'; }

Str se_site_name(Arena *a, Str dir)
{
	Str name = folder_name(dir);
	if (name.n > 8 && is_month(str_sub(name, name.n - 8, name.n))) name.n -= 8;
	name = str_lower(a, str_sub(name, 0, SLUG_MAX_BYTES));
	Buf b = buf_init(a, name.n + 1, SLUG_MAX_BYTES);
	for (size_t i = 0; i < name.n; i++) {
		char c = is_host_char(name.p[i]) ? name.p[i] : '-';
		if (!is_joint(c) || (b.n && !is_joint(b.p[b.n - 1]))) buf_char(&b, c);
	}
	while (b.n && is_joint(b.p[b.n - 1])) b.n--;
	return b.n ? buf_view(&b) : S("stackexchange");
}

// "quantumcomputing" is a part of the network, "stackoverflow.com" an address of its own.
static Str host_of(Arena *a, Str site)
{
	size_t at;
	return str_find_char(site, '.', &at) ? site : str_format(a, "%.*s.stackexchange.com", STR(site));
}

static bool host_ok(Str host)
{
	for (size_t i = 0; i < host.n; i++)
		if (!is_host_char(host.p[i]) && host.p[i] != '-') return false;
	return host.n > 0 && host.n <= HOST_MAX_BYTES;
}

// The space.

static Str space_slug(Arena *a, Str site)
{
	Buf b = buf_init(a, site.n + 1, SLUG_MAX_BYTES);
	for (size_t i = 0; i < site.n; i++) buf_char(&b, site.p[i] == '.' ? '-' : site.p[i]);
	return buf_view(&b);
}

typedef struct SpaceMaking {
	SpaceNew space;
	Id id;
	Style style;
} SpaceMaking;

static Status space_make(Ctx *cx, Tx *tx, void *arg)
{
	SpaceMaking *m = arg;
	SpaceFindBySlugRow row;
	bool found;
	TRY(space_find_by_slug(cx, tx_db(tx), &(SpaceFindBySlugArgs){.slug = m->space.slug}, &row, &found));
	if (!found) return community_space_create(cx, tx, &m->space, &m->id);
	m->id = row.id;
	m->style = (Style)row.style;
	return ST_OK;
}

static Status space_open(SeImport *im)
{
	Str slug = im->options->space.n ? im->options->space : space_slug(im->cx->arena, im->site);
	SpaceMaking m = {.style = STYLE_TRANSPARENT,
					 .space = {.slug = slug,
							   .title = im->site,
							   .kind = SPACE_QUESTIONS,
							   .persona = PERSONA_SUPPORT,
							   .style = STYLE_TRANSPARENT}};
	TRY(store_write(im->cx, im->store, space_make, &m));
	im->space_id = m.id;
	im->style = m.style;
	return ST_OK;
}

// Steps.

static void progress_bytes(void *arg, SeFile file, UNUSED int64_t rows, int64_t bytes, int64_t bytes_total)
{
	SeImport *im = arg;
	SeProgress p = {.what = "checking", .total = 0};
	pthread_mutex_lock(&im->checking);
	im->checked_bytes[file] = i64_min(bytes, bytes_total);
	for (SeFile f = 0; f < SE_FILES_N; f++) {
		p.total += se_dump_bytes(im->dump, f);
		p.done += im->checked_bytes[f];
	}
	im->options->progress(im->options->progress_arg, &p);
	pthread_mutex_unlock(&im->checking);
}

static void progress_rows(const SeImport *im)
{
	if (!im->options->progress) return;
	SeProgress p = {
		.what = "importing", .done = i64_min(im->rows_done, im->rows_total), .total = im->rows_total, .rows = true};
	im->options->progress(im->options->progress_arg, &p);
}

typedef struct Step {
	SeImport *im;
	SeRowFn fn;
} Step;

static Status on_row(void *arg, const SeRow *row)
{
	const Step *step = arg;
	SeImport *im = step->im;
	se_scratch_clear(im);
	if (++im->rows_done % PROGRESS_ROWS == 0) progress_rows(im);
	return step->fn(im, row);
}

Status se_step(SeImport *im, SeFile file, SeRowFn fn)
{
	Step step = {im, fn};
	return se_dump_read(im->cx, im->dump, file, on_row, &step);
}

static Status counters_write(Ctx *cx, Tx *tx, UNUSED void *arg)
{
	TRY(se_count_post_comments(cx, tx));
	TRY(se_count_topic_posts(cx, tx));
	TRY(se_count_topic_latest(cx, tx));
	TRY(se_count_tags(cx, tx));
	TRY(se_count_spaces(cx, tx));
	TRY(se_count_member_topics(cx, tx));
	TRY(se_count_member_posts(cx, tx));
	TRY(se_count_member_comments(cx, tx));
	return se_count_member_solutions(cx, tx);
}

static void *beside_main(void *arg)
{
	SeImport *im = arg;
	im->beside.status = im->options->beside(&im->beside.cx, im->store);
	return NULL;
}

void se_beside_begin(SeImport *im)
{
	SeBeside *b = &im->beside;
	b->from = NULL;
	b->cx = *im->cx;
	b->cx.arena = arena_new(BESIDE_CAP_BYTES);
	b->begun = pthread_create(&b->thread, NULL, beside_main, im) == 0;
	if (!b->begun) beside_main(im); // no thread to be had: then now
}

static Status beside_end(SeImport *im)
{
	SeBeside *b = &im->beside;
	if (b->begun) pthread_join(b->thread, NULL);
	Status st = b->status == ST_OK ? ST_OK : fail(im->cx, b->status, "%.*s", STR(b->cx.fail_text));
	if (b->cx.arena) arena_free(b->cx.arena);
	return st;
}

static Status steps_run(SeImport *im)
{
	TRY(se_step(im, SE_USERS, se_on_user));
	TRY(se_step(im, SE_TAGS, se_on_tag));
	TRY(se_posts(im));
	if (im->options->beside) im->beside.from = se_batch(im);
	TRY(se_step(im, SE_COMMENTS, se_on_comment));
	TRY(se_step(im, SE_LINKS, se_on_link));
	TRY(se_step(im, SE_VOTES, se_on_vote));
	TRY(se_accept_undated(im));
	TRY(se_step(im, SE_BADGES, se_on_badge));
	TRY(se_flush(im));
	return store_write(im->cx, im->store, counters_write, im);
}

static Status import_run(SeImport *im)
{
	if (im->options->progress) se_dump_progress(im->dump, progress_bytes, im);
	pthread_mutex_init(&im->checking, NULL);
	Status st = se_survey(im);
	pthread_mutex_destroy(&im->checking);
	if (st != ST_OK) return st;
	se_dump_progress(im->dump, NULL, NULL);
	TRY(se_survey_old(im));
	TRY(space_open(im));
	TRY(se_batches_open(im));
	st = steps_run(im);
	se_batches_close(im);
	Status beside = beside_end(im);
	if (st == ST_OK) st = beside;
	if (st != ST_OK) return st;
	im->rows_done = im->rows_total;
	progress_rows(im);
	for (SeFile f = 0; f < SE_FILES_N; f++) se_account_read(&im->account, f, se_dump_rows(im->dump, f));
	return ST_OK;
}

Status se_import(Ctx *cx, Store *store, const SeImportOptions *options, SeAccount *ret_account)
{
	AUTO(SeDump) dump = NULL;
	TRY(se_dump_open(cx, options->dir, &dump));
	AUTO(Arena) maps = arena_new(MAPS_CAP_BYTES);
	AUTO(Arena) places = arena_new(MAPS_CAP_BYTES);
	AUTO(Arena) scratch = arena_new(SCRATCH_CAP_BYTES);
	SeImport *im = ARENA_NEW(maps, SeImport, 1);
	*im = (SeImport){.cx = cx,
					 .store = store,
					 .options = options,
					 .dump = dump,
					 .maps = maps,
					 .places = places,
					 .scratch_arena = scratch};
	im->scratch = *cx;
	im->scratch.arena = scratch;
	im->scratch.actor = NULL; // the program itself acts
	im->site = se_site_name(cx->arena, options->dir);
	im->host = options->host.n ? options->host : host_of(cx->arena, im->site);
	if (!host_ok(im->host)) return fail(cx, ST_INVALID, "\"%.*s\" is no host name", STR(im->host));
	se_map_init(&im->people, maps, sizeof(SePerson));
	se_map_init(&im->posts, places, sizeof(SePlace));
	se_map_init(&im->excerpts, maps, sizeof(SeExcerpt));
	TRY(import_run(im));
	*ret_account = im->account;
	return ST_OK;
}
