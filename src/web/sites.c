// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/sites.h"

#include "web/web_impl.h"
#include "web_html.h"

#define STRANGER_BYTES ((size_t)4096)

struct WebSites {
	Web *v[WEB_SITES_MAX];
	size_t n;
	AccessLog *access_log; // of all of them; NULL: none
};

WebSites *web_sites_new(Arena *a, Web *const *webs, size_t n)
{
	BUG_IF(n == 0 || n > WEB_SITES_MAX);
	WebSites *sites = ARENA_NEW(a, WebSites, 1);
	for (size_t i = 0; i < n; i++) sites->v[i] = webs[i];
	sites->n = n;
	sites->access_log = webs[0]->config.access_log;
	return sites;
}

static Web *choose(const WebSites *sites, Str host)
{
	for (size_t i = 0; i < sites->n; i++)
		if (site_has_host(web_site(sites->v[i]), host)) return sites->v[i];
	return NULL;
}

static void answer(HttpJob *job, int status, const char *type, const Buf *body)
{
	HttpReply *r = &job->reply;
	r->status = status;
	http_reply_header(r, S("Content-Type"), str_from(type));
	http_reply_header(r, S("Cache-Control"), S("no-store"));
	security_headers(r);
	r->body = buf_view(body);
}

static void health(const WebSites *sites, HttpJob *job, Buf *b)
{
	bool all = true;
	for (size_t i = 0; i < sites->n; i++) all = web_answers(sites->v[i], job->arena) && all;
	buf_str(b, all ? S("ok\n") : S("the database of a site does not answer\n"));
	answer(job, all ? 200 : 503, "text/plain; charset=utf-8", b);
}

// There is no site whose frame the page could have, and no secret whose form it could carry.
static void stranger(const WebSites *sites, HttpJob *job)
{
	Buf b = buf_init(job->arena, STRANGER_BYTES, BUF_MAX_BYTES);
	bool reads = http_method_reads(job->method);
	if (reads && str_eq(job->path, S("/healthz"))) {
		health(sites, job, &b);
	} else if (reads && str_eq(job->path, S("/metrics")) && web_from_here(job)) {
		metrics_write(&b, sites->v, sites->n);
		answer(job, 200, "text/plain; version=0.0.4; charset=utf-8", &b);
	} else if (str_starts(job->path, S(WEB_API_UNDER))) {
		Json j = http_problem_begin(&b, S("error.misdirected"), 421, S("no site here has this host name"));
		json_end(&j);
		answer(job, 421, HTTP_PROBLEM_TYPE, &b);
	} else {
		html_web_stranger_page(&b, host_without_port(job->host));
		answer(job, 421, "text/html; charset=utf-8", &b);
	}
}

static bool fast(void *self, HttpJob *job)
{
	Web *web = choose(self, job->host);
	return web ? web_fast(web, job) : asset_serve(job);
}

static void handle(void *self, int worker, HttpJob *job)
{
	Work *begun = job->user; // its site was chosen the first time; the settings may have changed since
	Web *web = begun ? begun->web : choose(self, job->host);
	if (web) web_handle(web, worker, job);
	else stranger(self, job);
}

static HttpBodyRule body_rule(void *self, const HttpJob *job)
{
	Web *web = choose(self, job->host);
	return web ? web_body_rule(web, job) : (HttpBodyRule){.max_bytes = WEB_BODY_MAX_BYTES, .ask = true};
}

static void finished(void *self, const HttpJob *job, int status, size_t bytes)
{
	const WebSites *sites = self;
	const Web *web = choose(sites, job->host);
	access_log_write(sites->access_log, web ? web->config.name : NULL, job, status, bytes);
}

HttpApp web_sites_http_app(WebSites *sites)
{
	if (sites->n == 1) return web_http_app(sites->v[0]);
	return (HttpApp){.self = sites,
					 .body_rule = body_rule,
					 .fast = fast,
					 .handle = handle,
					 .finished = sites->access_log ? finished : NULL,
					 .problems = S(WEB_API_UNDER)};
}
