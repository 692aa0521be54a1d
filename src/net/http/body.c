// SPDX-License-Identifier: AGPL-3.0-or-later
// Request bodies: small ones grow in the job's arena with what has really come, big ones go to an unlinked file.
#include "net/http/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BODY_FIRST_BYTES ((size_t)4096)

static int file_open(Job *job)
{
	Arena *a = job->pub.arena;
	Str dir = job->loop->server->config.tmp_dir;
	int fd = open(str_z(a, dir), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return fd;
	char *name = str_z(a, str_format(a,
									 "%.*s/hearth-body-XX"
									 "XX"
									 "XX",
									 STR(dir)));
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0) unlink(name);
	return fd;
}

static bool file_write(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR) continue;
		if (done <= 0) return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

static bool body_store(Job *job, Str data)
{
	HttpJob *pub = &job->pub;
	size_t had = pub->body_bytes;
	pub->body_bytes += data.n;
	if (pub->body_fd >= 0) return file_write(pub->body_fd, data.p, data.n);
	if (job->body.total > HTTP_BODY_MEM_BYTES) {
		pub->body_fd = file_open(job);
		return pub->body_fd >= 0 && file_write(pub->body_fd, job->mem, had) && file_write(pub->body_fd, data.p, data.n);
	}
	if (pub->body_bytes > job->mem_cap) {
		size_t cap = size_max(size_max(job->mem_cap * 2, pub->body_bytes), BODY_FIRST_BYTES);
		job->mem = arena_grow_raw(pub->arena, job->mem, job->mem_cap, size_min(cap, HTTP_BODY_MEM_BYTES));
		job->mem_cap = size_min(cap, HTTP_BODY_MEM_BYTES);
		if (!job->mem) return false;
	}
	memcpy(job->mem + had, data.p, data.n);
	return true;
}

static void body_done(Conn *c, Job *job)
{
	HttpJob *pub = &job->pub;
	if (pub->body_fd >= 0) (void)!lseek(pub->body_fd, 0, SEEK_SET);
	else pub->body = (Str){job->mem, pub->body_bytes};
	http_conn_dispatch(c, job);
}

bool http_body_read(Conn *c)
{
	Job *job = c->job;
	struct evbuffer *in = bufferevent_get_input(c->bev);
	struct evbuffer_iovec v;
	if (evbuffer_peek(in, -1, NULL, &v, 1) < 1) return false;
	size_t used;
	Str data;
	HttpParse got = http_body_feed(&job->body, v.iov_base, v.iov_len, &used, &data);
	int status = got == HTTP_PARSE_ERROR ? job->body.status : 0;
	if (!status && data.n && !job->drop_body && !body_store(job, data)) status = 507;
	evbuffer_drain(in, used);
	c->mark_bytes += used;
	if (status) http_reply_refuse(c, status);
	else if (got == HTTP_PARSE_DONE) body_done(c, job);
	return true;
}
