// SPDX-License-Identifier: AGPL-3.0-or-later
// Replies: the head is formatted here and nowhere else, so nothing that could split a response gets out.
// On a plain socket with nothing waiting, head and body go out in one sendmsg straight from where they lie; only
// what the socket did not take enters libevent's buffer (the body by reference), which then costs an epoll_ctl.
#include "net/http/internal.h"

#include <errno.h>
#include <string.h>

#define REFUSAL_MAX_BYTES ((size_t)256)

typedef struct Head {
	char *p;
	size_t n;
	bool bad; // too long, or a byte that must not be in a head
} Head;

static void head_put(Head *w, Str s)
{
	if (s.n > HTTP_REPLY_HEAD_MAX_BYTES - w->n) {
		w->bad = true;
		return;
	}
	if (s.n) memcpy(w->p + w->n, s.p, s.n);
	w->n += s.n;
}

static void head_put_checked(Head *w, Str s)
{
	bool bad = false;
	for (size_t i = 0; i < s.n; i++) bad |= (unsigned char)s.p[i] < ' ' && s.p[i] != '\t';
	w->bad |= bad;
	head_put(w, s);
}

static void head_put_size(Head *w, size_t v)
{
	char digits[20];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	head_put(w, (Str){digits + at, sizeof digits - at});
}

static Str reason_of(int status)
{
	static const struct {
		int status;
		Str reason;
	} REASONS[] = {
		{200, S_INIT("OK")},
		{201, S_INIT("Created")},
		{202, S_INIT("Accepted")},
		{204, S_INIT("No Content")},
		{206, S_INIT("Partial Content")},
		{301, S_INIT("Moved Permanently")},
		{302, S_INIT("Found")},
		{303, S_INIT("See Other")},
		{304, S_INIT("Not Modified")},
		{307, S_INIT("Temporary Redirect")},
		{308, S_INIT("Permanent Redirect")},
		{400, S_INIT("Bad Request")},
		{401, S_INIT("Unauthorized")},
		{403, S_INIT("Forbidden")},
		{404, S_INIT("Not Found")},
		{405, S_INIT("Method Not Allowed")},
		{406, S_INIT("Not Acceptable")},
		{408, S_INIT("Request Timeout")},
		{409, S_INIT("Conflict")},
		{410, S_INIT("Gone")},
		{411, S_INIT("Length Required")},
		{412, S_INIT("Precondition Failed")},
		{413, S_INIT("Content Too Large")},
		{414, S_INIT("URI Too Long")},
		{415, S_INIT("Unsupported Media Type")},
		{416, S_INIT("Range Not Satisfiable")},
		{417, S_INIT("Expectation Failed")},
		{421, S_INIT("Misdirected Request")},
		{422, S_INIT("Unprocessable Content")},
		{425, S_INIT("Too Early")},
		{428, S_INIT("Precondition Required")},
		{429, S_INIT("Too Many Requests")},
		{431, S_INIT("Request Header Fields Too Large")},
		{500, S_INIT("Internal Server Error")},
		{501, S_INIT("Not Implemented")},
		{502, S_INIT("Bad Gateway")},
		{503, S_INIT("Service Unavailable")},
		{504, S_INIT("Gateway Timeout")},
		{505, S_INIT("HTTP Version Not Supported")},
		{507, S_INIT("Insufficient Storage")},
	};
	for (size_t i = 0; i < COUNTOF(REASONS); i++)
		if (REASONS[i].status == status) return REASONS[i].reason;
	return S("Status");
}

static void date_refresh(Loop *l)
{
	Time now = time_now();
	if (now / 1000 == l->date_s) return;
	ArenaMark mark = arena_mark(l->arena);
	Buf b = buf_init(l->arena, HTTP_DATE_MAX_BYTES, HTTP_DATE_MAX_BYTES);
	buf_str(&b, S("Date: "));
	time_format_http(&b, now);
	buf_str(&b, S("\r\n"));
	memcpy(l->date, b.p, b.n);
	l->date_n = b.n;
	l->date_s = now / 1000;
	arena_rewind(l->arena, mark);
}

static void head_begin(Head *w, Loop *l, int status)
{
	*w = (Head){.p = l->reply_head};
	date_refresh(l);
	head_put(w, S("HTTP/1.1 "));
	head_put_size(w, (size_t)status);
	head_put(w, S(" "));
	head_put(w, reason_of(status));
	head_put(w, S("\r\n"));
	head_put(w, (Str){l->date, l->date_n});
}

static void head_header(Head *w, Str name, Str value)
{
	head_put_checked(w, name);
	head_put(w, S(": "));
	head_put_checked(w, value);
	head_put(w, S("\r\n"));
	if (!name.n) w->bad = true;
}

static void head_end(Head *w, bool close, bool minor)
{
	if (close) head_put(w, S("Connection: close\r\n"));
	else if (!minor) head_put(w, S("Connection: keep-alive\r\n"));
	head_put(w, S("\r\n"));
}

static void reference_done(UNUSED const void *p, UNUSED size_t n, void *job) { http_job_release(job); }

// Straight from where they lie. Returns the bytes taken; a socket that fails is marked and gets no more.
static size_t send_parts(Conn *c, Str head, Str body)
{
	struct iovec v[2] = {{.iov_base = (void *)(uintptr_t)head.p, .iov_len = head.n},
						 {.iov_base = (void *)(uintptr_t)body.p, .iov_len = body.n}};
	struct msghdr m = {.msg_iov = v, .msg_iovlen = body.n ? 2 : 1};
	ssize_t done = sendmsg(c->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (done < 0 && errno != EAGAIN && errno != EINTR) c->broken = c->eof = c->close_after = true;
	return done > 0 ? (size_t)done : 0;
}

// What the socket did not take. True if nobody refers to the body any more.
static bool keep_parts(Conn *c, Str head, Str body, Job *job)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);
	bool ok = !head.n || !evbuffer_add(out, head.p, head.n);
	if (ok && body.n && job && !evbuffer_add_reference(out, body.p, body.n, reference_done, job)) return false;
	if (ok && body.n && !job) ok = !evbuffer_add(out, body.p, body.n);
	if (!ok || (body.n && job)) c->close_after = true; // out of memory: what was promised cannot be kept
	return true;
}

// True if nobody refers to the body any more: the caller releases the job, else reference_done does.
static bool write_parts(Conn *c, Str head, Str body, Job *job)
{
	size_t sent = 0;
	http_count(&c->loop->bytes_out, (int64_t)(head.n + body.n));
	if (!c->ssl && !evbuffer_get_length(bufferevent_get_output(c->bev))) sent = send_parts(c, head, body);
	if (c->broken) return true;
	return keep_parts(c, str_sub(head, sent, head.n), str_sub(body, sent - size_min(sent, head.n), body.n), job);
}

bool http_conn_put(Conn *c, Str s)
{
	write_parts(c, s, str_none(), NULL);
	return !c->broken;
}

static void job_finished(Job *job, int status, size_t bytes)
{
	const HttpApp *app = &job->loop->server->app;
	if (app->finished) app->finished(app->self, &job->pub, status, bytes);
}

Json http_problem_begin(Buf *b, Str title, int status, Str detail)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "type");
	json_str(&j, S("about:blank"));
	json_key(&j, "title");
	json_str(&j, title);
	json_key(&j, "status");
	json_int(&j, status);
	if (detail.p) {
		json_key(&j, "detail");
		json_str(&j, detail);
	}
	return j;
}

// As the application names it; what it never says itself is a bad request, or not supported.
static Str key_of(int status)
{
	for (int st = 0; st < STATUS_N; st++)
		if (status_http((Status)st) == status) return str_from(status_key((Status)st));
	return str_from(status_key(status < 500 ? ST_BAD_REQUEST : ST_UNSUPPORTED));
}

typedef struct Asked {
	bool for_head, for_problem;
} Asked;

// By a job, or by a head that is wrong or not whole: what was parsed of it still lies in one piece in the buffer.
static Asked asked_of(const Conn *c)
{
	const HttpHead *h = c->head ? c->head : c->loop->scratch;
	Str under = c->loop->server->app.problems;
	if (c->job) return (Asked){c->job->pub.method == HTTP_HEAD, under.n && str_starts(c->job->pub.target, under)};
	if (!h->in_headers) return (Asked){0};
	ev_ssize_t n = h->target.at + h->target.n;
	const char *p = (const char *)evbuffer_pullup(bufferevent_get_input(c->bev), n);
	return (Asked){h->method == HTTP_HEAD, under.n && str_starts(http_span(p, h->target), under)};
}

static Str refusal(Arena *a, int status, bool problem)
{
	Buf b = buf_init(a, REFUSAL_MAX_BYTES, REFUSAL_MAX_BYTES);
	if (problem) {
		Json j = http_problem_begin(&b, key_of(status), status, reason_of(status));
		json_end(&j);
	} else {
		buf_format(&b, "%d %.*s\n", status, STR(reason_of(status)));
	}
	return buf_view(&b);
}

void http_reply_refuse(Conn *c, int status)
{
	Loop *l = c->loop;
	Job *job = c->job;
	Asked asked = asked_of(c);
	ArenaMark mark = arena_mark(l->arena);
	Str body = refusal(l->arena, status, asked.for_problem);
	Head w;
	c->job = NULL;
	c->close_after = status != 503 || l->stopping || !job || !job->keep_alive;
	http_count(&l->refused, 1);
	head_begin(&w, l, status);
	head_put(&w, asked.for_problem ? S("Content-Type: " HTTP_PROBLEM_TYPE) : S("Content-Type: text/plain"));
	head_put(&w, S("\r\nContent-Length: "));
	head_put_size(&w, body.n);
	head_put(&w, status == 503 ? S("\r\nRetry-After: 1\r\n") : S("\r\n"));
	head_end(&w, c->close_after, !job || job->minor);
	if (!asked.for_head) head_put(&w, body);
	write_parts(c, (Str){w.p, w.n}, str_none(), NULL);
	arena_rewind(l->arena, mark);
	if (job) {
		job->conn = NULL;
		job_finished(job, status, w.n);
		http_job_release(job);
	}
	http_conn_sent(c);
}

static bool head_format(Head *w, const Conn *c, const Job *job)
{
	const HttpReply *r = &job->pub.reply;
	bool stream = r->stream.n > 0, empty = r->status < 200 || r->status == 204 || r->status == 304;
	if (r->status < 200 || r->status > 599 || r->headers_n > HTTP_REPLY_HEADERS_MAX) return false;
	if (r->stream.n > HTTP_CHANNEL_MAX_BYTES) return false;
	head_begin(w, c->loop, r->status);
	for (size_t i = 0; i < r->headers_n; i++) head_header(w, r->headers[i].name, r->headers[i].value);
	if (stream)
		head_put(w, S("Content-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"));
	if (!stream && !empty) {
		head_put(w, S("Content-Length: "));
		head_put_size(w, r->body.n);
		head_put(w, S("\r\n"));
	}
	head_end(w, c->close_after, job->minor);
	return !w->bad;
}

void http_reply_send(Conn *c, Job *job)
{
	HttpReply *r = &job->pub.reply;
	Head w;
	bool stream = r->stream.n > 0;
	c->close_after = r->close || stream || !job->keep_alive || c->loop->stopping;
	if (!head_format(&w, c, job)) {
		c->job = job;
		http_reply_refuse(c, 500);
		return;
	}
	bool head_only = job->pub.method == HTTP_HEAD || r->status == 204 || r->status == 304;
	Str head = {w.p, w.n}, body = head_only ? str_none() : r->body;
	bool free_now = write_parts(c, head, body, stream ? NULL : job);
	job_finished(job, r->status, head.n + body.n);
	if (stream && !head_only && !c->eof && !c->loop->stopping) http_stream_begin(c, r->stream);
	else http_conn_sent(c);
	if (free_now) http_job_release(job);
}

void http_reply_header(HttpReply *r, Str name, Str value)
{
	// One too many is remembered in the count, and a bad byte is found when the head is formatted: both give 500.
	if (r->headers_n < HTTP_REPLY_HEADERS_MAX) r->headers[r->headers_n] = (HttpHeader){.name = name, .value = value};
	if (r->headers_n <= HTTP_REPLY_HEADERS_MAX) r->headers_n++;
}

Str http_header(const HttpJob *job, Str name)
{
	for (size_t i = 0; i < job->headers_n; i++)
		if (job->headers[i].name.n == name.n && str_eq_nocase(job->headers[i].name, name)) return job->headers[i].value;
	return str_none();
}
