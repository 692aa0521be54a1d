// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/http/internal.h"

#include <arpa/inet.h>
#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>
#include <string.h>
#include <unistd.h>

#define BODY_DEFAULT_MAX_BYTES ((size_t)64 << 10)

static void drain_begin(Conn *c)
{
	if (c->eof) {
		http_conn_close(c);
		return;
	}
	struct evbuffer *in = bufferevent_get_input(c->bev);
	c->mark_bytes = evbuffer_get_length(in);
	evbuffer_drain(in, c->mark_bytes);
	if (c->ssl) {
		ERR_clear_error();
		if (SSL_is_init_finished(c->ssl)) (void)!SSL_shutdown(c->ssl);
	}
	shutdown(c->fd, SHUT_WR); // so that a reset does not eat the answer
	http_loop_list(c->loop, c, CONN_DRAIN);
	if (!c->reading) c->reading = !bufferevent_enable(c->bev, EV_READ);
}

static void conn_next(Conn *c)
{
	if (c->close_after || c->loop->stopping) drain_begin(c);
	else http_loop_list(c->loop, c, CONN_IDLE);
}

void http_conn_sent(Conn *c)
{
	if (c->state == CONN_DEAD) return;
	size_t left = evbuffer_get_length(bufferevent_get_output(c->bev));
	if (!left) {
		conn_next(c);
		return;
	}
	c->mark_bytes = left;
	http_loop_list(c->loop, c, CONN_WRITE);
}

static void conn_fly(Conn *c, Job *job)
{
	HttpServer *s = c->loop->server;
	c->job = job;
	job->conn = c;
	atomic_store_explicit(&job->holders, 2, memory_order_relaxed);
	atomic_fetch_add(&s->jobs_out, 1);
	http_loop_list(c->loop, c, CONN_FLIGHT);
	if (http_workers_push(s, job)) return;
	atomic_fetch_sub(&s->jobs_out, 1);
	http_reply_refuse(c, 503);
}

void http_conn_dispatch(Conn *c, Job *job)
{
	HttpServer *s = c->loop->server;
	const HttpJob *pub = &job->pub;
	bool get = http_method_reads(pub->method);
	bool small = pub->method == HTTP_POST && !pub->body_pending && pub->body.p;
	c->job = NULL;
	http_count(&c->loop->requests, 1);
	job->pub.loop_has_time = get && http_loop_has_time(c->loop);
	if ((get || small) && s->app.fast && s->app.fast(s->app.self, &job->pub)) {
		http_reply_send(c, job);
		return;
	}
	conn_fly(c, job);
}

static Job *job_from_head(Conn *c, const HttpHead *h, const char *p)
{
	Job *job = http_job_new(c->loop);
	HttpJob *pub = &job->pub;
	const char *head = str_copy(pub->arena, (Str){p, h->bytes}).p;
	HttpHeader *headers = ARENA_NEW(pub->arena, HttpHeader, h->n ? h->n : 1);
	for (size_t i = 0; i < h->n; i++)
		headers[i] = (HttpHeader){.name = http_span(head, h->names[i]), .value = http_span(head, h->values[i])};
	pub->method = h->method;
	pub->target = http_span(head, h->target);
	pub->query = str_cut(pub->target, '?', &pub->path);
	pub->headers = headers;
	pub->headers_n = h->n;
	pub->host = http_span(head, h->host);
	pub->peer = str_copy(pub->arena, (Str){c->peer, c->peer_n});
	pub->tls = c->ssl != NULL;
	pub->started_ns = time_mono_ns();
	job->minor = h->minor;
	job->keep_alive = http_head_keep_alive(h);
	job->drop_body = h->method == HTTP_GET;
	return job;
}

void http_conn_body(Conn *c, Job *job)
{
	Loop *l = c->loop;
	c->job = job;
	http_loop_list(l, c, CONN_BODY);
	Time at_least_ms = (Time)(job->body_most / (l->server->config.body_rate_bytes_s + 1)) * 1000;
	c->deadline_ms = l->now_ms + i64_max(at_least_ms, l->patience_ms[CONN_BODY]);
	c->mark_bytes = 0;
	if (job->expect && evbuffer_get_length(bufferevent_get_input(c->bev)) == 0 &&
		!http_conn_put(c, S("HTTP/1.1 100 Continue\r\n\r\n")))
		http_conn_close(c);
}

// What the body may be is decided here, before any of it is read and before 100 Continue.
static void body_begin(Conn *c, Job *job, const HttpHead *h)
{
	const HttpApp *app = &c->loop->server->app;
	HttpBodyRule rule = {.max_bytes = BODY_DEFAULT_MAX_BYTES};
	if (app->body_rule) rule = app->body_rule(app->self, &job->pub);
	c->job = job;
	HttpParse got = http_body_init(&job->body, h, rule.max_bytes);
	if (rule.refuse_status || got == HTTP_PARSE_ERROR) {
		job->keep_alive = false; // its body must never be read as the next request, even after a 503
		http_reply_refuse(c, rule.refuse_status ? rule.refuse_status : job->body.status);
		return;
	}
	job->body_most = h->chunked ? rule.max_bytes : h->length;
	job->expect = h->expect;
	if (!rule.ask) {
		http_conn_body(c, job);
		return;
	}
	job->pub.body_pending = true;
	job->may_keep = job->keep_alive;
	job->keep_alive = false; // any reply from now on leaves the body unread
	conn_fly(c, job);
}

static void request_begin(Conn *c, const HttpHead *h, const char *p)
{
	Job *job = job_from_head(c, h, p);
	evbuffer_drain(bufferevent_get_input(c->bev), h->bytes);
	if (http_head_has_body(h)) body_begin(c, job, h);
	else http_conn_dispatch(c, job);
}

static void head_forget(Conn *c)
{
	if (c->head) http_loop_head_give(c->loop, c->head);
	c->head = NULL;
}

// True if something was done about what is in the buffer, false if more is needed.
static bool head_read(Conn *c)
{
	Loop *l = c->loop;
	struct evbuffer *in = bufferevent_get_input(c->bev);
	size_t n = size_min(evbuffer_get_length(in), HTTP_HEAD_MAX_BYTES);
	const char *p = (const char *)evbuffer_pullup(in, (ev_ssize_t)n);
	HttpHead *h = c->head ? c->head : l->scratch;
	if (!p) {
		http_conn_close(c);
		return true;
	}
	if (!c->head) http_head_init(h);
	HttpParse got = http_head_feed(h, p, n);
	if (got == HTTP_PARSE_MORE) {
		if (!c->head) {
			c->head = http_loop_head_take(l);
			memcpy(c->head, h, sizeof *h);
			http_loop_list(l, c, CONN_HEAD);
		}
		return false;
	}
	int status = h->status;
	if (got == HTTP_PARSE_DONE) request_begin(c, h, p);
	else http_reply_refuse(c, status);
	if (c->state != CONN_DEAD) head_forget(c);
	return true;
}

void http_conn_advance(Conn *c)
{
	while (c->state <= CONN_BODY && evbuffer_get_length(bufferevent_get_input(c->bev)))
		if (!(c->state == CONN_BODY ? http_body_read(c) : head_read(c))) break;
	if (c->state > CONN_BODY) return;
	if (c->eof) http_conn_close(c);
	else if (!c->reading) c->reading = !bufferevent_enable(c->bev, EV_READ);
}

static void drain_more(Conn *c)
{
	struct evbuffer *in = bufferevent_get_input(c->bev);
	size_t n = evbuffer_get_length(in);
	evbuffer_drain(in, n);
	c->mark_bytes += n;
	if (c->mark_bytes > HTTP_DRAIN_MAX_BYTES) http_conn_close(c);
}

// Reading is switched off only when bytes come at the wrong time: a client that waits for its answer costs no epoll_ctl.
static void on_read(UNUSED struct bufferevent *bev, void *conn)
{
	Conn *c = conn;
	http_loop_now(c->loop);
	if (c->state <= CONN_BODY) {
		http_conn_advance(c);
	} else if (c->state == CONN_DRAIN) {
		drain_more(c);
	} else if (c->state == CONN_FLIGHT || c->state == CONN_WRITE) {
		bufferevent_disable(c->bev, EV_READ);
		c->reading = false;
	}
}

static void on_write(UNUSED struct bufferevent *bev, void *conn)
{
	Conn *c = conn;
	if (c->state != CONN_WRITE) return;
	http_loop_now(c->loop);
	conn_next(c);
	http_conn_advance(c);
}

static void on_event(UNUSED struct bufferevent *bev, short what, void *conn)
{
	Conn *c = conn;
	http_loop_now(c->loop);
	if (what & BEV_EVENT_CONNECTED) {
		http_loop_list(c->loop, c, CONN_IDLE);
	} else if (what & BEV_EVENT_EOF && (c->state == CONN_FLIGHT || c->state == CONN_WRITE)) {
		c->eof = true; // perhaps only half closed: it gets its answer
		if (c->ssl)
			bufferevent_enable(c->bev, EV_WRITE); // which libevent stops when TLS says that the other side is done
	} else {
		http_conn_close(c);
	}
}

static void peer_format(Conn *c, const struct sockaddr_storage *from)
{
	const void *p = NULL;
	int family = from->ss_family;
	if (family == AF_INET) p = &((const struct sockaddr_in *)(const void *)from)->sin_addr;
	if (family == AF_INET6) p = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
	if (family == AF_INET6 && IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)p)) {
		p = (const unsigned char *)p + 12;
		family = AF_INET;
	}
	if (!p || !inet_ntop(family, p, c->peer, sizeof c->peer)) memcpy(c->peer, "unix", sizeof "unix");
	c->peer_n = (uint8_t)strlen(c->peer);
}

static struct bufferevent *bufferevent_of(Loop *l, int fd, SSL **ret_ssl)
{
	if (!l->server->tls) return bufferevent_socket_new(l->base, fd, BEV_OPT_CLOSE_ON_FREE);
	SSL *ssl = SSL_new(l->server->tls);
	if (!ssl) return NULL;
	struct bufferevent *bev = bufferevent_openssl_socket_new(l->base, fd, ssl, BUFFEREVENT_SSL_ACCEPTING,
															 BEV_OPT_CLOSE_ON_FREE);
	if (bev) bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
	*ret_ssl = ssl;
	return bev;
}

void http_conn_open(Loop *l, int fd, const struct sockaddr_storage *from, uint64_t address)
{
	Conn *c = l->free_conns;
	if (c) l->free_conns = c->next;
	else c = ARENA_NEW(l->arena, Conn, 1);
	*c = (Conn){.loop = l, .fd = fd, .address = address, .state = CONN_DEAD};
	peer_format(c, from);
	http_count(&l->connections, 1);
	c->bev = bufferevent_of(l, fd, &c->ssl);
	http_loop_list(l, c, c->ssl ? CONN_HEAD : CONN_IDLE);
	if (!c->bev) {
		close(fd);
		http_conn_close(c);
		return;
	}
	bufferevent_set_max_single_write(c->bev, HTTP_SINGLE_WRITE_BYTES);
	bufferevent_setcb(c->bev, on_read, on_write, on_event, c);
	c->reading = !bufferevent_enable(c->bev, EV_READ);
	if (!c->reading) http_conn_close(c);
}

void http_conn_close(Conn *c)
{
	Loop *l = c->loop;
	if (c->job && c->state == CONN_FLIGHT) c->job->conn = NULL;
	else if (c->job) http_job_release(c->job);
	c->job = NULL;
	if (c->stream) http_stream_end(c);
	head_forget(c);
	if (c->address) http_address_give(l->server, c->address);
	http_loop_unlist(l, c);
	c->state = CONN_DEAD;
	atomic_fetch_sub(&l->server->connections, 1);
	http_count(&l->connections, -1);
	if (c->bev) bufferevent_free(c->bev);
	c->bev = NULL;
	c->next = l->free_conns;
	l->free_conns = c;
	if (!l->stopping) http_listen_resume(l);
	else if (!atomic_load_explicit(&l->connections, memory_order_relaxed)) event_base_loopbreak(l->base);
}

static bool body_late(const Loop *l, const Conn *c)
{
	Time spent_ms = l->now_ms - c->since_ms;
	if (l->now_ms >= c->deadline_ms) return true;
	return spent_ms >= i64_min(HTTP_RATE_GRACE_MS, l->patience_ms[CONN_BODY]) &&
		   c->mark_bytes < (uint64_t)spent_ms / 1000 * l->server->config.body_rate_bytes_s;
}

// A reader must take the minimum in each window of write_ms.
static void write_late(Loop *l, Conn *c)
{
	size_t left = evbuffer_get_length(bufferevent_get_output(c->bev));
	size_t least = (size_t)l->patience_ms[CONN_WRITE] * l->server->config.write_rate_bytes_s / 1000;
	if (c->mark_bytes - left < size_max(least, 1)) {
		http_conn_close(c);
		return;
	}
	c->mark_bytes = left;
	http_loop_list(l, c, CONN_WRITE);
}

static Conn *late_first(const Loop *l, ConnState state)
{
	Conn *c = l->lists[state].first;
	return c && c->deadline_ms <= l->now_ms ? c : NULL;
}

void http_conn_tick(Loop *l)
{
	Conn *c;
	while ((c = late_first(l, CONN_IDLE))) http_conn_close(c);
	while ((c = late_first(l, CONN_DRAIN))) http_conn_close(c);
	while ((c = late_first(l, CONN_WRITE))) write_late(l, c);
	while ((c = late_first(l, CONN_HEAD))) {
		if (c->head) http_reply_refuse(c, 408);
		else http_conn_close(c); // in the TLS handshake
		if (c->state != CONN_DEAD) head_forget(c);
	}
	for (Conn *next = l->lists[CONN_BODY].first; (c = next);) {
		next = c->next;
		if (body_late(l, c)) http_reply_refuse(c, 408);
	}
}
