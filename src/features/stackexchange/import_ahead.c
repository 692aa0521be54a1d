// SPDX-License-Identifier: AGPL-3.0-or-later
// Cleaning the HTML of posts is most of an import's work: a window of posts is read ahead and cleaned by two threads, then
// handed on in the dump's order.
#include "stackexchange/import_impl.h"

#include "text/sanitize.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#define AHEAD_ROWS 64
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
	Arena *rows;        // what the parser will overwrite
	Cleaner of[2];      // the caller's thread and the helper
	atomic_size_t next; // to be cleaned
	pthread_t helper;
	sem_t window, done;
	atomic_bool stop;
	bool helped; // there is a helper
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
	r->plain = str_copy(by->out, se_index_plain(by->cx.arena, safe.s));
	arena_reset(by->cx.arena);
	fail_clear(&by->cx);
	by->cx.field_errors_n = 0;
}

static void clean_some(SeAhead *ahead, Cleaner *by)
{
	for (size_t i; (i = atomic_fetch_add(&ahead->next, 1)) < ahead->n;) clean(ahead, by, &ahead->v[i]);
}

static void await(sem_t *what)
{
	while (sem_wait(what) != 0 && errno == EINTR) continue;
}

static void *help(void *arg)
{
	SeAhead *ahead = arg;
	for (;;) {
		await(&ahead->window);
		if (atomic_load(&ahead->stop)) return NULL;
		clean_some(ahead, &ahead->of[1]);
		sem_post(&ahead->done);
	}
}

Status se_ahead_run(SeAhead *ahead)
{
	Status st = ST_OK;
	atomic_store(&ahead->next, 0);
	if (ahead->helped) sem_post(&ahead->window);
	clean_some(ahead, &ahead->of[0]);
	if (ahead->helped) await(&ahead->done);
	for (size_t i = 0; st == ST_OK && i < ahead->n; i++) {
		const SeReady *r = &ahead->v[i];
		se_scratch_clear(ahead->im);
		bool told = r->status == ST_OK || r->status == ST_INVALID ||
					r->status == ST_TOO_LARGE; // that of the post alone
		st = told ? ahead->fn(ahead->im, r) : fail(ahead->im->cx, r->status, "%.*s", STR(r->why));
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
	bool ready = sem_init(&ahead->window, 0, 0) == 0 && sem_init(&ahead->done, 0, 0) == 0;
	ahead->helped = ready && pthread_create(&ahead->helper, NULL, help, ahead) == 0; // else it takes longer
	return ahead;
}

void se_ahead_close(SeAhead *ahead)
{
	if (ahead->helped) {
		atomic_store(&ahead->stop, true);
		sem_post(&ahead->window);
		pthread_join(ahead->helper, NULL);
	}
	sem_destroy(&ahead->window);
	sem_destroy(&ahead->done);
	arena_free(ahead->rows);
	for (size_t i = 0; i < COUNTOF(ahead->of); i++) {
		arena_free(ahead->of[i].cx.arena);
		arena_free(ahead->of[i].out);
	}
}
