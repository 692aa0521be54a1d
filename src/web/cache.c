// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/cache.h"

#include <brotli/encode.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#define CACHE_BUCKETS 4096
#define CODE_MIN_BYTES 512
#define CODER_IDLE_MAX 16
#define ENTRY_CAP_BYTES ((size_t)8 << 20)

struct Cache {
	pthread_mutex_t lock;
	size_t bytes, max_bytes;
	CacheEntry *newest, *oldest;
	CacheEntry *buckets[CACHE_BUCKETS];
};

Cache *cache_new(Arena *a, size_t max_bytes)
{
	Cache *c = ARENA_NEW(a, Cache, 1);
	pthread_mutex_init(&c->lock, NULL);
	c->max_bytes = max_bytes;
	return c;
}

void cache_release(void *entry)
{
	CacheEntry *e = entry;
	if (atomic_fetch_sub_explicit(&e->refs, 1, memory_order_acq_rel) == 1) arena_free(e->arena);
}

// Under the lock.
static void unlink_entry(Cache *c, CacheEntry *e)
{
	CacheEntry **slot = &c->buckets[e->hash % CACHE_BUCKETS];
	while (*slot != e) slot = &(*slot)->next;
	*slot = e->next;
	*(e->newer ? &e->newer->older : &c->newest) = e->older;
	*(e->older ? &e->older->newer : &c->oldest) = e->newer;
	c->bytes -= e->bytes;
	cache_release(e);
}

void cache_done(Cache *c)
{
	while (c->oldest) unlink_entry(c, c->oldest);
	pthread_mutex_destroy(&c->lock);
}

static CacheEntry *find_locked(Cache *c, uint64_t hash, Str target)
{
	CacheEntry *e = c->buckets[hash % CACHE_BUCKETS];
	while (e && (e->hash != hash || !str_eq(e->target, target))) e = e->next;
	return e;
}

CacheEntry *cache_find(Cache *c, Str target, uint64_t generation, Time now)
{
	uint64_t hash = str_hash(target);
	pthread_mutex_lock(&c->lock);
	CacheEntry *e = find_locked(c, hash, target);
	if (e && (e->generation != generation || now - e->made_at > CACHE_AGE_MAX_MS || now < e->made_at)) {
		unlink_entry(c, e);
		e = NULL;
	}
	if (e) atomic_fetch_add_explicit(&e->refs, 1, memory_order_relaxed);
	pthread_mutex_unlock(&c->lock);
	return e;
}

Str coding_name(Coding c)
{
	static const Str NAMES[CODINGS] = {S_INIT("identity"), S_INIT("gzip"), S_INIT("br"), S_INIT("zstd")};
	return NAMES[c];
}

// "q=0", "q=0.000": RFC 9110 allows up to three digits.
static bool is_refused(Str q)
{
	if (!str_starts(q, S("q=0"))) return false;
	for (size_t i = 3; i < q.n; i++)
		if (q.p[i] != '.' && q.p[i] != '0') return false;
	return true;
}

Coding coding_choose(Str accept)
{
	Coding best = CODING_IDENTITY;
	while (accept.p && accept.n) {
		Str item, rest = str_cut(accept, ',', &item), name, q = str_cut(str_trim(item), ';', &name);
		accept = rest;
		q = str_trim(q);
		if (is_refused(q)) continue;
		for (Coding c = CODING_GZIP; c < CODINGS; c++)
			if (c > best && str_eq_nocase(str_trim(name), coding_name(c))) best = c;
	}
	return best;
}

static size_t gzip_into(char *out, size_t cap, Str body)
{
	z_stream z = {0};
	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
	z.next_in = (Bytef *)(uintptr_t)body.p;
	z.avail_in = (uInt)body.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)cap;
	int rc = deflate(&z, Z_FINISH);
	size_t n = z.total_out;
	deflateEnd(&z);
	return rc == Z_STREAM_END ? n : 0;
}

struct Coder {
	pthread_mutex_t lock;
	size_t n;
	ZSTD_CCtx *idle[CODER_IDLE_MAX];
};

Coder *coder_new(Arena *a)
{
	Coder *c = ARENA_NEW(a, Coder, 1);
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

void coder_done(Coder *coder)
{
	while (coder->n) ZSTD_freeCCtx(coder->idle[--coder->n]);
	pthread_mutex_destroy(&coder->lock);
}

static ZSTD_CCtx *coder_take(Coder *coder)
{
	pthread_mutex_lock(&coder->lock);
	ZSTD_CCtx *z = coder->n ? coder->idle[--coder->n] : NULL;
	pthread_mutex_unlock(&coder->lock);
	return z ? z : ZSTD_createCCtx();
}

static void coder_give(Coder *coder, ZSTD_CCtx *z)
{
	pthread_mutex_lock(&coder->lock);
	bool room = coder->n < CODER_IDLE_MAX;
	if (room) coder->idle[coder->n++] = z;
	pthread_mutex_unlock(&coder->lock);
	if (!room) ZSTD_freeCCtx(z);
}

static size_t zstd_into(Coder *coder, char *out, size_t cap, Str body)
{
	ZSTD_CCtx *z = coder_take(coder);
	if (!z) return 0;
	size_t n = ZSTD_compressCCtx(z, out, cap, body.p, body.n, 1);
	coder_give(coder, z);
	return ZSTD_isError(n) ? 0 : n;
}

Str coding_encode(Coder *coder, Arena *a, Coding c, Str body)
{
	if (body.n < CODE_MIN_BYTES || c == CODING_IDENTITY) return str_none();
	size_t cap = body.n, n = 0;
	char *out = arena_try_alloc(a, cap, 1);
	if (!out) return str_none();
	if (c == CODING_GZIP) n = gzip_into(out, cap, body);
	if (c == CODING_ZSTD) n = zstd_into(coder, out, cap, body);
	if (c == CODING_BROTLI) {
		n = cap;
		if (!BrotliEncoderCompress(3, 18, BROTLI_MODE_TEXT, body.n, (const uint8_t *)body.p, &n, (uint8_t *)out)) n = 0;
	}
	return n ? (Str){out, n} : str_none();
}

Str cache_etag(Arena *a, Str body)
{
	unsigned char hash[16];
	char hex[33];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)body.p, body.n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return str_format(a, "\"%.20s\"", hex);
}

static Str text_place(char **at, Str s)
{
	Str placed = {*at, s.n};
	if (s.n) memcpy(*at, s.p, s.n);
	*at += s.n;
	return placed;
}

void cache_put(Cache *c, Str target, uint64_t generation, Time now, const CachePage *page)
{
	if (page->body.n > ENTRY_CAP_BYTES / 4 || page->body.n * 2 > c->max_bytes) return;
	// One block holds the entry and its texts, so that what is counted is what is used.
	size_t need = sizeof(CacheEntry) + target.n + page->content_type.n + page->etag.n + page->body.n;
	Arena *a = arena_new(ENTRY_CAP_BYTES);
	CacheEntry *e = arena_alloc(a, need, _Alignof(CacheEntry));
	*e = (CacheEntry){.arena = a,
					  .hash = str_hash(target),
					  .generation = generation,
					  .made_at = now,
					  .refs = 1,
					  .seen = page->seen,
					  .route = page->route};
	char *at = (char *)(e + 1);
	e->target = text_place(&at, target);
	e->content_type = text_place(&at, page->content_type);
	e->etag = text_place(&at, page->etag);
	e->body = text_place(&at, page->body);
	e->bytes = size_max(need, ARENA_BLOCK_BYTES);
	pthread_mutex_lock(&c->lock);
	CacheEntry *old = find_locked(c, e->hash, target);
	if (old) unlink_entry(c, old);
	while (c->oldest && c->bytes + e->bytes > c->max_bytes) unlink_entry(c, c->oldest);
	CacheEntry **slot = &c->buckets[e->hash % CACHE_BUCKETS];
	e->next = *slot;
	*slot = e;
	e->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = e;
	c->newest = e;
	c->bytes += e->bytes;
	pthread_mutex_unlock(&c->lock);
}
