// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/http/parse.h"

#include "test.h"

#include "net/http/rig_testkit.h"

#include "base/buf.h"

typedef struct Parsed {
	int status; // 200: a whole request
	size_t used;
	Str body;
	HttpHead head;
} Parsed;

static size_t limit_of(Str target) { return str_starts(target, S("/small")) ? 10 : (size_t)1 << 20; }

// Bytes come `step` at a time.
static Parsed parse(Str bytes, size_t step)
{
	Parsed r = {0};
	HttpBody body;
	HttpParse got = HTTP_PARSE_MORE;
	Buf content = buf_init(test_arena(), 64, (size_t)1 << 20);
	size_t have = 0;
	http_head_init(&r.head);
	while (got == HTTP_PARSE_MORE && have < bytes.n) {
		have = size_min(have + step, bytes.n);
		got = http_head_feed(&r.head, bytes.p, have);
	}
	r.status = got == HTTP_PARSE_ERROR ? r.head.status : 0;
	if (got != HTTP_PARSE_DONE) return r;
	r.used = r.head.bytes;
	got = http_body_init(&body, &r.head, limit_of(http_span(bytes.p, r.head.target)));
	while (got == HTTP_PARSE_MORE) {
		size_t used;
		Str data;
		have = size_max(have, r.used);
		if (have == r.used && have == bytes.n) return r;
		if (have == r.used) have = size_min(have + step, bytes.n);
		got = http_body_feed(&body, bytes.p + r.used, have - r.used, &used, &data);
		r.used += used;
		buf_str(&content, data);
	}
	r.body = buf_view(&content);
	r.status = got == HTTP_PARSE_DONE ? 200 : body.status;
	return r;
}

static void probe_all(size_t step)
{
	Probe *probes;
	size_t n = probe_list(test_arena(), &probes);
	int bad = 0;
	for (size_t i = 0; i < n; i++) {
		Parsed r = parse(probes[i].bytes, step);
		if (r.status == probes[i].status) continue;
		print_error("%s: %d instead of %d\n", probes[i].name, r.status, probes[i].status);
		bad++;
	}
	assert_int_equal(bad, 0);
}

TEST(http_parse_probes_in_one_segment) { probe_all(SIZE_MAX / 2); }

TEST(http_parse_probes_byte_by_byte) { probe_all(1); }

TEST(http_parse_probes_in_odd_pieces)
{
	for (size_t step = 2; step < 8; step++) probe_all(step);
}

TEST(http_parse_gives_what_was_sent)
{
	Str text = S(
		"POST /a/b?c=d&e HTTP/1.1\r\nHost: ex.org:8080\r\nX-Empty:\r\nX-Pad: \t v w \t\r\nExpect: 100-Continue\r\n"
		"Content-Length: 5\r\n\r\nhelloGET");
	for (size_t step = 1; step < text.n; step += 6) {
		Parsed r = parse(text, step);
		assert_int_equal(r.status, 200);
		assert_int_equal(r.head.method, HTTP_POST);
		assert_str_equal(http_span(text.p, r.head.target), "/a/b?c=d&e");
		assert_str_equal(http_span(text.p, r.head.host), "ex.org:8080");
		assert_int_equal(r.head.n, 5);
		assert_str_equal(http_span(text.p, r.head.names[1]), "X-Empty");
		assert_str_equal(http_span(text.p, r.head.values[1]), "");
		assert_str_equal(http_span(text.p, r.head.values[2]), "v w");
		assert_true(r.head.expect);
		assert_true(http_head_keep_alive(&r.head));
		assert_str_equal(r.body, "hello");
		assert_int_equal(r.used, text.n - 3); // the rest is the next request's
	}
}

TEST(http_parse_joins_chunks_and_drops_trailers)
{
	Str text = S("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
				 "5;x\r\nhello\r\n0A\r\n, world 12\r\n000\r\nX-Sum: 9\r\n\r\nrest");
	for (size_t step = 1; step < text.n; step++) {
		Parsed r = parse(text, step);
		assert_int_equal(r.status, 200);
		assert_str_equal(r.body, "hello, world 12");
		assert_int_equal(r.used, text.n - 4);
	}
}

TEST(http_parse_keep_alive)
{
	static const struct {
		Str text;
		bool keep;
	} ROWS[] = {
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), true},
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), false},
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n"), false},
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n"), false},
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n"), true},
		{S_INIT("GET / HTTP/1.0\r\n\r\n"), false},
		{S_INIT("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"), true},
		{S_INIT("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n"), false},
	};
	for (size_t i = 0; i < COUNTOF(ROWS); i++) {
		Parsed r = parse(ROWS[i].text, 1);
		assert_int_equal(r.status, 200);
		assert_int_equal(http_head_keep_alive(&r.head), ROWS[i].keep);
	}
}

TEST(http_parse_incomplete_is_no_verdict)
{
	Str whole = S("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nA: b\r\n\r\n");
	for (size_t n = 0; n < whole.n; n++) assert_int_equal(parse(str_sub(whole, 0, n), 1).status, 0);
	assert_int_equal(parse(whole, 1).status, 200);
}
