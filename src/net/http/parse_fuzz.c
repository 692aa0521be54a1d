// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes: the verdict, the spans and the content do not depend on how the bytes were cut into pieces, every span lies in
// the head, and whatever is accepted holds none of the bytes that split a request.
#include "net/http/parse.h"

#include <string.h>

#define BODY_LIMIT 4096

typedef struct Verdict {
	int status; // 0: more is needed
	size_t used, content_n;
	uint64_t content_hash;
	HttpHead head;
} Verdict;

static void body_run(Verdict *v, const char *p, size_t n, size_t step)
{
	HttpBody b;
	HttpParse got = http_body_init(&b, &v->head, BODY_LIMIT);
	size_t have = size_min(v->used, n);
	while (got == HTTP_PARSE_MORE && (have < n || v->used < have)) {
		if (v->used == have) have = size_min(have + step, n);
		size_t used;
		Str data;
		got = http_body_feed(&b, p + v->used, have - v->used, &used, &data);
		BUG_IF(used > have - v->used || (!used && got == HTTP_PARSE_MORE));
		BUG_IF(data.n && (data.p < p + v->used || data.p + data.n > p + v->used + used));
		v->used += used;
		v->content_n += data.n;
		for (size_t i = 0; i < data.n; i++) v->content_hash = v->content_hash * 31 + (unsigned char)data.p[i];
	}
	BUG_IF(v->content_n > BODY_LIMIT);
	if (got == HTTP_PARSE_ERROR) v->status = b.status;
	if (got == HTTP_PARSE_DONE) v->status = 200;
}

static Verdict run(const char *p, size_t n, size_t step)
{
	Verdict v = {0};
	HttpParse got = HTTP_PARSE_MORE;
	http_head_init(&v.head);
	for (size_t have = 0; got == HTTP_PARSE_MORE && have < n;) {
		have = size_min(have + step, n);
		got = http_head_feed(&v.head, p, have);
	}
	if (got == HTTP_PARSE_ERROR) v.status = v.head.status;
	if (got != HTTP_PARSE_DONE) return v;
	v.used = v.head.bytes;
	BUG_IF(v.used > n || v.used > HTTP_HEAD_MAX_BYTES);
	body_run(&v, p, n, step);
	return v;
}

static void span_check(const char *p, const HttpHead *h, HttpSpan s)
{
	BUG_IF((size_t)s.at + s.n > h->bytes);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)p[s.at + i];
		BUG_IF((c < ' ' && c != '\t') || c == 127);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *p = (const char *)data;
	Verdict whole = run(p, size, size ? size : 1);
	for (size_t step = 1; step <= 7; step += 3) {
		Verdict v = run(p, size, step);
		BUG_IF((v.status == 200) != (whole.status == 200) || !v.status != !whole.status);
		// What is too long is refused as soon as it is known, before a worse byte that has not come yet.
		BUG_IF(v.status != whole.status && v.status != 414 && v.status != 431);
		if (v.status != 200) continue;
		BUG_IF(v.used != whole.used || v.content_n != whole.content_n || v.content_hash != whole.content_hash);
		BUG_IF(v.head.n != whole.head.n || v.head.bytes != whole.head.bytes);
	}
	if (whole.status != 200) return 0;
	span_check(p, &whole.head, whole.head.target);
	span_check(p, &whole.head, whole.head.host);
	for (size_t i = 0; i < whole.head.n; i++) {
		span_check(p, &whole.head, whole.head.names[i]);
		span_check(p, &whole.head, whole.head.values[i]);
		BUG_IF(memchr(p + whole.head.names[i].at, ' ', whole.head.names[i].n));
	}
	return 0;
}
