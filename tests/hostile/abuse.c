// SPDX-License-Identifier: AGPL-3.0-or-later
// Clients that behave badly, many at a time, against tests/hostile/server.c on the loopback.
//
//   abuse PORT mix N [THREADS]   N clients: pipelines, half-closes, resets with jobs in flight, abandoned 1 MiB replies and
//                                streams, half requests, bodies that stop; after them the server must answer as before
//   abuse PORT idle N            N idle connections after one request each, all of which must still answer afterwards
//
// Prints `ok NAME` or `not ok NAME`. Bounded: every socket has a timeout, N is at most 100,000.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define N_MAX 100000
#define THREADS_MAX 64
#define TIMEOUT_S 10
#define SPARE_FDS 64
#define HOST "Host: a\r\n\r\n"

typedef struct Abuse {
	int port, clients;
	_Atomic int taken, refused_dials, answered, silent;
} Abuse;

static int dial_from(int port, unsigned last_octet)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + last_octet)};
	struct timeval patience = {.tv_sec = TIMEOUT_S};
	int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0) return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (!bind(fd, (const struct sockaddr *)(const void *)&from, sizeof from) &&
		!connect(fd, (const struct sockaddr *)(const void *)&to, sizeof to))
		return fd;
	close(fd);
	return -1;
}

static void say(int fd, const char *text) { (void)!send(fd, text, strlen(text), MSG_NOSIGNAL); }

static bool hear_some(Abuse *a, int fd)
{
	char part[4096];
	ssize_t n = recv(fd, part, sizeof part, 0);
	*(n > 0 ? &a->answered : &a->silent) += 1;
	return n > 0;
}

static void hear_all(Abuse *a, int fd)
{
	char part[16384];
	if (!hear_some(a, fd)) return;
	while (recv(fd, part, sizeof part, 0) > 0) {}
}

static void hang_up(int fd, bool reset)
{
	const struct linger hard = {.l_onoff = 1};
	if (reset) setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
	close(fd);
}

static void pipeline(int fd, const char *request, int n)
{
	char all[8192];
	size_t one = strlen(request), at = 0;
	for (int i = 0; i < n && at + one < sizeof all; i++, at += one) memcpy(all + at, request, one);
	all[at] = 0;
	say(fd, all);
}

// One client; its kind follows from its number, so that a run can be repeated.
static void misbehave(Abuse *a, int fd, unsigned number)
{
	bool reset = number / 16 % 2;
	switch (number % 16) {
	case 0: pipeline(fd, "GET /work HTTP/1.1\r\n" HOST, 40); break; // gone before the first answer
	case 1: pipeline(fd, "GET /sleep HTTP/1.1\r\n" HOST, 3); break;
	case 2: say(fd, "GET /sleep HTTP/1.1\r\n" HOST); break; // its job is in flight
	case 3: say(fd, "GET /later HTTP/1.1\r\n" HOST); break;
	case 4: say(fd, "GET /again HTTP/1.1\r\n" HOST); break;
	case 5: say(fd, "GET /big HTTP/1.1\r\n" HOST); break;
	case 6: // a little of a big reply
		pipeline(fd, "GET /big HTTP/1.1\r\n" HOST, 4);
		hear_some(a, fd);
		break;
	case 7: // half-closed after a pipeline: every answer comes
		pipeline(fd, "GET /work HTTP/1.1\r\n" HOST, 5);
		shutdown(fd, SHUT_WR);
		hear_all(a, fd);
		break;
	case 8: // half-closed with a job in flight
		say(fd, "GET /later HTTP/1.1\r\n" HOST);
		shutdown(fd, SHUT_WR);
		hear_all(a, fd);
		break;
	case 9: say(fd, "GET /events HTTP/1.1\r\n" HOST); break;
	case 10:
		say(fd, "GET /events HTTP/1.1\r\n" HOST);
		hear_some(a, fd);
		break;
	case 11: say(fd, "GET /tell HTTP/1.1\r\n" HOST "GET /fa"); break;
	case 12: say(fd, "POST /echo HTTP/1.1\r\nContent-Length: 1000000\r\n" HOST "only this"); break;
	case 13: say(fd, "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" HOST "5\r\nhello\r\nffff\r\n"); break;
	case 14: // refused, and goes on talking
		say(fd, "POST /closed HTTP/1.1\r\nContent-Length: 100000\r\n" HOST);
		pipeline(fd, "GET /work HTTP/1.1\r\n" HOST, 100);
		break;
	default: // well-behaved, between the others
		pipeline(fd, "GET /fast HTTP/1.1\r\n" HOST "GET /work HTTP/1.1\r\nConnection: close\r\n" HOST, 1);
		hear_all(a, fd);
	}
	hang_up(fd, reset);
}

static void *abuse_main(void *self)
{
	Abuse *a = self;
	for (int i; (i = a->taken++) < a->clients;) {
		int fd = dial_from(a->port, 0);
		if (fd < 0) a->refused_dials++;
		else misbehave(a, fd, (unsigned)i);
	}
	return NULL;
}

static bool answers(int fd)
{
	char head[64] = {0};
	say(fd, "GET /work HTTP/1.1\r\n" HOST);
	size_t n = 0;
	while (n < 12) {
		ssize_t got = recv(fd, head + n, sizeof head - 1 - n, 0);
		if (got <= 0) return false;
		n += (size_t)got;
	}
	return !strncmp(head, "HTTP/1.1 200", 12);
}

static bool verdict(const char *name, bool good)
{
	printf("%s %s\n", good ? "ok" : "not ok", name);
	return good;
}

static bool mix(Abuse *a, int threads)
{
	pthread_t t[THREADS_MAX];
	int n = 0;
	while (n < threads && !pthread_create(&t[n], NULL, abuse_main, a)) n++;
	for (int i = 0; i < n; i++) pthread_join(t[i], NULL);
	printf("# %d clients on %d threads: %d could not connect, %d heard an answer, %d heard none\n", a->clients, n,
		   a->refused_dials, a->answered, a->silent);
	bool good = verdict("hostile/abrupt_disconnects", n > 0 && a->refused_dials == 0 && a->silent == 0);
	int fd = dial_from(a->port, 0);
	good &= verdict("hostile/answers_afterwards", fd >= 0 && answers(fd));
	if (fd >= 0) close(fd);
	return good;
}

static bool drain_page(int fd)
{
	char part[16384];
	size_t n = 0;
	while (n < 13 * 1024) { // head and page are longer
		ssize_t got = recv(fd, part, sizeof part, 0);
		if (got <= 0) return false;
		n += (size_t)got;
	}
	while (recv(fd, part, sizeof part, MSG_DONTWAIT) > 0) {}
	return true;
}

static long rss_kib(int pid)
{
	char path[64], line[256];
	long kib = 0;
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	FILE *f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "VmRSS: %ld", &kib) == 1) break;
	if (f) fclose(f);
	return kib;
}

static bool idle(const Abuse *a, int server_pid)
{
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	getrlimit(RLIMIT_NOFILE, &limit);
	int most = limit.rlim_cur > N_MAX ? N_MAX : (int)limit.rlim_cur - SPARE_FDS,
		n = a->clients < most ? a->clients : most;
	int *fds = calloc((size_t)(n > 0 ? n : 1), sizeof *fds), open_n = 0, alive = 0;
	bool good = fds != NULL && n > 0;
	for (; good && open_n < n; open_n++) {
		int fd = dial_from(a->port, (unsigned)open_n / 16384);
		if (fd < 0) break;
		fds[open_n] = fd;
		if (open_n == 99 && server_pid) printf("# the first hundred: %ld KiB of memory\n", rss_kib(server_pid));
		say(fd, "GET /fast HTTP/1.1\r\n" HOST);
		good = drain_page(fd);
	}
	printf("# %d idle connections (asked for %d, file limit %llu)\n", open_n, a->clients,
		   (unsigned long long)limit.rlim_cur);
	if (server_pid) printf("# the server holds %ld KiB of memory\n", rss_kib(server_pid));
	for (int i = 0; i < open_n; i++) {
		alive += answers(fds[i]);
		close(fds[i]);
	}
	free(fds);
	return verdict("hostile/idle_connections", good && open_n == n && alive == open_n);
}

int main(int argc, char **argv)
{
	Abuse a = {.port = argc > 3 ? (int)strtol(argv[1], NULL, 10) : 0};
	a.clients = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 0;
	int last = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 0;
	bool is_mix = argc > 3 && !strcmp(argv[2], "mix");
	if (a.port < 1 || a.port > 65535 || a.clients < 1 || a.clients > N_MAX || last < 0 ||
		(is_mix && last > THREADS_MAX)) {
		fprintf(stderr, "abuse PORT mix N [THREADS] | abuse PORT idle N [PID of the server]\n");
		return 2;
	}
	return (is_mix ? mix(&a, last ? last : 48) : idle(&a, last)) ? 0 : 1;
}
