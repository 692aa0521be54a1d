// SPDX-License-Identifier: AGPL-3.0-or-later
// Listening sockets, accepting, and the two caps: connections in all and of one address (IPv6: of one /64).
#include "net/http/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#define LISTEN_TEXT_MAX_BYTES 64

typedef union Address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_storage storage;
} Address;

static bool address_parse(Str listen, Address *ret_address, socklen_t *ret_n)
{
	char host[LISTEN_TEXT_MAX_BYTES];
	size_t colon = listen.n;
	int64_t port;
	while (colon && listen.p[colon - 1] != ':') colon--;
	if (!colon || !str_int(str_sub(listen, colon, listen.n), 0, 65535, &port)) return false;
	Str name = str_sub(listen, 0, colon - 1);
	bool v6 = str_starts(name, S("[")) && str_ends(name, S("]"));
	if (v6) name = str_sub(name, 1, name.n - 1);
	if (name.n >= sizeof host) return false;
	memcpy(host, name.p, name.n);
	host[name.n] = 0;
	memset(ret_address, 0, sizeof *ret_address);
	if (v6) {
		ret_address->v6.sin6_family = AF_INET6;
		ret_address->v6.sin6_port = htons((uint16_t)port);
		*ret_n = sizeof ret_address->v6;
		return inet_pton(AF_INET6, host, &ret_address->v6.sin6_addr) == 1;
	}
	ret_address->v4.sin_family = AF_INET;
	ret_address->v4.sin_port = htons((uint16_t)port);
	*ret_n = sizeof ret_address->v4;
	return inet_pton(AF_INET, host, &ret_address->v4.sin_addr) == 1;
}

static int port_of(int fd)
{
	Address a = {0};
	socklen_t n = sizeof a;
	if (getsockname(fd, &a.any, &n)) return 0;
	if (a.any.sa_family == AF_INET) return ntohs(a.v4.sin_port);
	return a.any.sa_family == AF_INET6 ? ntohs(a.v6.sin6_port) : 0;
}

static int socket_bind(const Address *a, socklen_t n, bool share)
{
	int on = 1;
	int fd = socket(a->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0) return -1;
	if (!setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) &&
		(!share || !setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on)) && !bind(fd, &a->any, n))
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

// A descriptor passed by systemd: each loop gets its own.
static Status listen_passed(Ctx *cx, Str number, int *ret_fd, int *ret_port)
{
	int64_t n;
	if (!str_int(number, 0, 1 << 20, &n)) return fail(cx, ST_INVALID, "listen fd:%.*s is no number", STR(number));
	int fd = dup((int)n);
	if (fd < 0 || evutil_make_socket_nonblocking(fd) || evutil_make_socket_closeonexec(fd)) {
		if (fd >= 0) close(fd);
		return fail(cx, ST_INVALID, "listen fd:%.*s is not a socket: %s", STR(number), strerror(errno));
	}
	int on = 1;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // a unix socket has none
	*ret_fd = fd;
	*ret_port = port_of(fd);
	return ST_OK;
}

// probe: SO_REUSEPORT would let a second server of the same user share the port unseen, so the first loop's socket is
// preceded by one without it, which fails if anybody listens there.
Status http_listen_open(Ctx *cx, Str listen_on, bool probe, int *ret_fd, int *ret_port)
{
	if (str_starts(listen_on, S("fd:"))) return listen_passed(cx, str_sub(listen_on, 3, listen_on.n), ret_fd, ret_port);
	Address a;
	socklen_t n;
	if (!address_parse(listen_on, &a, &n)) return fail(cx, ST_INVALID, "cannot listen on \"%.*s\"", STR(listen_on));
	if (probe) {
		int fd = socket_bind(&a, n, false);
		if (fd < 0) return fail(cx, ST_CONFLICT, "cannot bind %.*s: %s", STR(listen_on), strerror(errno));
		close(fd);
	}
	int on = 1, fd = socket_bind(&a, n, true);
	if (fd < 0) return fail(cx, ST_CONFLICT, "cannot bind %.*s: %s", STR(listen_on), strerror(errno));
	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) || listen(fd, HTTP_BACKLOG)) {
		close(fd);
		return fail(cx, ST_INTERNAL, "cannot listen on %.*s: %s", STR(listen_on), strerror(errno));
	}
	*ret_fd = fd;
	*ret_port = port_of(fd);
	return ST_OK;
}

void http_listen_pause(Loop *l)
{
	if (l->listening) event_del(l->listen_event);
	l->listening = false;
}

void http_listen_resume(Loop *l)
{
	if (l->listening || l->stopping) return;
	if (atomic_load(&l->server->connections) >= l->server->config.connections_max) return;
	l->listening = !event_add(l->listen_event, NULL);
}

static uint64_t address_key(const Address *a)
{
	uint64_t key = 0;
	if (a->any.sa_family == AF_INET) {
		key = (uint64_t)1 << 32 | a->v4.sin_addr.s_addr;
	} else if (a->any.sa_family == AF_INET6) {
		const unsigned char *p = a->v6.sin6_addr.s6_addr;
		uint32_t v4;
		memcpy(&key, p, sizeof key);
		memcpy(&v4, p + 12, sizeof v4);
		if (IN6_IS_ADDR_V4MAPPED(&a->v6.sin6_addr)) key = (uint64_t)1 << 32 | v4;
		else if (!key) key = (uint64_t)1 << 33; // ::1 and its like
	}
	return key;
}

static AddressCount *address_slot(HttpServer *s, uint64_t key)
{
	size_t mask = s->addresses_cap - 1;
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15u >> 32) & mask;
	while (s->addresses[at].key && s->addresses[at].key != key) at = (at + 1) & mask;
	return &s->addresses[at];
}

bool http_address_take(HttpServer *s, uint64_t key)
{
	pthread_mutex_lock(&s->address_lock);
	AddressCount *slot = address_slot(s, key);
	bool ok = slot->n < s->config.per_address_max;
	if (ok) {
		slot->key = key;
		slot->n++;
	}
	pthread_mutex_unlock(&s->address_lock);
	return ok;
}

void http_address_give(HttpServer *s, uint64_t key)
{
	pthread_mutex_lock(&s->address_lock);
	AddressCount *slot = address_slot(s, key);
	BUG_IF(slot->key != key);
	if (--slot->n == 0) {
		// Those behind it in its run are put in again, so that no search stops at the hole.
		size_t mask = s->addresses_cap - 1, at = (size_t)(slot - s->addresses);
		*slot = (AddressCount){0};
		for (at = (at + 1) & mask; s->addresses[at].key; at = (at + 1) & mask) {
			AddressCount moved = s->addresses[at];
			s->addresses[at] = (AddressCount){0};
			*address_slot(s, moved.key) = moved;
		}
	}
	pthread_mutex_unlock(&s->address_lock);
}

static void accepted(Loop *l, int fd, const Address *from)
{
	static const char TOO_MANY[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
								   "Connection: close\r\n\r\n";
	HttpServer *s = l->server;
	uint64_t key = s->config.per_address_max ? address_key(from) : 0;
	http_count(&l->accepted, 1);
	if (key && !http_address_take(s, key)) {
		http_count(&l->refused, 1);
		if (!s->tls) (void)!send(fd, TOO_MANY, sizeof TOO_MANY - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
		close(fd);
		return;
	}
	atomic_fetch_add(&s->connections, 1);
	http_conn_open(l, fd, &from->storage, key);
}

// An error other than "nobody is there" (EMFILE above all) would make a level-triggered listener spin: it is taken
// off until a connection closes or the next tick.
void http_listen_ready(evutil_socket_t listen_fd, UNUSED short what, void *loop)
{
	Loop *l = loop;
	HttpServer *s = l->server;
	http_loop_now(l);
	for (int i = 0; i < HTTP_ACCEPTS_A_TURN; i++) {
		if (atomic_load(&s->connections) >= s->config.connections_max) {
			http_listen_pause(l);
			return;
		}
		Address from = {0};
		socklen_t n = sizeof from;
		int fd = accept4(listen_fd, &from.any, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd >= 0) {
			accepted(l, fd, &from);
			continue;
		}
		if (errno == ECONNABORTED || errno == EINTR) continue;
		if (errno != EAGAIN) http_listen_pause(l);
		return;
	}
}
