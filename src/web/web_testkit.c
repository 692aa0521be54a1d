// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/web_testkit.h"

#include "test.h"

static HttpJob *job_new(Arena *a, Str target, Str session)
{
	HttpHeader *header = ARENA_NEW(a, HttpHeader, 1);
	HttpJob *job = ARENA_NEW(a, HttpJob, 1);
	*header = (HttpHeader){.name = S("Cookie"), .value = str_format(a, SESSION_COOKIE "=%.*s", STR(session))};
	*job = (HttpJob){.method = HTTP_GET,
					 .target = target,
					 .headers = header,
					 .headers_n = session.n ? 1 : 0,
					 .host = S("town.example"),
					 .body_fd = -1,
					 .peer = S("192.0.2.1"),
					 .arena = a};
	job->query = str_cut(job->target, '?', &job->path);
	return job;
}

const HttpReply *test_page(Web *web, Arena *a, Str target, Str session)
{
	HttpJob *job = job_new(a, target, session);
	web_run(web, job);
	return &job->reply;
}

const HttpReply *test_loop_page(Web *web, Arena *a, Str target, Str session, bool has_time)
{
	HttpApp app = web_http_app(web);
	HttpJob *job = job_new(a, target, session);
	job->loop_has_time = has_time;
	return app.fast(app.self, job) ? &job->reply : NULL;
}

int test_get(Web *web, Str target, Str session, Str *ret_body)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	const HttpReply *reply = test_page(web, a, target, session);
	if (ret_body) *ret_body = str_copy(test_arena(), reply->body);
	return reply->status;
}

bool test_has(Str body, const char *text)
{
	size_t at;
	return str_find(body, str_from(text), &at);
}

Str test_path(const char *before, Id id, const char *after)
{
	Buf b = buf_init(test_arena(), 64, 200);
	buf_z(&b, before);
	buf_id(&b, id);
	buf_z(&b, after);
	return buf_view(&b);
}

size_t test_count(Str body, const char *text)
{
	size_t n = 0, at;
	for (Str s = body; str_find(s, str_from(text), &at); n++) s = str_sub(s, at + 1, s.n);
	return n;
}
