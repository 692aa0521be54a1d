// SPDX-License-Identifier: AGPL-3.0-or-later
// Event streams (text/event-stream): a connection that has become a stream belongs to one channel until it ends.
#include "net/http/internal.h"

#include <netinet/tcp.h>
#include <string.h>

void http_stream_begin(Conn *c, Str channel)
{
	Loop *l = c->loop;
	Stream *t = l->free_streams;
	if (t) l->free_streams = t->next_free;
	else t = ARENA_NEW(l->arena, Stream, 1);
	t->hash = str_hash(channel);
	t->channel_n = channel.n;
	memcpy(t->channel, channel.p, channel.n);
	c->stream = t;
	http_count(&l->streams, 1);
	unsigned int ms = HTTP_STREAM_USER_TIMEOUT_MS; // a peer that vanished without a FIN is found by the heartbeat
	(void)setsockopt(c->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof ms);
	bufferevent_setwatermark(c->bev, EV_READ, 0, HTTP_STREAM_READ_BYTES); // it has nothing more to say
	http_loop_list(l, c, CONN_STREAM);
	if (!c->reading) c->reading = !bufferevent_enable(c->bev, EV_READ); // to see it close
}

void http_stream_end(Conn *c)
{
	Loop *l = c->loop;
	c->stream->next_free = l->free_streams;
	l->free_streams = c->stream;
	c->stream = NULL;
	http_count(&l->streams, -1);
}

static void stream_put(Conn *c, Str text)
{
	bool ok = http_conn_put(c, text);
	bool slow = ok && evbuffer_get_length(bufferevent_get_output(c->bev)) > HTTP_STREAM_BACKLOG_BYTES;
	if (slow) http_count(&c->loop->dropped_readers, 1);
	if (slow || !ok) http_conn_close(c);
}

void http_stream_event(Loop *l, const Event *e)
{
	Conn *c, *next = l->lists[CONN_STREAM].first;
	while ((c = next)) {
		next = c->next;
		if (c->stream->hash == e->hash && str_eq((Str){c->stream->channel, c->stream->channel_n}, e->channel))
			stream_put(c, e->text);
	}
}

void http_stream_beat(Loop *l)
{
	Conn *c, *next = l->lists[CONN_STREAM].first;
	while ((c = next)) {
		next = c->next;
		stream_put(c, S(":\n\n"));
	}
}

// Each line of the data becomes a field of its own; the reader joins them again.
static void event_format(Buf *b, Str event, Str data)
{
	buf_str(b, S("event: "));
	buf_str(b, event);
	do {
		Str line;
		data = str_cut(data, '\n', &line);
		buf_str(b, S("\ndata: "));
		for (size_t i = 0; i < line.n; i++)
			if (line.p[i] != '\r') buf_char(b, line.p[i]);
	} while (data.n);
	buf_str(b, S("\n\n"));
}

static void event_push(Loop *l, Str channel, Str text)
{
	Arena *a = arena_new(sizeof(Event) + channel.n + text.n + 64);
	char *p = arena_alloc(a, sizeof(Event) + channel.n + text.n, _Alignof(Event));
	Event *e = (Event *)(void *)p;
	memcpy(p + sizeof *e, channel.p, channel.n);
	memcpy(p + sizeof *e + channel.n, text.p, text.n);
	*e = (Event){.arena = a,
				 .hash = str_hash(channel),
				 .channel = {p + sizeof *e, channel.n},
				 .text = {p + sizeof *e + channel.n, text.n}};
	pthread_mutex_lock(&l->inbox_lock);
	bool first = !l->done && !l->events;
	*l->events_tail = e;
	l->events_tail = &e->next;
	if (first) http_loop_wake(l);
	pthread_mutex_unlock(&l->inbox_lock);
}

void http_broadcast(HttpServer *s, Str channel, Str event, Str data)
{
	size_t at, lines = 1;
	if (str_find_char(event, '\n', &at) || str_find_char(event, '\r', &at) || !channel.n) return;
	for (size_t i = 0; i < data.n; i++) lines += data.p[i] == '\n';
	size_t most = event.n + data.n + lines * sizeof "\ndata: " + sizeof "event: \n\n";
	AUTO(Arena) a = arena_new(most + ARENA_BLOCK_BYTES);
	Buf b = buf_init(a, most, most);
	event_format(&b, event, data);
	for (int i = 0; i < s->config.loops; i++)
		if (atomic_load(&s->loops[i].streams)) event_push(&s->loops[i], channel, buf_view(&b));
}
