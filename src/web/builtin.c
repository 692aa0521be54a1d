// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/openapi.h"
#include "web/web_impl.h"

// What every server answers, whatever its features: health, metrics, and the description of the API.

static void metric(Buf *b, const char *name, const char *type, const char *help, int64_t v)
{
	buf_format(b, "# HELP hearth_%s %s\n# TYPE hearth_%s %s\nhearth_%s %lld\n", name, help, name, type, name,
			   (long long)v);
}

static const char *method_name(HttpMethod m) { return m == HTTP_GET ? "GET" : "POST"; }

static void route_metrics(Buf *b, Web *web)
{
	buf_str(b, S("# HELP hearth_route_requests_total Requests by route\n# TYPE hearth_route_requests_total counter\n"));
	for (size_t i = 0; i < router_count(web->router); i++) {
		const Route *r = router_at(web->router, i);
		long long n = atomic_load(&web->counts[i].requests), failed = atomic_load(&web->counts[i].failures);
		if (!n && !failed) continue;
		buf_format(b, "hearth_route_requests_total{method=\"%s\",route=\"%s\"} %lld\n", method_name(r->method), r->path,
				   n);
		buf_format(b, "hearth_route_failures_total{method=\"%s\",route=\"%s\"} %lld\n", method_name(r->method), r->path,
				   failed);
		buf_format(b, "hearth_route_cpu_microseconds_total{method=\"%s\",route=\"%s\"} %lld\n", method_name(r->method),
				   r->path, (long long)atomic_load(&web->counts[i].cpu_ns) / 1000);
	}
}

static void metrics_write(Web *web, Buf *b)
{
	if (web->server) {
		HttpStats h;
		http_server_stats(web->server, &h);
		metric(b, "http_requests_total", "counter", "Requests read", h.requests);
		metric(b, "http_refused_total", "counter", "Requests refused before a handler saw them", h.refused);
		metric(b, "http_connections", "gauge", "Open connections", h.connections);
		metric(b, "http_streams", "gauge", "Open event streams", h.streams);
		metric(b, "http_queue_depth", "gauge", "Requests waiting for a worker", h.queue_depth);
		metric(b, "http_bytes_out_total", "counter", "Bytes of replies", h.bytes_out);
	}
	StoreStats s;
	store_stats(web->config.site->store, &s);
	metric(b, "store_commits_total", "counter", "Durable commits", s.commits);
	metric(b, "store_writes_total", "counter", "Write transactions, grouped into commits", s.writes);
	metric(b, "store_write_failures_total", "counter", "Write transactions that failed", s.write_failures);
	metric(b, "store_queue_depth", "gauge", "Write transactions waiting", s.queue_depth);
	metric(b, "store_reopened_total", "counter", "Times connections were reopened after an I/O error", s.reopened);
	metric(b, "page_cache_hits_total", "counter", "Guest pages answered from the cache", atomic_load(&web->cache_hits));
	route_metrics(b, web);
}

static void answer_text(Work *w, const char *type)
{
	w->res.content_type = str_from(type);
	w->res.no_store = true;
	respond(w);
}

static void healthz(Work *w)
{
	AUTO(Db) db = NULL;
	Status st = db_begin(&w->cx, w->cx.site->store, &db);
	w->res.status = st == ST_OK ? 200 : 503;
	buf_str(&w->res.body, st == ST_OK ? S("ok\n") : S("the database does not answer\n"));
	answer_text(w, "text/plain; charset=utf-8");
}

// Metrics tell no secrets, but they are the operator's: from this machine only.
static bool from_here(const HttpJob *job)
{
	if (http_header(job, S("X-Forwarded-For")).p || http_header(job, S("Forwarded")).p) return false; // through a proxy
	return str_starts(job->peer, S("127.")) || str_eq(job->peer, S("::1"));
}

bool builtin_serve(Web *web, Work *w)
{
	Str path = w->job->path;
	if (w->job->method != HTTP_GET && w->job->method != HTTP_HEAD) return false;
	if (str_eq(path, S("/healthz"))) {
		healthz(w);
	} else if (str_eq(path, S("/metrics")) && from_here(w->job)) {
		metrics_write(web, &w->res.body);
		answer_text(w, "text/plain; version=0.0.4; charset=utf-8");
	} else if (str_eq(path, S("/api/v1/openapi.json"))) {
		openapi_write(&w->res.body, web->router, web_base_url(&w->cx, &w->req));
		answer_text(w, "application/json");
	} else {
		return false;
	}
	return true;
}
