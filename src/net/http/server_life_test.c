// SPDX-License-Identifier: AGPL-3.0-or-later
// Deadlines, streams, caps, clients that go, the end of the server, TLS.
#include "test.h"

#include "net/http/rig_testkit.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define GET(path) S("GET " path " HTTP/1.1\r\nHost: a\r\n\r\n")
#define SOON_MS 300
#define LATE_MS 2500 // far more than a deadline and two ticks, on a busy machine too

static void nap_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static Time now_ms(void) { return time_mono_ns() / 1000000; }

static Rig *rig_hasty(void)
{
	return rig_open(&(RigOptions){
		.config = {.idle_ms = SOON_MS, .head_ms = SOON_MS, .body_ms = SOON_MS, .write_ms = SOON_MS, .loops = 1}});
}

TEST(http_slow_head_is_408)
{
	Rig *r = rig_hasty();
	Client c = client_dial(r);
	Time begun = now_ms();
	client_drip(&c, S("GET / HTTP/1.1\r\nHost: a\r\n"), 30000); // 0.75 s: never quiet for long, but late in all
	assert_int_equal(client_hear(&c)->status, 408);
	assert_true(heard_header(&c.heard, S("Connection: close")));
	assert_in_range(now_ms() - begun, SOON_MS, LATE_MS);
	client_done(&c);
	rig_close(r);
}

TEST(http_dripping_body_is_408)
{
	static const Str HEADS[] = {S_INIT("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n"),
								S_INIT("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n")};
	Rig *r = rig_hasty();
	for (size_t i = 0; i < COUNTOF(HEADS); i++) {
		Client c = client_dial(r);
		Time begun = now_ms();
		client_say(&c, HEADS[i]);
		for (int k = 0; k < 30 && now_ms() - begun < SOON_MS * 2; k++) client_drip(&c, S("x"), 100000);
		assert_int_equal(client_hear(&c)->status, 408);
		assert_in_range(now_ms() - begun, SOON_MS, LATE_MS);
		client_done(&c);
	}
	assert_int_equal(r->begun, 0);
	rig_close(r);
}

// A limit that would allow minutes does not: the minimum rate is asked for.
TEST(http_slow_rate_is_408)
{
	Rig *r = rig_open(&(RigOptions){.config = {.body_ms = 1000, .body_rate_bytes_s = 1000}});
	Client c = client_dial(r);
	Time begun = now_ms();
	client_say(&c, S("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"));
	for (int k = 0; k < 12; k++) client_drip(&c, S("x"), 100000);
	assert_int_equal(client_hear(&c)->status, 408);
	assert_in_range(now_ms() - begun, 1000, 4000);
	client_done(&c);
	rig_close(r);
}

TEST(http_idle_connection_is_closed)
{
	Rig *r = rig_hasty();
	Client c = client_dial(r), silent = client_dial(r);
	client_say(&c, GET("/fast"));
	assert_int_equal(client_hear(&c)->status, 200);
	Time begun = now_ms();
	assert_true(client_ended(&c));
	assert_true(client_ended(&silent));
	assert_in_range(now_ms() - begun, SOON_MS / 2, LATE_MS);
	client_done(&c);
	client_done(&silent);
	rig_close(r);
}

TEST(http_reader_that_does_not_read_is_closed)
{
	Rig *r = rig_hasty();
	Client c = client_dial(r);
	HttpStats t;
	int small = 4096;
	assert_int_equal(setsockopt(c.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
	for (int i = 0; i < 8; i++) client_say(&c, GET("/big"));
	Time begun = now_ms();
	do {
		nap_ms(10);
		http_server_stats(r->server, &t);
	} while ((t.connections || !t.accepted) && now_ms() - begun < 5000);
	assert_int_equal(t.connections, 0);
	client_done(&c);
	rig_close(r);
}

TEST(http_stream_receives_its_channel)
{
	Rig *r = rig_open(NULL);
	Client a = client_dial(r), b = client_dial(r), head = client_dial(r);
	client_say(&a, GET("/stream/a"));
	client_say(&b, GET("/stream/b"));
	assert_int_equal(client_hear_head(&a)->status, 200);
	assert_true(heard_header(&a.heard, S("Content-Type: text/event-stream")));
	assert_true(heard_header(&a.heard, S("Cache-Control: no-store")));
	assert_int_equal(client_hear_head(&b)->status, 200);
	assert_true(client_until(&a, S("retry: 1000\n\n")));
	assert_true(client_until(&b, S("retry: 1000\n\n")));
	HttpStats t;
	do http_server_stats(r->server, &t);
	while (t.streams < 2); // its head is sent before it is in the list
	http_broadcast(r->server, S("stream/a"), S("note"), S("one\ntwo\r"));
	http_broadcast(r->server, S("stream/nobody"), S("note"), S("lost"));
	http_broadcast(r->server, S("stream/b"), S("bad\nevent"), S("x"));
	http_broadcast(r->server, S("stream/b"), S("last"), S(""));
	assert_true(client_until(&a, S("event: note\ndata: one\ndata: two\n\n")));
	assert_true(client_until(&b, S("event: last\ndata: \n\n")));
	size_t at;
	assert_false(str_find((Str){b.buf, b.n}, S("note"), &at) || str_find((Str){b.buf, b.n}, S("bad"), &at));
	client_say(&head, S("HEAD /stream/a HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_int_equal(client_hear_head(&head)->status, 200);
	assert_true(client_ended(&head));
	client_done(&a);
	do http_server_stats(r->server, &t);
	while (t.streams > 1); // its end is seen
	client_done(&b);
	client_done(&head);
	rig_close(r);
}

TEST(http_stream_slow_reader_is_dropped)
{
	Rig *r = rig_open(NULL);
	Client slow = client_dial(r), quick = client_dial(r);
	HttpStats t;
	int small = 4096;
	assert_int_equal(setsockopt(slow.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
	client_say(&slow, GET("/stream"));
	client_say(&quick, GET("/stream"));
	do http_server_stats(r->server, &t);
	while (t.streams < 2);
	Str data = {r->big, 30000};
	for (int i = 0; i < 1000 && t.dropped_readers < 1; i++) {
		http_broadcast(r->server, S("stream"), S("big"), data);
		assert_true(client_until(&quick, S("event: big\n")));
		assert_true(client_until(&quick, S("\n\n")));
		quick.n = quick.used = 0;
		http_server_stats(r->server, &t);
	}
	while (t.streams > 1) http_server_stats(r->server, &t); // it is counted before its end
	assert_int_equal(t.dropped_readers, 1);
	assert_int_equal(t.streams, 1);
	client_done(&slow);
	client_done(&quick);
	rig_close(r);
}

TEST(http_client_gone_in_flight)
{
	Rig *r = rig_open(NULL);
	HttpStats t;
	for (int i = 0; i < 2; i++) {
		Client c = client_dial(r);
		const struct linger hard = {.l_onoff = 1};
		client_say(&c, GET("/gate"));
		rig_wait(&r->at_gate, i + 1);
		if (i) assert_int_equal(setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard), 0); // RST
		client_done(&c);
	}
	do http_server_stats(r->server, &t);
	while (t.connections > 1); // the reset is noticed while its job is in flight
	gate_open(r);
	rig_wait(&r->finished, 2);
	assert_int_equal(r->finished_gone, 1);
	rig_close(r);
}

TEST(http_connections_are_capped)
{
	Rig *r = rig_open(&(RigOptions){.config = {.connections_max = 2, .loops = 1}});
	Client a = client_dial(r), b = client_dial(r), third = client_dial(r);
	client_say(&a, GET("/fast"));
	client_say(&b, GET("/fast"));
	client_say(&third, GET("/fast"));
	assert_int_equal(client_hear(&a)->status, 200);
	assert_int_equal(client_hear(&b)->status, 200);
	assert_int_equal(recv(third.fd, third.buf, 1, MSG_DONTWAIT), -1);
	client_done(&a);
	assert_int_equal(client_hear(&third)->status, 200);
	client_done(&b);
	client_done(&third);
	rig_close(r);
}

TEST(http_connections_of_one_address_are_capped)
{
	Rig *r = rig_open(&(RigOptions){.config = {.per_address_max = 2}});
	Client a = client_dial(r), b = client_dial(r);
	client_say(&a, GET("/fast"));
	client_say(&b, GET("/fast"));
	assert_int_equal(client_hear(&a)->status, 200);
	assert_int_equal(client_hear(&b)->status, 200);
	Client third = client_dial(r);
	assert_int_equal(client_hear(&third)->status, 503);
	assert_true(heard_header(&third.heard, S("Retry-After: 1")));
	assert_true(client_ended(&third));
	client_done(&third);
	client_done(&a);
	HttpStats t;
	do http_server_stats(r->server, &t);
	while (t.connections > 1);
	third = client_dial(r);
	client_say(&third, GET("/fast"));
	assert_int_equal(client_hear(&third)->status, 200);
	client_done(&b);
	client_done(&third);
	rig_close(r);
}

static double cpu_s(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

// Out of descriptors the listener must not spin, and must come back.
TEST(http_survives_emfile)
{
	enum { MANY = 4096 };
	static int fds[MANY];
	Rig *r = rig_open(NULL);
	struct rlimit was, low = {.rlim_cur = 200, .rlim_max = 0};
	int n = 0;
	getrlimit(RLIMIT_NOFILE, &was);
	low.rlim_max = was.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	while (n < MANY && (fds[n] = dup(STDOUT_FILENO)) >= 0) n++;
	close(fds[--n]);
	Client c = client_dial(r); // takes the last one
	client_say(&c, GET("/fast"));
	double begun = cpu_s();
	nap_ms(500);
	double spent = cpu_s() - begun;
	ssize_t early = recv(c.fd, c.buf, 1, MSG_DONTWAIT);
	while (n) close(fds[--n]);
	setrlimit(RLIMIT_NOFILE, &was);
	assert_int_equal(early, -1);
	assert_true(spent < 0.2);
	assert_int_equal(client_hear(&c)->status, 200);
	client_done(&c);
	rig_close(r);
}

typedef struct Opener {
	Rig *rig;
	long after_ms;
} Opener;

static void *opener_main(void *self)
{
	Opener *o = self;
	nap_ms(o->after_ms);
	gate_open(o->rig);
	return NULL;
}

TEST(http_stop_finishes_what_is_in_flight)
{
	Rig *r = rig_open(&(RigOptions){.config = {.workers = 1}});
	Client gate = client_dial(r), waits = client_dial(r), idle = client_dial(r), stream = client_dial(r);
	HttpStats t;
	client_say(&stream, GET("/stream"));
	client_say(&idle, GET("/fast"));
	assert_int_equal(client_hear(&idle)->status, 200);
	assert_int_equal(client_hear_head(&stream)->status, 200);
	assert_true(client_until(&stream, S("\n\n")));
	client_say(&gate, GET("/gate"));
	rig_wait(&r->at_gate, 1);
	client_say(&waits, GET("/again"));
	do http_server_stats(r->server, &t);
	while (t.queue_depth < 1);
	pthread_t opener;
	Opener o = {r, 100};
	assert_int_equal(pthread_create(&opener, NULL, opener_main, &o), 0);
	rig_stop(r, 3000);
	pthread_join(opener, NULL);
	assert_int_equal(client_hear(&gate)->status, 200);
	assert_true(heard_header(&gate.heard, S("Connection: close")));
	assert_int_equal(client_hear(&waits)->status, 409);
	assert_true(client_ended(&idle));
	assert_true(client_ended(&stream));
	client_done(&gate);
	client_done(&waits);
	client_done(&idle);
	client_done(&stream);
	rig_close(r);
}

// The deadline of the stop passes first: the client is let go, the job still ends in order.
TEST(http_stop_gives_up_at_its_deadline)
{
	Rig *r = rig_open(&(RigOptions){.config = {.workers = 1}});
	Client gate = client_dial(r), half = client_dial(r);
	pthread_t opener;
	Opener o = {r, 250};
	client_say(&half, S("GET / HT"));
	client_say(&gate, GET("/gate"));
	rig_wait(&r->at_gate, 1);
	assert_int_equal(pthread_create(&opener, NULL, opener_main, &o), 0);
	Time begun = now_ms();
	rig_stop(r, 50);
	pthread_join(opener, NULL);
	assert_in_range(now_ms() - begun, 50, 2000);
	assert_int_equal(client_hear(&gate)->status, 0);
	client_done(&gate);
	client_done(&half);
	rig_close(r);
}

TEST(http_address_in_use_is_refused)
{
	Rig *r = rig_open(NULL);
	HttpServer *second;
	const HttpApp app = {0};
	HttpConfig g = {.listen = str_format(test_arena(), "127.0.0.1:%d", r->port)};
	assert_status(test_ctx(), http_server_open(test_ctx(), &g, &app, &second), ST_CONFLICT);
	g.listen = S("127.0.0.1");
	assert_status(test_ctx(), http_server_open(test_ctx(), &g, &app, &second), ST_INVALID);
	g = (HttpConfig){.listen = S("127.0.0.1:0"), .tls_cert = S("/nowhere.pem")};
	assert_status(test_ctx(), http_server_open(test_ctx(), &g, &app, &second), ST_INVALID);
	rig_close(r);
}

static void certificate_write(const char *cert_path, const char *key_path)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	assert_true(key && x);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -3600);
	X509_gmtime_adj(X509_getm_notAfter(x), 3600);
	X509_set_pubkey(x, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"test", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	assert_true(X509_sign(x, key, EVP_sha256()) > 0);
	FILE *c = fopen(cert_path, "w"), *k = fopen(key_path, "w");
	assert_true(c && k);
	assert_true(PEM_write_X509(c, x) && PEM_write_PrivateKey(k, key, NULL, NULL, 0, NULL, NULL));
	fclose(c);
	fclose(k);
	X509_free(x);
	EVP_PKEY_free(key);
}

static int tls_status(SSL *ssl, Str request, size_t body_n)
{
	char buf[16384];
	size_t n = 0, at;
	int64_t status = 0;
	assert_int_equal(SSL_write(ssl, request.p, (int)request.n), (int)request.n);
	while (!str_find((Str){buf, n}, S("\r\n\r\n"), &at) || n < at + 4 + body_n) {
		int got = SSL_read(ssl, buf + n, (int)(sizeof buf - n));
		if (got <= 0) return 0;
		n += (size_t)got;
		if (body_n >= sizeof buf) return SSL_pending(ssl) >= 0 ? 1 : 0;
	}
	assert_true(str_int(str_sub((Str){buf, n}, 9, 12), 100, 599, &status));
	return (int)status;
}

TEST(http_tls_serves)
{
	const char *cert = str_z(test_arena(), str_format(test_arena(), "%s/cert.pem", test_dir()));
	const char *key = str_z(test_arena(), str_format(test_arena(), "%s/key.pem", test_dir()));
	certificate_write(cert, key);
	Rig *r = rig_open(
		&(RigOptions){.config = {.tls_cert = str_from(cert), .tls_key = str_from(key), .head_ms = SOON_MS}});
	SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
	static const unsigned char H2[] = "\x02h2", BOTH[] = "\x02h2\x08http/1.1";
	for (int i = 0; i < 3; i++) {
		Client c = client_dial(r);
		SSL *ssl = SSL_new(tls);
		SSL_set_fd(ssl, c.fd);
		SSL_set_alpn_protos(ssl, i == 1 ? H2 : BOTH, i == 1 ? sizeof H2 - 1 : sizeof BOTH - 1);
		assert_int_equal(SSL_connect(ssl), i == 1 ? -1 : 1);
		if (i != 1) {
			assert_int_equal(tls_status(ssl, GET("/fast"), 5), 200);
			assert_int_equal(tls_status(ssl, GET("/x"), 11), 200);
			assert_int_equal(tls_status(ssl, S("GET /\r\n\r\n"), 0), 400);
		}
		SSL_free(ssl);
		client_done(&c);
	}
	Client plain = client_dial(r), silent = client_dial(r);
	client_say(&plain, GET("/fast"));
	assert_true(client_ended(&plain) || !client_hear(&plain)->status);
	assert_true(client_ended(&silent)); // a handshake that does not begin is a slow head
	client_done(&plain);
	client_done(&silent);
	SSL_CTX_free(tls);
	rig_close(r);
}
