// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/access_log.h"

#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define GATHERED_BYTES ((size_t)64 << 10)
#define LINE_MAX_BYTES ((size_t)1024)

struct AccessLog {
	Arena *arena;
	pthread_mutex_t lock; // of lines
	Buf lines;
	int fd;
};

Status access_log_open(Ctx *cx, Str path, AccessLog **ret_log)
{
	bool is_stderr = str_eq(path, S("-"));
	int fd = is_stderr ? dup(STDERR_FILENO)
					   : open(str_z(cx->arena, path), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0) return fail(cx, ST_IO, "--access-log %.*s: %s", STR(path), strerror(errno));
	Arena *a = arena_new(GATHERED_BYTES * 2);
	AccessLog *log = ARENA_NEW(a, AccessLog, 1);
	log->arena = a;
	log->fd = fd;
	log->lines = buf_init(a, GATHERED_BYTES, GATHERED_BYTES);
	pthread_mutex_init(&log->lock, NULL);
	*ret_log = log;
	return ST_OK;
}

static void write_out(AccessLog *log)
{
	for (size_t at = 0; at < log->lines.n;) {
		ssize_t done = write(log->fd, log->lines.p + at, log->lines.n - at);
		if (done < 0 && errno == EINTR) continue;
		if (done <= 0) break; // a full disk must not stop the server: these lines are lost
		at += (size_t)done;
	}
	log->lines.n = 0;
}

static void line_put(Buf *b, const char *site, const HttpJob *job, int status, size_t bytes)
{
	static const char *const METHODS[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "at");
	json_time(&j, time_now());
	if (site) {
		json_key(&j, "site");
		json_str(&j, str_from(site));
	}
	json_key(&j, "method");
	json_str(&j, str_from(METHODS[job->method]));
	json_key(&j, "route");
	json_str(&j, str_from(job->route));
	json_key(&j, "status");
	json_int(&j, status);
	json_key(&j, "bytes");
	json_int(&j, (int64_t)bytes);
	json_key(&j, "us");
	json_int(&j, (time_mono_ns() - job->started_ns) / 1000);
	json_end(&j);
	buf_char(b, '\n');
}

void access_log_write(AccessLog *log, const char *site, const HttpJob *job, int status, size_t bytes)
{
	pthread_mutex_lock(&log->lock);
	if (log->lines.n + LINE_MAX_BYTES > GATHERED_BYTES) write_out(log);
	line_put(&log->lines, site, job, status, bytes);
	pthread_mutex_unlock(&log->lock);
}

void access_log_flush(AccessLog *log)
{
	if (!log) return;
	pthread_mutex_lock(&log->lock);
	write_out(log);
	pthread_mutex_unlock(&log->lock);
}

void access_log_close(AccessLog *log)
{
	if (!log) return;
	access_log_flush(log);
	close(log->fd);
	pthread_mutex_destroy(&log->lock);
	arena_free(log->arena);
}
