// SPDX-License-Identifier: AGPL-3.0-or-later
// Cleaning the HTML of posts is most of an import's work: a window of posts is read ahead and cleaned by two threads, then
// handed on in the dump's order.
#include "stackexchange/import_impl.h"

#include "base/pieces.h"
#include "text/plain.h"
#include "text/sanitize.h"

#define AHEAD_ROWS 64
#define CLEANERS 2
#define AHEAD_BYTES ((size_t)1 << 20) // of the posts in the window
#define SCRATCH_CAP_BYTES ((size_t)256 << 20)
#define OUT_CAP_BYTES ((size_t)1 << 30)

typedef struct Cleaner { // what a thread has for itself
	Ctx cx;              // emptied after each post
	Arena *out;          // of the window
} Cleaner;

struct SeAhead {
	SeImport *im;
	SePostFn fn;
	SeReady v[AHEAD_ROWS];
	size_t n;
	Arena *rows; // what the parser will overwrite
	Cleaner of[CLEANERS];
};

static void clean(SeAhead *ahead, Cleaner *by, SeReady *r)
{
	SafeHtml safe = {{"", 0}};
	const char *path = r->post.type == SE_QUESTION ? "q" : "a";
	bool excerpt = r->post.type == SE_TAG_WIKI_EXCERPT;
	r->url = excerpt ? str_none()
					 : str_format(by->out, "https://%.*s/%s/%lld", STR(ahead->im->host), path, (long long)r->post.id);
	r->status = html_sanitize(&by->cx, r->post.body_html, r->url, &safe);
	r->why = r->status == ST_OK ? str_none() : str_copy(by->out, by->cx.fail_text);
	r->html = str_copy(by->out, safe.s);
	r->plain = str_copy(by->out, html_plain(by->cx.arena, safe.s, SEARCH_TEXT_MAX_BYTES));
	arena_reset(by->cx.arena);
	fail_clear(&by->cx);
	by->cx.field_errors_n = 0;
}

static Status clean_piece(void *arg, size_t worker, size_t piece)
{
	SeAhead *ahead = arg;
	clean(ahead, &ahead->of[worker], &ahead->v[piece]);
	return ST_OK; // what became of it stands in the post
}

Status se_ahead_run(SeAhead *ahead)
{
	Status st = pieces_run(&(Pieces){.n = ahead->n, .workers = CLEANERS, .run = clean_piece, .arg = ahead});
	for (size_t i = 0; st == ST_OK && i < ahead->n; i++) {
		const SeReady *r = &ahead->v[i];
		se_scratch_clear(ahead->im);
		st = se_is_of_the_row(r->status) ? ahead->fn(ahead->im, r)
										 : fail(ahead->im->cx, r->status, "%.*s", STR(r->why));
	}
	ahead->n = 0;
	arena_reset(ahead->rows);
	for (size_t i = 0; i < COUNTOF(ahead->of); i++) arena_reset(ahead->of[i].out);
	return st;
}

Status se_ahead_add(SeAhead *ahead, const SePost *post)
{
	Arena *a = ahead->rows;
	SePost *p = &ahead->v[ahead->n].post;
	*p = *post;
	p->body_html = str_copy(a, post->body_html);
	p->title = str_copy(a, post->title);
	p->tags = str_copy(a, post->tags);
	p->owner_name = str_copy(a, post->owner_name);
	p->editor_name = str_copy(a, post->editor_name);
	p->license = str_copy(a, post->license);
	bool full = ++ahead->n == AHEAD_ROWS || arena_used_bytes(a) >= AHEAD_BYTES;
	return full ? se_ahead_run(ahead) : ST_OK;
}

SeAhead *se_ahead_open(SeImport *im, SePostFn fn)
{
	SeAhead *ahead = ARENA_NEW(im->maps, SeAhead, 1);
	ahead->im = im;
	ahead->fn = fn;
	ahead->rows = arena_new(OUT_CAP_BYTES);
	for (size_t i = 0; i < COUNTOF(ahead->of); i++) {
		ahead->of[i] = (Cleaner){.cx = im->scratch, .out = arena_new(OUT_CAP_BYTES)};
		ahead->of[i].cx.arena = arena_new(SCRATCH_CAP_BYTES);
	}
	return ahead;
}

void se_ahead_close(SeAhead *ahead)
{
	arena_free(ahead->rows);
	for (size_t i = 0; i < COUNTOF(ahead->of); i++) {
		arena_free(ahead->of[i].cx.arena);
		arena_free(ahead->of[i].out);
	}
}
