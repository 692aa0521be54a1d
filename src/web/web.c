// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/web_impl.h"

#include "base/log.h"

#include <sodium.h>
#include <unistd.h>

#define PAGE_BYTES ((size_t)48 << 10)
#define NOTE_BYTES ((size_t)256)

static Time wall_clock(void) { return time_now(); }

Status web_open(Ctx *cx, const WebConfig *config, Web **ret_web)
{
	(void)cx;
	Arena *a = arena_new(WEB_JOB_ARENA_BYTES);
	Web *web = ARENA_NEW(a, Web, 1);
	web->arena = a;
	web->config = *config;
	atomic_store(&web->site, config->site);
	if (!web->config.clock) web->config.clock = wall_clock;
	web->router = router_new(a, config->features, config->features_n);
	web->counts = ARENA_NEW(a, RouteCount, router_count(web->router));
	web->coder = coder_new(a);
	if (config->page_cache_bytes) web->cache = cache_new(a, config->page_cache_bytes);
	if (config->rate_limits) web->limits = limits_new(a);
	if (config->rate_limits) web->guesses = guesses_new(a);
	web->trace = trace_open();
	*ret_web = web;
	return ST_OK;
}

void web_close(Web *web)
{
	if (!web) return;
	if (web->cache) cache_done(web->cache);
	coder_done(web->coder);
	if (web->limits) limits_done(web->limits);
	if (web->guesses) guesses_done(web->guesses);
	trace_close(web->trace);
	arena_free(web->arena);
}

void web_attach(Web *web, HttpServer *server) { web->server = server; }

bool web_streams(const Web *web)
{
	HttpStats h = {0};
	if (web->server) http_server_stats(web->server, &h);
	return h.streams > 0;
}

// Several sites share the server, so a channel carries the site's name.
Str web_channel(Arena *a, const Site *site, Str channel) { return STR_CAT(a, site->name, S("/"), channel); }

void web_tell(Web *web, Arena *scratch, const LiveEvent *event)
{
	if (web->server)
		http_broadcast(web->server, web_channel(scratch, web_site(web), event->channel), event->event, event->data);
}

Site *web_site(const Web *web) { return atomic_load_explicit(&web->site, memory_order_acquire); }

void web_site_set(Web *web, Site *site)
{
	atomic_store_explicit(&web->site, site, memory_order_release);
	web_changed(web); // the site's name is on every page
}

void web_changed(Web *web) { atomic_fetch_add(&web->generation, 1); }

Str web_base_url(Ctx *cx, const Req *req)
{
	if (cx->site && cx->site->url.n) return cx->site->url;
	return STR_CAT(cx->arena, req->http->tls ? S("https://") : S("http://"), req->http->host);
}

// A form of another kind than ours sends would be read as if it were one: refused, as on the API.
static Status check_type(Ctx *cx, const HttpJob *job, Str wanted)
{
	Str type, ignored = str_cut(http_header(job, S("Content-Type")), ';', &type);
	(void)ignored;
	if (!job->body_bytes || str_eq_nocase(str_trim(type), wanted)) return ST_OK;
	return fail(cx, ST_BAD_REQUEST, "the body must be %.*s", STR(wanted));
}

// A body that the server put into a file comes back into memory here; the route's limit bounds it.
static Status body_in_memory(Work *w)
{
	HttpJob *job = w->job;
	if (job->body.p || !job->body_bytes || job->body_fd < 0) return ST_OK;
	char *p = arena_try_alloc(w->cx.arena, job->body_bytes, 1);
	if (!p) return fail(&w->cx, ST_TOO_LARGE, "the body is too large");
	for (size_t n = 0; n < job->body_bytes;) {
		ssize_t got = pread(job->body_fd, p + n, job->body_bytes - n, (off_t)n);
		if (got <= 0) return fail(&w->cx, ST_INTERNAL, "the stored body cannot be read");
		n += (size_t)got;
	}
	job->body = (Str){p, job->body_bytes};
	return ST_OK;
}

Status parse_input(Work *w)
{
	TRY(body_in_memory(w));
	if (http_method_reads(w->job->method)) return form_parse_query(&w->cx, &w->req, w->job->query);
	if (w->req.route->flags & ROUTE_API) {
		TRY(check_type(&w->cx, w->job, S("application/json")));
		return w->job->body_bytes || w->req.route->form.n ? form_parse_json(&w->cx, &w->req, w->job->body) : ST_OK;
	}
	TRY(check_type(&w->cx, w->job, S("application/x-www-form-urlencoded")));
	return form_parse_urlencoded(&w->cx, &w->req, w->job->body, &w->csrf);
}

Status check_limit(Work *w)
{
	if (!w->web->limits || w->req.route->limit == LIMIT_NONE) return ST_OK;
	Str key = limits_client(w->cx.arena, w->req.client);
	char id[ID_TEXT_MAX];
	if (w->actor.id) key = (Str){id, id_format(w->actor.id, id)};
	if (limits_take(w->web->limits, w->req.route->limit, key, w->cx.now_ms, &w->req.retry_s)) return ST_OK;
	return fail(&w->cx, ST_LIMITED, "Try again in %d second%s.", w->req.retry_s, w->req.retry_s == 1 ? "" : "s");
}

Status check_right(Work *w)
{
	if (w->actor.rights & w->req.route->right) return ST_OK;
	if (w->req.route->flags & ROUTE_GUEST_FORM && !w->actor.id) return ST_OK;
	if (!w->actor.id) return fail(&w->cx, ST_UNAUTHENTICATED, "sign in first");
	return fail(&w->cx, ST_FORBIDDEN, "your role does not allow this");
}

void note_route(const Work *w)
{
	const Route *r = w->req.route;
	trace_hit(w->web->trace, "route", r, method_name(r->method), r->path);
}

// --- writing ---------------------------------------------------------------------------------------------------------

static Status run_action(Ctx *cx, Tx *tx, void *arg)
{
	Work *w = arg;
	fail_clear(cx);
	w->res = (Res){.body = buf_init(cx->arena, 512, BUF_MAX_BYTES)};
	if (w->origin_key.p) {
		bool found;
		TRY(idempotency_find_reply(w, tx, &found));
		if (found) return ST_OK;
	}
	note_route(w);
	TRY(w->req.route->action(cx, tx, &w->req, &w->res));
	TRY(buf_status(cx, &w->res.body));
	return w->origin_key.p ? idempotency_keep_reply(w, tx) : ST_OK;
}

static void count_failure(Work *w)
{
	atomic_fetch_add_explicit(&w->web->counts[w->req.route_index].failures, 1, memory_order_relaxed);
}

static void log_failure(const Work *w, Status st)
{
	if (st != ST_INTERNAL && st != ST_IO && st != ST_FULL) return;
	LOG(LOG_ERROR, "request failed", LOG_STR("status", str_from(status_name(st))), LOG_STR("path", w->job->path),
		LOG_STR("why", w->cx.fail_text));
}

// Shows the form again with what was typed; false if there is no form for it, or it cannot be drawn.
static bool answer_with_form(Work *w, Status st)
{
	const Route *route = w->req.route;
	bool told = ((st == ST_CONFLICT || st == ST_LIMITED) && w->cx.field_errors_n) || w->req.form_again;
	if (!route || !route->failed || (st != ST_INVALID && !told)) return false;
	w->res = (Res){.body = buf_init(w->cx.arena, 8192, BUF_MAX_BYTES), .no_store = true};
	if (route->failed(&w->cx, &w->req, &w->res) != ST_OK || buf_status(&w->cx, &w->res.body) != ST_OK) return false;
	w->res.status = status_http(st);
	retry_after(w, st);
	respond(w);
	return true;
}

static void answer_failure(Work *w, Status st)
{
	log_failure(w, st);
	if (w->req.route) count_failure(w);
	AUTO(Db) db = NULL;
	if (!w->req.db && db_begin(&w->cx, w->cx.site->store, &db) == ST_OK) w->req.db = db;
	if (!w->req.db || !answer_with_form(w, st)) respond_error(w, st);
	if (db) w->req.db = NULL;
}

// On the writer thread: what a failure needs drawn goes back to a worker.
static void write_done(WriteOp *op, Status st)
{
	Work *w = op->arg;
	w->failed = st;
	if (st == ST_OK) {
		web_changed(w->web); // before the client can know
		respond(w);
		http_job_done(w->job);
	} else {
		w->job->user = w;
		http_job_again(w->job);
	}
}

static Status idempotency_key(Work *w)
{
	Str key = http_header(w->job, S("Idempotency-Key"));
	if (!key.p || !(w->req.route->flags & ROUTE_API)) return ST_OK;
	if (!key.n || key.n > 200) return fail(&w->cx, ST_BAD_REQUEST, "Idempotency-Key must have 1 to 200 bytes");
	unsigned char *hash = arena_alloc(w->cx.arena, 32, 1);
	Str whole = str_format(w->cx.arena, "%lld %.*s", (long long)w->actor.id, STR(key));
	crypto_generichash(hash, 32, (const unsigned char *)whole.p, whole.n, NULL, 0);
	w->origin_key = (Str){(const char *)hash, 32};
	// The same key with another request is a mistake of the client's, not a repetition.
	unsigned char *request = arena_alloc(w->cx.arena, 32, 1);
	Str body = str_format(w->cx.arena, "%.*s\n%.*s", STR(w->job->path), STR(w->job->body));
	crypto_generichash(request, 32, (const unsigned char *)body.p, body.n, NULL, 0);
	w->request_hash = (Str){(const char *)request, 32};
	return ST_OK;
}

static Status begin_write(Work *w)
{
	TRY(session_guard_form(w));
	TRY(idempotency_key(w));
	if (w->req.route->prepare) TRY(w->req.route->prepare(&w->cx, &w->req));
	return ST_OK;
}

static void submit(Work *w)
{
	if (!w->web->server) { // a test: there is no loop to hand the job to
		Status st = store_write(&w->cx, w->cx.site->store, run_action, w);
		if (st == ST_OK) {
			web_changed(w->web);
			respond(w);
		} else {
			answer_failure(w, st);
		}
		return;
	}
	w->op = (WriteOp){.cx = &w->cx, .run = run_action, .arg = w, .done = write_done};
	w->job->later = true;
	store_submit(w->cx.site->store, &w->op);
}

// --- one request ---------------------------------------------------------------------------------------------------

Status find_route(Work *w)
{
	switch (router_match(w->web->router, w->cx.arena, w->job->method, w->job->path, &w->req)) {
	case MATCH_FOUND: w->job->route = w->req.route->path; break;
	case MATCH_METHOD: return fail(&w->cx, ST_METHOD, "this address does not take that method");
	case MATCH_NONE: return fail(&w->cx, ST_NOT_FOUND, "there is nothing at this address");
	}
	if (w->req.route->flags & ROUTE_DEMO && !w->cx.site->demo)
		return fail(&w->cx, ST_NOT_FOUND, "there is nothing at this address");
	return ST_OK;
}

// What came too soon is read all the same, so that its form can be shown again with what was typed.
static Status keep_form(Work *w, Status limited)
{
	Str why = w->cx.fail_text;
	w->req.form_again = parse_input(w) != ST_BAD_REQUEST && session_guard_form(w) == ST_OK;
	w->cx.field_errors_n = 0; // said when it is sent again
	return fail(&w->cx, limited, "%.*s", STR(why));
}

static Status serve(Work *w, bool *ret_submit)
{
	TRY(session_identify(w));
	TRY(check_right(w));
	Status limited = check_limit(w);
	if (limited != ST_OK) return w->req.route->failed ? keep_form(w, limited) : limited;
	Status parsed = parse_input(w);
	if (w->req.route->action) {
		if (parsed == ST_BAD_REQUEST) return parsed;
		// A form that is both forged and wrong is forged: say nothing about its fields.
		if (parsed != ST_OK) {
			TRY(session_guard_form(w));
			// All faults at once: what prepare finds joins what the form's own rules found. Not for people without an
			// account, whose forms are about passwords: hashing is for those that fit.
			if (w->req.route->prepare && w->actor.id) {
				Status also = w->req.route->prepare(&w->cx, &w->req);
				if (also != ST_OK && also != ST_INVALID) return also;
			}
			return parsed;
		}
		TRY(begin_write(w));
		*ret_submit = true;
		return ST_OK;
	}
	TRY(parsed);
	note_route(w);
	TRY(w->req.route->page(&w->cx, &w->req, &w->res));
	return buf_status(&w->cx, &w->res.body);
}

static Status serve_in_snapshot(Work *w, bool *ret_submit)
{
	TRY(find_route(w));
	AUTO(Db) db = NULL;
	TRY(db_begin(&w->cx, w->cx.site->store, &db));
	w->req.db = db;
	Status st = serve(w, ret_submit);
	if (st != ST_OK) answer_failure(w, st); // while the snapshot is there
	w->req.db = NULL;
	return ST_OK;
}

// Behind a reverse proxy the client is the last address it wrote; what stands before that anybody may have written.
static Str client_of(const Web *web, const HttpJob *job)
{
	Str list = http_header(job, S("X-Forwarded-For"));
	if (!web->config.proxy.n || !str_eq(job->peer, web->config.proxy) || !list.p) return job->peer;
	size_t from = list.n;
	while (from && list.p[from - 1] != ',') from--;
	Str last = str_trim(str_sub(list, from, list.n));
	return last.n ? last : job->peer;
}

// What every request has; a note needs no more.
static Work *work_bare(Web *web, HttpJob *job, size_t body_bytes)
{
	Work *w = ARENA_NEW(job->arena, Work, 1);
	w->web = web;
	w->job = job;
	w->generation = atomic_load(&web->generation); // before the snapshot, so that a page is never newer than it says
	w->cx = (Ctx){.arena = job->arena, .now_ms = web->config.clock(), .ids = web->config.ids, .rng = &RNG_SYSTEM};
	w->cx.site = web_site(web);
	w->cx.actor = &w->actor;
	w->actor = actor_guest();
	w->req.http = job;
	w->req.client = client_of(web, job);
	w->req.guesses = web->guesses;
	w->res.body = buf_init(job->arena, body_bytes, BUF_MAX_BYTES);
	return w;
}

Work *work_new(Web *web, HttpJob *job, size_t body_bytes)
{
	Work *w = work_bare(web, job, body_bytes);
	w->req.theme = cookie_value(job, S(THEME_COOKIE));
	w->req.browser = cookie_value(job, S(BROWSER_COOKIE));
	w->req.fragment = http_header(job, S("HX-Request")).p != NULL;
	if (!str_eq(w->req.theme, S("dark")) && !str_eq(w->req.theme, S("light"))) w->req.theme = str_none();
	return w;
}

static void count_request(Work *w, int64_t began_ns)
{
	if (!w->req.route) return;
	RouteCount *c = &w->web->counts[w->req.route_index];
	atomic_fetch_add_explicit(&c->requests, 1, memory_order_relaxed);
	w->job->cpu_ns = &c->cpu_ns;
	if (w->req.route->page) brief_learn(c, time_mono_ns() - began_ns);
}

void web_run(Web *web, HttpJob *job)
{
	Work *w = work_new(web, job, PAGE_BYTES);
	if (builtin_serve(web, w) || note_serve(w)) return;
	bool wants_write = false;
	int64_t began_ns = time_mono_ns();
	Status st = serve_in_snapshot(w, &wants_write);
	count_request(w, began_ns);
	if (st != ST_OK) answer_failure(w, st);
	else if (wants_write) submit(w); // from here on the job may be finished on another thread
	else if (!job->reply.status) respond(w);
}

// Before the body is read: may it come at all? Nothing is answered if it may, and the rate is not counted yet.
static Status serve_head(Work *w)
{
	TRY(find_route(w));
	AUTO(Db) db = NULL;
	TRY(db_begin(&w->cx, w->cx.site->store, &db));
	w->req.db = db;
	Status st = session_identify(w);
	if (st == ST_OK) st = check_right(w);
	if (st != ST_OK) answer_failure(w, st); // while the snapshot is there
	w->req.db = NULL;
	return ST_OK;
}

static void run_head(Web *web, HttpJob *job)
{
	Work *w = work_new(web, job, PAGE_BYTES);
	Status st = serve_head(w);
	if (st != ST_OK) answer_failure(w, st);
}

void web_handle(void *self, int worker, HttpJob *job)
{
	(void)worker;
	Work *w = job->user;
	if (job->body_pending) run_head(self, job);
	else if (w) answer_failure(w, w->failed); // its write failed
	else web_run(self, job);
}

static bool cached_serve(Web *web, HttpJob *job)
{
	if (!web->cache || http_header(job, S("HX-Request")).p || http_header(job, S("Authorization")).p) return false;
	if (cookie_value(job, S(SESSION_COOKIE)).n) return false;
	Str theme = cookie_value(job, S(THEME_COOKIE));
	if (!str_eq(theme, S("dark")) && !str_eq(theme, S("light"))) theme = str_none();
	Coding coding = coding_choose(http_header(job, S("Accept-Encoding")));
	Str key = cache_key(job->arena, job, coding, theme);
	CacheEntry *e = cache_find(web->cache, key, atomic_load(&web->generation), web->config.clock());
	if (!e) return false;
	atomic_fetch_add_explicit(&web->cache_hits, 1, memory_order_relaxed);
	if (e->seen.kind) {
		Observation seen = e->seen;
		seen.at_ms = web->config.clock();
		observe(web_site(web)->observer, &seen);
	}
	respond_cached(job, e, coding);
	return true;
}

bool web_fast(void *self, HttpJob *job)
{
	Web *web = self;
	if (job->method == HTTP_POST) return note_serve(work_bare(web, job, NOTE_BYTES));
	return http_method_reads(job->method) && (asset_serve(job) || cached_serve(web, job) || brief_serve(web, job));
}

// Is the body big, or held back until it is asked for? Then it pays to look up who sends it before it comes.
static bool body_is_heavy(const HttpJob *job)
{
	int64_t n;
	if (http_header(job, S("Expect")).p || http_header(job, S("Transfer-Encoding")).p) return true;
	return !str_int(http_header(job, S("Content-Length")), 0, (int64_t)HTTP_BODY_MEM_BYTES, &n);
}

// On the loop, where nothing may be looked up. A guest without any credentials who lacks the right is told so before the
// body; who shows some is looked up by a worker, first if the body is heavy, else together with the rest.
static bool ask_first(const HttpJob *job, const Route *route)
{
	// A NOTE says in its body who sends it.
	if (route->right == RIGHT_READ || route->flags & ROUTE_GUEST_FORM || !route->action) return false;
	bool token = route->flags & ROUTE_API && http_header(job, S("Authorization")).p;
	return (!token && !cookie_value(job, S(SESSION_COOKIE)).n) || body_is_heavy(job);
}

HttpBodyRule web_body_rule(void *self, const HttpJob *job)
{
	Web *web = self;
	Req req = {0};
	HttpBodyRule rule = {.max_bytes = WEB_BODY_MAX_BYTES};
	if (http_method_reads(job->method)) return rule;
	rule.ask = router_match(web->router, job->arena, job->method, job->path, &req) != MATCH_FOUND ||
			   ask_first(job, req.route);
	if (req.route && req.route->body_max_bytes) rule.max_bytes = req.route->body_max_bytes;
	return rule;
}

static void finished(void *self, const HttpJob *job, int status, size_t bytes)
{
	const Web *web = self;
	access_log_write(web->config.access_log, web->config.name, job, status, bytes);
}

HttpApp web_http_app(Web *web)
{
	return (HttpApp){.self = web,
					 .body_rule = web_body_rule,
					 .fast = web_fast,
					 .handle = web_handle,
					 .finished = web->config.access_log ? finished : NULL,
					 .problems = S(WEB_API_UNDER)};
}
