// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/web_impl.h"

#include "core_sql.h"

#include <sodium.h>

Status res_redirect_status(Res *res, int status, Str path)
{
	// Only places on this site: "//other" and "https:" would lead away, and browsers drop tabs and line ends in between.
	bool local = path.n && path.p[0] == '/' && !(path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\'));
	for (size_t i = 0; i < path.n; i++) local = local && (unsigned char)path.p[i] > 0x20 && path.p[i] != 0x7f;
	res->status = status;
	res->location = local ? path : S("/");
	return ST_OK;
}

Status res_redirect(Res *res, Str path) { return res_redirect_status(res, 303, path); }

void res_cookie(Ctx *cx, Res *res, Str name, Str value, Time life_ms, bool http_only)
{
	BUG_IF(res->set_cookie_n == COUNTOF(res->set_cookie));
	Buf b = buf_init(cx->arena, 128, 4096);
	buf_str(&b, name);
	buf_char(&b, '=');
	buf_str(&b, value);
	buf_format(&b, "; Path=/; Max-Age=%lld; SameSite=Lax", (long long)(life_ms / 1000));
	if (http_only) buf_str(&b, S("; HttpOnly"));
	if (cx->site && str_starts(cx->site->url, S("https:"))) buf_str(&b, S("; Secure"));
	res->set_cookie[res->set_cookie_n++] = buf_view(&b);
}

void security_headers(HttpReply *r)
{
	http_reply_header(
		r, S("Content-Security-Policy"),
		S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; "
		  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
	http_reply_header(r, S("X-Content-Type-Options"), S("nosniff"));
	http_reply_header(r, S("Referrer-Policy"), S("strict-origin-when-cross-origin"));
	http_reply_header(r, S("Cross-Origin-Opener-Policy"), S("same-origin"));
}

Str cache_key(Arena *a, const HttpJob *job, Coding coding, Str theme)
{
	char prefix[2] = {(char)('0' + (int)coding), theme.n ? theme.p[0] : '-'};
	Buf b = buf_init(a, job->target.n + job->host.n + 3, HTTP_TARGET_MAX_BYTES * 3);
	buf_mem(&b, prefix, 2);
	buf_str(&b, job->host); // canonical links may be derived from it
	buf_str(&b, job->target);
	return buf_view(&b);
}

static bool etag_matches(const HttpJob *job, Str etag)
{
	Str list = http_header(job, S("If-None-Match"));
	while (list.p && list.n) {
		Str item, rest = str_cut(list, ',', &item);
		list = rest;
		item = str_trim(item);
		if (str_starts(item, S("W/"))) item = str_sub(item, 2, item.n);
		if (str_eq(item, etag) || str_eq(item, S("*"))) return true;
	}
	return false;
}

void respond_cached(HttpJob *job, CacheEntry *e, Coding coding)
{
	HttpReply *r = &job->reply;
	r->release = cache_release;
	r->release_arg = e;
	job->route = e->route;
	r->status = etag_matches(job, e->etag) ? 304 : 200;
	http_reply_header(r, S("ETag"), e->etag);
	http_reply_header(r, S("Cache-Control"), S("public, no-cache"));
	http_reply_header(r, S("Vary"), S("Accept-Encoding, Cookie"));
	if (r->status == 304) return;
	http_reply_header(r, S("Content-Type"), e->content_type);
	if (coding != CODING_IDENTITY) http_reply_header(r, S("Content-Encoding"), coding_name(coding));
	security_headers(r);
	r->body = e->body;
}

static bool cacheable(const Work *w)
{
	return w->web->cache && w->req.route && w->req.route->flags & ROUTE_CACHED && !w->actor.id &&
		   w->res.status == 200 && !w->res.set_cookie_n && !w->res.no_store && !w->res.location.p && !w->req.fragment &&
		   !w->res.stream.n;
}

static void observe_seen(Work *w)
{
	if (!w->res.seen.kind) return;
	w->res.seen.at_ms = w->cx.now_ms;
	w->res.seen.actor_id = w->actor.id;
	observe(w->cx.site->observer, &w->res.seen);
}

// A page that every guest may see goes to the cache in the form it is sent in. True if the guest has it already.
static bool keep_page(Work *w, Coding wanted, Str type, Str body)
{
	Str etag = cache_etag(w->cx.arena, body), key = cache_key(w->cx.arena, w->job, wanted, w->req.theme);
	CachePage page = {.content_type = type, .body = body, .etag = etag, .seen = w->res.seen, .route = w->job->route};
	cache_put(w->web->cache, key, w->generation, w->cx.now_ms, &page);
	http_reply_header(&w->job->reply, S("ETag"), etag);
	return etag_matches(w->job, etag);
}

static void reply_headers(Work *w, Coding coding, Str type, bool body)
{
	const Res *res = &w->res;
	HttpReply *r = &w->job->reply;
	if (res->location.p) http_reply_header(r, S("Location"), res->location);
	for (size_t i = 0; i < res->set_cookie_n; i++) http_reply_header(r, S("Set-Cookie"), res->set_cookie[i]);
	if (body) http_reply_header(r, S("Content-Type"), type);
	if (coding != CODING_IDENTITY) http_reply_header(r, S("Content-Encoding"), coding_name(coding));
	bool shared = !w->actor.id && !res->set_cookie_n && !res->no_store;
	http_reply_header(r, S("Cache-Control"), shared ? S("public, no-cache") : S("private, no-store"));
	http_reply_header(r, S("Vary"), S("Accept-Encoding, Cookie"));
	security_headers(r);
}

void respond(Work *w)
{
	Res *res = &w->res;
	HttpReply *r = &w->job->reply;
	observe_seen(w);
	if (!res->status) res->status = 200;
	r->status = res->status;
	if (res->stream.n) r->stream = web_channel(w->cx.arena, w->cx.site, res->stream);
	Str body = buf_view(&res->body), type = res->content_type.p ? res->content_type : S("text/html; charset=utf-8");
	Coding wanted = coding_choose(http_header(w->job, S("Accept-Encoding")));
	Str coded = body.n && !res->stream.n ? coding_encode(w->web->coder, w->cx.arena, wanted, body) : str_none();
	// A coded form is only made where it is smaller. A client that accepts none of them gets the page as it is.
	Coding coding = coded.p ? wanted : CODING_IDENTITY;
	if (coded.p) body = coded;
	// Kept under the coding it has; a page too small to be coded is drawn anew for such clients.
	if (cacheable(w) && coding == wanted && keep_page(w, wanted, type, body)) {
		r->status = 304;
		body = str_none();
		coding = CODING_IDENTITY;
	}
	reply_headers(w, coding, type, body.n > 0 && !res->stream.n); // a stream has a type of its own
	r->body = body;
}

// Done, and there is nothing to say: without a body nobody asks what may be done with it.
void respond_nothing(Work *w)
{
	w->job->reply.status = 204;
	http_reply_header(&w->job->reply, S("Cache-Control"), S("private, no-store"));
}

static void problem_json(Work *w, Status st)
{
	Buf b = buf_init(w->cx.arena, 512, 65536);
	Str said = w->cx.fail_text.p ? w->cx.fail_text : S("");
	bool may_say = st != ST_INTERNAL && st != ST_IO;
	Json j = http_problem_begin(&b, str_from(status_key(st)), status_http(st), may_say ? said : str_none());
	if (w->cx.field_errors_n) {
		json_key(&j, "errors");
		json_arr(&j);
		for (size_t i = 0; i < w->cx.field_errors_n; i++) {
			json_obj(&j);
			json_key(&j, "field");
			json_str(&j, str_from(w->cx.field_errors[i].field));
			json_key(&j, "key");
			json_str(&j, str_from(w->cx.field_errors[i].key));
			json_end(&j);
		}
		json_end(&j);
	}
	json_end(&j);
	w->res.body = b;
	w->res.content_type = S(HTTP_PROBLEM_TYPE);
}

static void to_sign_in(Work *w)
{
	Buf b = buf_init(w->cx.arena, 256, HTTP_TARGET_MAX_BYTES * 4);
	buf_str(&b, S("/sign-in?next="));
	Str back = http_method_reads(w->job->method) ? w->job->target : form_peek(w->cx.arena, w->job->query, S("next"));
	buf_url_encoded(&b, back.p && back.n ? back : S("/"));
	res_redirect(&w->res, buf_view(&b));
}

// Rows have one of two methods. An address that is known only to the program's built-in pages is read.
static Str allowed(const Work *w)
{
	bool reads = router_takes(w->web->router, w->cx.arena, HTTP_GET, w->job->path);
	bool writes = router_takes(w->web->router, w->cx.arena, HTTP_POST, w->job->path);
	return reads && writes ? S("GET, HEAD, POST") : writes ? S("POST") : S("GET, HEAD");
}

void retry_after(Work *w, Status st)
{
	int s = w->req.retry_s ? w->req.retry_s : 1;
	if (status_retryable(st)) http_reply_header(&w->job->reply, S("Retry-After"), str_format(w->cx.arena, "%d", s));
}

void respond_error(Work *w, Status st)
{
	w->res = (Res){.status = status_http(st), .no_store = true};
	bool api = str_starts(w->job->path, S(WEB_API_UNDER));
	if (st == ST_METHOD) http_reply_header(&w->job->reply, S("Allow"), allowed(w));
	if (st == ST_INTERNAL || st == ST_IO || st == ST_FULL)
		http_reply_header(&w->job->reply, S("X-Error"), str_from(status_name(st)));
	retry_after(w, st);
	if (api) {
		if (st == ST_UNAUTHENTICATED) http_reply_header(&w->job->reply, S("WWW-Authenticate"), S("Bearer"));
		problem_json(w, st);
	} else if (st == ST_UNAUTHENTICATED && !w->req.fragment) {
		to_sign_in(w);
	} else {
		w->res.body = buf_init(w->cx.arena, 4096, BUF_MAX_BYTES);
		if (!w->web->config.error_page || w->web->config.error_page(&w->cx, &w->req, &w->res, st) != ST_OK) {
			w->res.body.n = 0;
			w->res.content_type = S("text/plain; charset=utf-8");
			buf_z(&w->res.body, status_name(st));
		}
		w->res.status = status_http(st);
	}
	respond(w);
}

// Idempotency keys: the reply to a write is kept with its key in the same transaction.

Status idempotency_find_reply(Work *w, Tx *tx, bool *ret_found)
{
	IdempotencyFindRow row;
	TRY(idempotency_find(&w->cx, tx_db(tx), &(IdempotencyFindArgs){.token_hash = w->origin_key}, &row, ret_found));
	if (!*ret_found) return ST_OK;
	if (!str_eq(row.request_hash, w->request_hash))
		return fail(&w->cx, ST_CONFLICT, "this Idempotency-Key was used for another request");
	w->res = (Res){.status = (int)row.status, .location = row.location, .content_type = S("application/json")};
	w->res.body = buf_init(w->cx.arena, row.body.n + 1, BUF_MAX_BYTES);
	buf_str(&w->res.body, row.body);
	return ST_OK;
}

Status idempotency_keep_reply(Work *w, Tx *tx)
{
	return idempotency_insert(&w->cx, tx,
							  &(IdempotencyInsertArgs){.token_hash = w->origin_key,
													   .request_hash = w->request_hash,
													   .at_ms = w->cx.now_ms,
													   .status = w->res.status ? w->res.status : 200,
													   .location = w->res.location,
													   .body = buf_view(&w->res.body)});
}
