// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/openapi.h"
#include "web/web_impl.h"

// What every server answers, whatever its features: health, metrics, and the description of the API.

static void metric_head(Buf *b, const char *name, const char *type, const char *help)
{
	buf_format(b, "# HELP hearth_%s %s\n# TYPE hearth_%s %s\n", name, help, name, type);
}

static void metric(Buf *b, const char *name, const char *type, const char *help, int64_t v)
{
	metric_head(b, name, type, help);
	buf_format(b, "hearth_%s %lld\n", name, (long long)v);
}

const char *method_name(HttpMethod m) { return m == HTTP_GET ? "GET" : "POST"; }

// With one site there is no label that says which.
static void site_label(Buf *b, const Web *web, size_t n, const char *before, const char *after)
{
	if (n > 1) buf_format(b, "%ssite=\"%s\"%s", before, web->config.name, after);
}

static void route_metric(Buf *b, const char *name, const char *help, Web *const *webs, size_t n,
						 int64_t (*value)(const RouteCount *))
{
	metric_head(b, name, "counter", help);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < router_count(webs[k]->router); i++) {
			const Route *r = router_at(webs[k]->router, i);
			const RouteCount *c = &webs[k]->counts[i];
			if (!atomic_load(&c->requests) && !atomic_load(&c->failures)) continue;
			buf_format(b, "hearth_%s{", name);
			site_label(b, webs[k], n, "", ",");
			buf_format(b, "method=\"%s\",route=\"%s\"} %lld\n", method_name(r->method), r->path, (long long)value(c));
		}
}

static int64_t requests_of(const RouteCount *c) { return atomic_load(&c->requests); }
static int64_t failures_of(const RouteCount *c) { return atomic_load(&c->failures); }
static int64_t cpu_us_of(const RouteCount *c) { return atomic_load(&c->cpu_ns) / 1000; }

static void server_metrics(Buf *b, const HttpServer *server)
{
	HttpStats h;
	http_server_stats(server, &h);
	metric(b, "http_requests_total", "counter", "Requests read", h.requests);
	metric(b, "http_refused_total", "counter", "Requests refused before a handler saw them", h.refused);
	metric(b, "http_connections", "gauge", "Open connections", h.connections);
	metric(b, "http_streams", "gauge", "Open event streams", h.streams);
	metric(b, "http_queue_depth", "gauge", "Requests waiting for a worker", h.queue_depth);
	metric(b, "http_bytes_out_total", "counter", "Bytes of replies", h.bytes_out);
}

static void site_metric(Buf *b, const char *name, const char *type, const char *help, Web *const *webs, size_t n,
						int64_t (*value)(Web *))
{
	metric_head(b, name, type, help);
	for (size_t k = 0; k < n; k++) {
		buf_format(b, "hearth_%s", name);
		site_label(b, webs[k], n, "{", "}");
		buf_format(b, " %lld\n", (long long)value(webs[k]));
	}
}

static StoreStats stats_of(Web *web)
{
	StoreStats s;
	store_stats(web_site(web)->store, &s);
	return s;
}

static int64_t commits_of(Web *web) { return stats_of(web).commits; }
static int64_t writes_of(Web *web) { return stats_of(web).writes; }
static int64_t write_failures_of(Web *web) { return stats_of(web).write_failures; }
static int64_t queue_depth_of(Web *web) { return stats_of(web).queue_depth; }
static int64_t reopened_of(Web *web) { return stats_of(web).reopened; }
static int64_t cache_hits_of(Web *web) { return atomic_load(&web->cache_hits); }

void metrics_write(Buf *b, Web *const *webs, size_t n)
{
	if (webs[0]->server) server_metrics(b, webs[0]->server);
	site_metric(b, "store_commits_total", "counter", "Durable commits", webs, n, commits_of);
	site_metric(b, "store_writes_total", "counter", "Write transactions, grouped into commits", webs, n, writes_of);
	site_metric(b, "store_write_failures_total", "counter", "Write transactions that failed", webs, n,
				write_failures_of);
	site_metric(b, "store_queue_depth", "gauge", "Write transactions waiting", webs, n, queue_depth_of);
	site_metric(b, "store_reopened_total", "counter", "Times connections were reopened after an I/O error", webs, n,
				reopened_of);
	site_metric(b, "page_cache_hits_total", "counter", "Guest pages answered from the cache", webs, n, cache_hits_of);
	route_metric(b, "route_requests_total", "Requests by route", webs, n, requests_of);
	route_metric(b, "route_failures_total", "Failed requests by route", webs, n, failures_of);
	route_metric(b, "route_cpu_microseconds_total", "CPU of requests by route", webs, n, cpu_us_of);
}

static void answer_text(Work *w, const char *type)
{
	w->res.content_type = str_from(type);
	w->res.no_store = true;
	respond(w);
}

bool web_answers(Web *web, Arena *a)
{
	Ctx cx = {.arena = a, .now_ms = web->config.clock(), .ids = web->config.ids, .rng = &RNG_SYSTEM};
	AUTO(Db) db = NULL;
	return db_begin(&cx, web_site(web)->store, &db) == ST_OK;
}

static void healthz(Work *w)
{
	bool ok = web_answers(w->web, w->cx.arena);
	w->res.status = ok ? 200 : 503;
	buf_str(&w->res.body, ok ? S("ok\n") : S("the database does not answer\n"));
	answer_text(w, "text/plain; charset=utf-8");
}

// Metrics tell no secrets, but they are the operator's: from this machine only.
bool web_from_here(const HttpJob *job)
{
	if (http_header(job, S("X-Forwarded-For")).p || http_header(job, S("Forwarded")).p) return false; // through a proxy
	return str_starts(job->peer, S("127.")) || str_eq(job->peer, S("::1"));
}

bool builtin_serve(Web *web, Work *w)
{
	Str path = w->job->path;
	if (!http_method_reads(w->job->method)) return false;
	if (str_eq(path, S("/healthz"))) {
		w->job->route = "/healthz";
		healthz(w);
	} else if (str_eq(path, S("/metrics")) && web_from_here(w->job)) {
		w->job->route = "/metrics";
		metrics_write(&w->res.body, &web, 1);
		answer_text(w, "text/plain; version=0.0.4; charset=utf-8");
	} else if (str_eq(path, S("/api/v1/openapi.json"))) {
		w->job->route = "/api/v1/openapi.json";
		openapi_write(&w->res.body, web->router, web_base_url(&w->cx, &w->req));
		answer_text(w, "application/json");
	} else {
		return false;
	}
	return true;
}
