// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/web_testkit.h"

const HttpReply *test_page(Web *web, Arena *a, Str target, Str session)
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
	web_run(web, job);
	return &job->reply;
}
