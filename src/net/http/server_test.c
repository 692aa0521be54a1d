// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests and replies over real sockets of the loopback. What lives longer than a request is in server_life_test.c.
#include "test.h"

#include "net/http/limits.h"
#include "net/http/rig_testkit.h"

#include "base/buf.h"

#include <dirent.h>
#include <sys/socket.h>
#include <unistd.h>

#define GET(path) S("GET " path " HTTP/1.1\r\nHost: a\r\n\r\n")

static void probe_all(bool byte_by_byte)
{
	Rig *r = rig_open(NULL);
	Probe *probes;
	size_t n = probe_list(test_arena(), &probes);
	int bad = 0;
	for (size_t i = 0; i < n; i++) {
		Client c = client_dial(r);
		if (byte_by_byte) client_drip(&c, probes[i].bytes, 0);
		else client_say(&c, probes[i].bytes);
		const Heard *h = str_starts(probes[i].bytes, S("HEAD")) ? client_hear_head(&c) : client_hear(&c);
		bool refused = h->status >= 400;
		if (h->status != probes[i].status || (refused && !heard_header(h, S("Connection: close")))) {
			print_error("%s: %d instead of %d\n", probes[i].name, h->status, probes[i].status);
			bad++;
		} else if (refused && !client_ended(&c)) {
			print_error("%s: not closed after %d\n", probes[i].name, h->status);
			bad++;
		}
		client_done(&c);
	}
	assert_int_equal(bad, 0);
	rig_close(r);
}

TEST(http_probes_in_one_segment) { probe_all(false); }

TEST(http_probes_byte_by_byte) { probe_all(true); }

TEST(http_pipeline_is_answered_in_order)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	client_say(&c, S("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /fast HTTP/1.1\r\nHost: a\r\n\r\n"
					 "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /later HTTP/1.1\r\nHost: a\r\n\r\n"
					 "PUT /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
					 "DELETE /4 HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_str_equal(client_hear(&c)->body, "GET /1 0 0\n");
	assert_str_equal(client_hear(&c)->body, "fast\n");
	assert_str_equal(client_hear(&c)->body, "POST /2 2 3329\n");
	assert_str_equal(client_hear(&c)->body, "by another thread\n");
	assert_str_equal(client_hear(&c)->body, "PUT /3 1 120\n");
	assert_str_equal(client_hear(&c)->body, "DELETE /4 0 0\n");
	client_done(&c);
	rig_close(r);
}

TEST(http_pipeline_of_a_thousand)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	Buf b = buf_init(test_arena(), 64, (size_t)1 << 20);
	for (int i = 0; i < 1000; i++) buf_str(&b, i % 3 ? GET("/fast") : GET("/x"));
	client_say(&c, buf_view(&b));
	for (int i = 0; i < 1000; i++) {
		const Heard *h = client_hear(&c);
		if (i % 3) assert_str_equal(h->body, "fast\n");
		else assert_str_equal(h->body, "GET /x 0 0\n");
	}
	client_done(&c);
	rig_close(r);
}

// The loop may do only so much by itself in one turn; what comes back from a worker begins another.
TEST(http_loop_has_time_for_a_few)
{
	Rig *r = rig_open(&(RigOptions){.config.loops = 1});
	Client c = client_dial(r);
	Buf b = buf_init(test_arena(), 64, (size_t)1 << 20);
	for (int i = 0; i < 100; i++) buf_str(&b, GET("/brief"));
	client_say(&c, buf_view(&b));
	int here = 0, longest = 0;
	for (int i = 0, in_a_row = 0; i < 100; i++) {
		bool by_loop = str_eq(client_hear(&c)->body, S("fast\n"));
		if (!by_loop) assert_str_equal(c.heard.body, "GET /brief 0 0\n");
		in_a_row = by_loop ? in_a_row + 1 : 0;
		here += by_loop;
		if (in_a_row > longest) longest = in_a_row;
	}
	assert_int_equal(longest, HTTP_JOBS_A_TURN);
	assert_true(here > 80 && here < 100);
	client_done(&c);
	rig_close(r);
}

TEST(http_bad_request_behind_good_ones)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	client_say(&c, S("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3\r\n\r\n"
					 "GET /never HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_str_equal(client_hear(&c)->body, "GET /1 0 0\n");
	assert_str_equal(client_hear(&c)->body, "GET /2 0 0\n");
	assert_int_equal(client_hear(&c)->status, 400);
	assert_true(heard_header(&c.heard, S("Connection: close")));
	assert_true(client_ended(&c));
	client_done(&c);
	assert_int_equal(r->begun, 2);
	rig_close(r);
}

// The body of a refused request must never be read as a request.
TEST(http_refused_body_is_no_request)
{
	static const struct {
		Str head;
		int status;
	} ROWS[] = {
		{S_INIT("POST /closed HTTP/1.1\r\nHost: a\r\nContent-Length: 36\r\n\r\n"), 403},
		{S_INIT("POST /away HTTP/1.1\r\nHost: a\r\nContent-Length: 36\r\n\r\n"), 503},
		{S_INIT("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 36\r\n\r\n"), 413},
	};
	Rig *r = rig_open(NULL);
	for (size_t i = 0; i < COUNTOF(ROWS); i++) {
		Client c = client_dial(r);
		client_say(&c, ROWS[i].head);
		client_say(&c, GET("/smuggled"));
		assert_int_equal(client_hear(&c)->status, ROWS[i].status);
		assert_true(heard_header(&c.heard, S("Connection: close")));
		assert_true(client_ended(&c));
		client_done(&c);
	}
	assert_int_equal(r->begun, 0);
	rig_close(r);
}

static void hear_refusal(Client *c, int status, Str type, Str body)
{
	assert_int_equal(client_hear(c)->status, status);
	assert_true(heard_header(&c->heard, STR_CAT(test_arena(), S("Content-Type: "), type)));
	assert_str_equal(c->heard.body, str_z(test_arena(), body));
	assert_true(client_ended(c));
	client_done(c);
}

#define PROBLEM(status, key, reason)                                                                                   \
	S_INIT("{\"type\":\"about:blank\",\"title\":\"error." key "\",\"status\":" #status ",\"detail\":\"" reason "\"}")
#define PROBLEM_TYPE S_INIT("application/problem+json")
#define TEXT_TYPE S_INIT("text/plain")

TEST(http_refusal_is_a_problem_where_errors_are)
{
	static const struct {
		Str text, type, body;
		int status;
	} ROWS[] = {
		{S_INIT("GET /json/x?a=b HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n"), PROBLEM_TYPE,
		 PROBLEM(400, "bad_request", "Bad Request"), 400},
		{S_INIT("GET /json/x HTTP/1.1\r\n\r\n"), PROBLEM_TYPE, PROBLEM(400, "bad_request", "Bad Request"), 400},
		{S_INIT("GET /json/x HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n"), PROBLEM_TYPE,
		 PROBLEM(417, "bad_request", "Expectation Failed"), 417},
		{S_INIT("POST /json/small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"), PROBLEM_TYPE,
		 PROBLEM(413, "too_large", "Content Too Large"), 413},
		{S_INIT("POST /json/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"), PROBLEM_TYPE,
		 PROBLEM(501, "unsupported", "Not Implemented"), 501},
		{S_INIT("GET /json HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n"), TEXT_TYPE, S_INIT("400 Bad Request\n"), 400},
		{S_INIT("GET  /json/x HTTP/1.1\r\nHost: a\r\n\r\n"), TEXT_TYPE, S_INIT("400 Bad Request\n"), 400},
	};
	Rig *r = rig_open(NULL), *hasty = rig_open(&(RigOptions){.config.head_ms = 100});
	for (size_t i = 0; i < COUNTOF(ROWS); i++) {
		Client c = client_dial(r);
		client_say(&c, ROWS[i].text);
		hear_refusal(&c, ROWS[i].status, ROWS[i].type, ROWS[i].body);
		c = client_dial(r);
		client_drip(&c, ROWS[i].text, 200);
		hear_refusal(&c, ROWS[i].status, ROWS[i].type, ROWS[i].body);
	}
	Client c = client_dial(hasty);
	client_say(&c, S("GET /json/x HTTP/1.1\r\nHost: a"));
	hear_refusal(&c, 408, S("application/problem+json"), (Str)PROBLEM(408, "bad_request", "Request Timeout"));
	c = client_dial(r);
	client_say(&c, S("HEAD /json/x HTTP/1.1\r\n\r\n"));
	assert_int_equal(client_hear_head(&c)->status, 400);
	assert_true(client_ended(&c));
	client_done(&c);
	assert_int_equal(r->begun + hasty->begun, 0);
	rig_close(hasty);
	rig_close(r);
}

TEST(http_keep_alive_and_close)
{
	static const struct {
		Str text;
		bool stays;
	} ROWS[] = {
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), true},
		{S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), false},
		{S_INIT("GET / HTTP/1.0\r\n\r\n"), false},
		{S_INIT("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), true},
		{S_INIT("GET /fast HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), false},
	};
	Rig *r = rig_open(NULL);
	for (size_t i = 0; i < COUNTOF(ROWS); i++) {
		Client c = client_dial(r);
		client_say(&c, ROWS[i].text);
		assert_int_equal(client_hear(&c)->status, 200);
		assert_int_equal(heard_header(&c.heard, S("Connection: close")), !ROWS[i].stays);
		if (ROWS[i].stays) {
			client_say(&c, ROWS[i].text);
			assert_int_equal(client_hear(&c)->status, 200);
		} else {
			assert_true(client_ended(&c));
		}
		client_done(&c);
	}
	rig_close(r);
}

TEST(http_head_has_no_body)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	client_say(&c, S("HEAD /fast HTTP/1.1\r\nHost: a\r\n\r\nHEAD /x HTTP/1.1\r\nHost: a\r\n\r\n"
					 "GET /fast HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_int_equal(client_hear_head(&c)->status, 200);
	assert_true(heard_header(&c.heard, S("Content-Length: 5")));
	assert_int_equal(client_hear_head(&c)->status, 200);
	assert_true(heard_header(&c.heard, S("Content-Length: 12")));
	assert_str_equal(client_hear(&c)->body, "fast\n");
	client_done(&c);
	rig_close(r);
}

TEST(http_expect)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	client_say(&c, S("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
	assert_int_equal(client_hear(&c)->status, 100);
	client_say(&c, S("hello"));
	assert_str_equal(client_hear(&c)->body, "POST /x 5 99162322\n");
	client_done(&c);
	static const struct {
		Str text;
		int status;
	} REFUSED[] = {
		{S_INIT("POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n"), 413},
		{S_INIT("POST /closed HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"), 403},
		{S_INIT("POST /x HTTP/1.1\r\nHost: a\r\nExpect: a-reply\r\nContent-Length: 1\r\n\r\n"), 417},
	};
	for (size_t i = 0; i < COUNTOF(REFUSED); i++) {
		c = client_dial(r);
		client_say(&c, REFUSED[i].text);
		assert_int_equal(client_hear(&c)->status, REFUSED[i].status); // at once, not after a 100
		assert_true(client_ended(&c));
		client_done(&c);
	}
	c = client_dial(r); // HTTP/1.0 knows no 100
	client_say(&c, S("POST /x HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"));
	client_say(&c, S("h"));
	assert_int_equal(client_hear(&c)->status, 200);
	client_done(&c);
	rig_close(r);
}

// A worker is asked about the head; what it refuses is never read, what it lets through is handled as any other.
TEST(http_body_that_a_worker_is_asked_about)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	client_say(&c, S("POST /asked HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
	assert_int_equal(client_hear(&c)->status, 401); // and no 100 before it
	assert_str_equal(c.heard.body, "no key\n");
	assert_true(client_ended(&c));
	client_done(&c);
	c = client_dial(r); // half a megabyte announced, nothing of it sent
	client_say(&c, S("POST /asked HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n"));
	assert_int_equal(client_hear(&c)->status, 401);
	assert_true(client_ended(&c));
	client_done(&c);
	c = client_dial(r); // what stands behind it is its body, not a request
	client_say(&c, S("POST /asked HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\nGET /x HTTP/1.1\r\nHost: "
					 "a\r\n\r\nGET /x HTTP/1.1\r\n"));
	assert_int_equal(client_hear(&c)->status, 401);
	assert_true(client_ended(&c));
	client_done(&c);
	c = client_dial(r);
	client_say(&c,
			   S("POST /asked HTTP/1.1\r\nHost: a\r\nX-Key: k\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
	assert_int_equal(client_hear(&c)->status, 100);
	client_say(&c, S("hello"));
	assert_str_equal(client_hear(&c)->body, "POST /asked 5 99162322\n");
	// On the same connection, all at once, chunked, and another request behind it.
	client_say(&c, S("POST /asked HTTP/1.1\r\nHost: a\r\nX-Key: k\r\nTransfer-Encoding: "
					 "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
					 "GET /y HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_str_equal(client_hear(&c)->body, "POST /asked 5 99162322\n");
	assert_str_equal(client_hear(&c)->body, "GET /y 0 0\n");
	client_done(&c);
	c = client_dial(r); // gone while it is asked about
	client_say(&c, S("POST /asked HTTP/1.1\r\nHost: a\r\nX-Key: k\r\nContent-Length: 5\r\n\r\n"));
	client_done(&c);
	rig_wait(&r->asked, 6);
	rig_close(r);
}

static int files_in(const char *dir)
{
	int n = 0;
	DIR *d = opendir(dir);
	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static unsigned sum_of(Str s)
{
	unsigned sum = 0;
	for (size_t i = 0; i < s.n; i++) sum = sum * 31 + (unsigned char)s.p[i];
	return sum;
}

TEST(http_big_body_goes_to_a_file)
{
	Rig *r = rig_open(&(RigOptions){.config.tmp_dir = str_from(test_dir())});
	Str sent = {r->big, 300001};
	const char *want = str_z(test_arena(), str_format(test_arena(), "POST /x %zu %u\n", sent.n, sum_of(sent)));
	Client c = client_dial(r);
	client_say(&c, S("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 300001\r\n\r\n"));
	client_say(&c, sent);
	assert_str_equal(client_hear(&c)->body, want);
	client_say(&c, S("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
	for (size_t at = 0; at < sent.n; at += 10000) {
		Str part = str_sub(sent, at, at + 10000);
		client_say(&c, str_format(test_arena(), "%zx\r\n", part.n));
		client_say(&c, part);
		client_say(&c, S("\r\n"));
	}
	client_say(&c, S("0\r\n\r\n"));
	assert_str_equal(client_hear(&c)->body, want);
	assert_int_equal(r->files, 2);
	assert_int_equal(files_in(test_dir()), 0);
	client_say(&c, S("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n"));
	client_say(&c, str_sub(sent, 0, HTTP_BODY_MEM_BYTES));
	assert_int_equal(client_hear(&c)->status, 200);
	assert_int_equal(r->files, 2);
	client_done(&c);
	rig_close(r);
}

TEST(http_body_without_a_place_is_507)
{
	Rig *r = rig_open(&(RigOptions){.config.tmp_dir = S("/nowhere/at/all")});
	Client c = client_dial(r);
	client_say(&c, S("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"));
	client_say(&c, str_sub((Str){r->big, RIG_BIG_BYTES}, 0, 70000));
	assert_int_equal(client_hear(&c)->status, 507);
	client_done(&c);
	rig_close(r);
}

TEST(http_big_reply_is_whole)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	for (int i = 0; i < 2; i++) {
		client_say(&c, GET("/big"));
		const Heard *h = client_hear(&c);
		assert_int_equal(h->body.n, RIG_BIG_BYTES);
		assert_memory_equal(h->body.p, r->big, RIG_BIG_BYTES);
		c.n = c.used = 0;
	}
	client_done(&c);
	rig_close(r);
}

TEST(http_reply_cannot_be_split)
{
	static const Str PATHS[] = {S_INIT("/bad-header"), S_INIT("/bad-many"), S_INIT("/bad-nothing")};
	Rig *r = rig_open(NULL);
	for (size_t i = 0; i < COUNTOF(PATHS); i++) {
		Client c = client_dial(r);
		client_say(&c, str_format(test_arena(), "GET %.*s HTTP/1.1\r\nHost: a\r\n\r\n", STR(PATHS[i])));
		assert_int_equal(client_hear(&c)->status, 500);
		assert_false(heard_header(&c.heard, S("X-C: d")));
		client_done(&c);
	}
	rig_close(r);
}

TEST(http_reply_has_a_date_and_length)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	size_t at;
	client_say(&c, GET("/fast"));
	assert_true(str_find(client_hear(&c)->head, S("\r\nDate: "), &at));
	Str date = str_sub(c.heard.head, at + 8, at + 8 + 29);
	assert_true(str_ends(date, S(" GMT")));
	assert_int_equal(date.p[3], ',');
	assert_true(heard_header(&c.heard, S("Content-Length: 5")));
	client_done(&c);
	rig_close(r);
}

TEST(http_job_later_and_again)
{
	Rig *r = rig_open(&(RigOptions){.config.workers = 1});
	Client c = client_dial(r);
	for (int i = 0; i < 50; i++) {
		client_say(&c, S("GET /later HTTP/1.1\r\nHost: a\r\n\r\nGET /again HTTP/1.1\r\nHost: a\r\n\r\n"));
		assert_str_equal(client_hear(&c)->body, "by another thread\n");
		assert_int_equal(client_hear(&c)->status, 409);
		assert_str_equal(c.heard.body, "rendered by a worker\n");
	}
	client_done(&c);
	assert_int_equal(r->begun, 100);
	rig_close(r);
}

// The only worker stands at the gate and the queue is full: a job that comes again is taken all the same.
TEST(http_job_again_is_never_refused)
{
	Rig *r = rig_open(&(RigOptions){.config = {.workers = 1, .queue_max = 1}});
	Client kept = client_dial(r), gate = client_dial(r), waits = client_dial(r);
	HttpStats t;
	client_say(&kept, GET("/kept"));
	rig_wait(&r->keeps, 1);
	client_say(&gate, GET("/gate"));
	rig_wait(&r->at_gate, 1);
	client_say(&waits, GET("/waits"));
	do http_server_stats(r->server, &t);
	while (t.queue_depth < 1);
	pthread_mutex_lock(&r->lock);
	HttpJob *job = r->kept;
	pthread_mutex_unlock(&r->lock);
	job->user = str_z(job->arena, S("rendered by a worker\n"));
	http_job_again(job);
	http_server_stats(r->server, &t);
	assert_int_equal(t.queue_depth, 2);
	gate_open(r);
	assert_int_equal(client_hear(&kept)->status, 409);
	assert_int_equal(client_hear(&gate)->status, 200);
	assert_int_equal(client_hear(&waits)->status, 200);
	client_done(&kept);
	client_done(&gate);
	client_done(&waits);
	rig_close(r);
}

TEST(http_queue_full_is_503)
{
	Rig *r = rig_open(&(RigOptions){.config = {.workers = 1, .queue_max = 1, .loops = 1}});
	Client gate = client_dial(r), waits = client_dial(r), third = client_dial(r);
	HttpStats t;
	client_say(&gate, GET("/gate"));
	rig_wait(&r->at_gate, 1);
	client_say(&waits, GET("/waits"));
	do http_server_stats(r->server, &t);
	while (t.queue_depth < 1);
	client_say(&third, GET("/third"));
	assert_int_equal(client_hear(&third)->status, 503);
	assert_true(heard_header(&third.heard, S("Retry-After: 1")));
	client_say(&third, GET("/fast")); // its connection lives
	assert_str_equal(client_hear(&third)->body, "fast\n");
	gate_open(r);
	assert_int_equal(client_hear(&gate)->status, 200);
	assert_str_equal(client_hear(&waits)->body, "GET /waits 0 0\n");
	client_say(&third, GET("/third"));
	assert_int_equal(client_hear(&third)->status, 200);
	client_done(&gate);
	client_done(&waits);
	client_done(&third);
	rig_close(r);
}

TEST(http_half_closed_client_gets_its_answers)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	client_say(&c, S("GET /gate HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3"));
	shutdown(c.fd, SHUT_WR);
	rig_wait(&r->at_gate, 1);
	gate_open(r);
	assert_int_equal(client_hear(&c)->status, 200);
	assert_str_equal(client_hear(&c)->body, "GET /2 0 0\n");
	assert_true(client_ended(&c));
	client_done(&c);
	rig_close(r);
}

// Each job once: what the jobs before it took is not in it. The clock is that of the thread, not of the wall.
TEST(http_worker_says_what_a_job_took)
{
	Rig *r = rig_open(&(RigOptions){.config.workers = 1});
	Client c = client_dial(r);
	for (int i = 1; i <= 3; i++) {
		client_say(&c, GET("/busy"));
		assert_int_equal(client_hear(&c)->status, 200);
		assert_true(r->cpu_ns >= i * RIG_BUSY_NS && r->cpu_ns < (i + 1) * RIG_BUSY_NS);
	}
	int64_t before_ns = r->cpu_ns;
	client_say(&c, GET("/1"));
	assert_int_equal(client_hear(&c)->status, 200);
	assert_int_equal(r->cpu_ns, before_ns); // nobody asked
	client_done(&c);
	rig_close(r);
}

TEST(http_stats_count)
{
	Rig *r = rig_open(NULL);
	Client c = client_dial(r);
	HttpStats t;
	client_say(&c, S("GET /fast HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y\r\n\r\n"));
	client_hear(&c);
	client_hear(&c);
	assert_int_equal(client_hear(&c)->status, 400);
	http_server_stats(r->server, &t);
	assert_int_equal(t.requests, 2);
	assert_int_equal(t.refused, 1);
	assert_int_equal(t.accepted, 1);
	assert_true(t.bytes_out > 100);
	client_done(&c);
	rig_close(r);
}
