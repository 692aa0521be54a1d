// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-client: what wrk cannot do.
//
//   bench-client post PORT TOKEN TOPIC_PATHS CLIENTS SECONDS   answers topics over the API, each client on one connection
//   bench-client idle PORT N PATH                              N connections, one request each, kept until stdin closes
//   bench-client first PORT PATH COMMAND…                      time from the start of COMMAND to its first page, then ends it
//   bench-client fsync FILE N                                  N times 4 KiB overwritten and fdatasync, in microseconds
//
// Results are one line of key=value. It stands alone, so that it can be pointed at other programs too.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TOPICS_MAX 8192
#define WORDS_MAX 32768
#define SAMPLES_MAX 400000
#define CLIENTS_MAX 1024

static char *topics[TOPICS_MAX], *words[WORDS_MAX];
static size_t topics_n, words_n;
static const char *token;
static int port;
static double until;

typedef struct Client {
	pthread_t thread;
	uint64_t rand;
	size_t ok, failed, samples_n, cap;
	uint32_t *us;
	char first_failure[200];
	int number;
} Client;

static double now_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t next(Client *c)
{
	c->rand ^= c->rand << 13;
	c->rand ^= c->rand >> 7;
	return c->rand ^= c->rand << 17;
}

static int dial(void)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
	if (fd < 0) return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) return fd;
	close(fd);
	return -1;
}

// Reads one reply with Content-Length; its status, or -1.
static int read_reply(int fd, char *buf, size_t max)
{
	size_t n = 0, want = 0;
	for (;;) {
		ssize_t got = recv(fd, buf + n, max - 1 - n, 0);
		if (got <= 0) return -1;
		n += (size_t)got;
		buf[n] = '\0';
		char *end = strstr(buf, "\r\n\r\n");
		if (end && !want) {
			char *len = strcasestr(buf, "\r\ncontent-length:");
			want = (size_t)(end + 4 - buf) + (len && len < end ? strtoul(len + 17, NULL, 10) : 0);
		}
		if (want && (n >= want || n + 1 == max)) break;
	}
	while (n < want) { // what does not fit is not looked at
		char rest[65536];
		ssize_t got = recv(fd, rest, sizeof rest < want - n ? sizeof rest : want - n, 0);
		if (got <= 0) return -1;
		n += (size_t)got;
	}
	return (int)strtol(buf + 9, NULL, 10);
}

static bool send_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = send(fd, p, n, MSG_NOSIGNAL);
		if (done <= 0) return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

static size_t make_post(Client *c, char *out, size_t max)
{
	char body[1200];
	size_t n = 0, want = 200 + next(c) % 400; // 400 on average
	while (n < want) n += (size_t)snprintf(body + n, sizeof body - n, "%s%s", n ? " " : "", words[next(c) % words_n]);
	return (size_t)snprintf(
		out, max,
		"POST /api/v1/topics/%s/posts HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
		"Content-Type: application/json\r\nIdempotency-Key: %d-%llx\r\nContent-Length: %zu\r\n\r\n{\"body\":\"%s\"}",
		topics[next(c) % topics_n], port, token, c->number, (unsigned long long)next(c), n + 11, body);
}

static void *post_loop(void *arg)
{
	Client *c = arg;
	char *request = malloc(4096), *reply = malloc(16384);
	int fd = dial();
	while (now_s() < until) {
		size_t n = make_post(c, request, 4096);
		double begin = now_s();
		int status = fd >= 0 && send_all(fd, request, n) ? read_reply(fd, reply, 16384) : -1;
		if (status == 201) c->ok++;
		else {
			if (!c->failed++)
				snprintf(c->first_failure, sizeof c->first_failure, "%d %.150s", status,
						 status > 0 && strstr(reply, "\r\n\r\n") ? strstr(reply, "\r\n\r\n") + 4 : "");
			if (fd >= 0) close(fd);
			fd = dial();
		}
		if (c->samples_n < c->cap) c->us[c->samples_n++] = (uint32_t)((now_s() - begin) * 1e6);
	}
	if (fd >= 0) close(fd);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void read_topics(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[2048];
	while (f && fgets(line, sizeof line, f) && topics_n < TOPICS_MAX) {
		char *id = strtok(line + 3, "/"), *slug = strtok(NULL, "/\n");
		topics[topics_n++] = strdup(id);
		for (char *w = slug ? strtok(slug, "-") : NULL; w && words_n < WORDS_MAX; w = strtok(NULL, "-"))
			words[words_n++] = strdup(w);
	}
	if (f) fclose(f);
	if (!topics_n || !words_n) {
		fprintf(stderr, "bench-client: no topics in %s\n", path);
		exit(1);
	}
}

static int post(char **argv)
{
	port = atoi(argv[2]);
	token = argv[3];
	read_topics(argv[4]);
	int n = atoi(argv[5]);
	double seconds = atof(argv[6]), begin = now_s();
	static Client clients[CLIENTS_MAX];
	until = begin + seconds;
	for (int i = 0; i < n; i++) {
		clients[i] = (Client){.rand = (uint64_t)time(NULL) * 2654435761u + (uint64_t)i * 97 + 1,
							  .number = i,
							  .cap = (size_t)(SAMPLES_MAX / n)};
		clients[i].us = calloc(clients[i].cap, sizeof(uint32_t));
		pthread_create(&clients[i].thread, NULL, post_loop, &clients[i]);
	}
	uint32_t *all = calloc(SAMPLES_MAX, sizeof *all);
	size_t ok = 0, failed = 0, all_n = 0;
	const char *why = "";
	for (int i = 0; i < n; i++) {
		pthread_join(clients[i].thread, NULL);
		ok += clients[i].ok;
		failed += clients[i].failed;
		if (clients[i].failed) why = clients[i].first_failure;
		memcpy(all + all_n, clients[i].us, clients[i].samples_n * sizeof *all);
		all_n += clients[i].samples_n;
	}
	double took = now_s() - begin;
	qsort(all, all_n, sizeof *all, by_value);
	printf("requests=%zu failed=%zu rps=%.0f p50_us=%u p99_us=%u\n", ok, failed, (double)ok / took,
		   all_n ? all[all_n / 2] : 0, all_n ? all[all_n * 99 / 100] : 0);
	if (failed) fprintf(stderr, "bench-client: a failure: %s\n", why);
	return 0;
}

static int idle(char **argv)
{
	port = atoi(argv[2]);
	int n = atoi(argv[3]), open_n = 0;
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	char request[2200], *reply = malloc(1 << 20);
	int len = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", argv[4], port);
	for (int i = 0; i < n; i++) {
		int fd = dial();
		if (fd < 0 || !send_all(fd, request, (size_t)len) || read_reply(fd, reply, 1 << 20) != 200) break;
		open_n++;
	}
	printf("open=%d\n", open_n);
	fflush(stdout);
	while (getchar() != EOF) {}
	return 0;
}

// Starts a server, asks until it answers 200, sends SIGTERM and waits.
static int first(int argc, char **argv)
{
	char request[2200], *reply = malloc(1 << 20);
	port = atoi(argv[2]);
	int len = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", argv[3], port),
		status = 0, code = 0;
	double begin = now_s(), page, stop;
	pid_t pid = fork();
	if (pid == 0) {
		argv[argc] = NULL;
		execv(argv[4], argv + 4);
		_exit(127);
	}
	while (status != 200 && now_s() - begin < 30) {
		int fd = dial();
		if (fd >= 0 && send_all(fd, request, (size_t)len)) status = read_reply(fd, reply, 1 << 20);
		if (fd >= 0) close(fd);
		if (status != 200) usleep(200);
	}
	page = now_s();
	kill(pid, SIGTERM);
	waitpid(pid, &code, 0);
	stop = now_s();
	printf("first_page_ms=%.1f stop_ms=%.1f exit=%d\n", (page - begin) * 1e3, (stop - page) * 1e3,
		   WIFEXITED(code) ? WEXITSTATUS(code) : -1);
	return status == 200 ? 0 : 1;
}

static int sync_loop(char **argv)
{
	int fd = open(argv[2], O_RDWR | O_CREAT | O_CLOEXEC, 0600), n = atoi(argv[3]);
	char block[4096];
	memset(block, 'x', sizeof block);
	uint32_t *us = calloc((size_t)n, sizeof *us);
	for (int i = 0; i < 64; i++)
		if (pwrite(fd, block, sizeof block, i * 4096) < 0) return 1;
	fsync(fd);
	for (int i = 0; i < n; i++) {
		double begin = now_s();
		block[0] = (char)i;
		if (pwrite(fd, block, sizeof block, i % 64 * 4096) < 0 || fdatasync(fd) != 0) return 1;
		us[i] = (uint32_t)((now_s() - begin) * 1e6);
	}
	qsort(us, (size_t)n, sizeof *us, by_value);
	printf("fdatasync_p50_us=%u fdatasync_p99_us=%u\n", us[n / 2], us[n * 99 / 100]);
	close(fd);
	unlink(argv[2]);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 7 && strcmp(argv[1], "post") == 0) return post(argv);
	if (argc == 5 && strcmp(argv[1], "idle") == 0) return idle(argv);
	if (argc > 4 && strcmp(argv[1], "first") == 0) return first(argc, argv);
	if (argc == 4 && strcmp(argv[1], "fsync") == 0) return sync_loop(argv);
	fprintf(stderr, "bench-client post PORT TOKEN TOPIC_PATHS CLIENTS SECONDS | idle PORT N PATH | first PORT PATH "
					"COMMAND… | fsync FILE N\n");
	return 2;
}
