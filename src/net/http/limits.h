// SPDX-License-Identifier: AGPL-3.0-or-later
// The numbers of the HTTP server that no setting changes, and the defaults of those that HttpConfig leaves at 0. Each is a
// bound on what one client, or all of them together, can make the server hold or wait for: nothing in src/net/http
// grows without one of these above it. Sizes of what the parser takes stand in parse.h, those that callers see in http.h.
//
// Units are in the names (_MS, _BYTES). HTTP_TICK_MS is the resolution of all the times: a deadline of 1 s is kept
// within 1.0 to 1.2 s. HTTP_SINGLE_WRITE_BYTES is what one turn of the loop may write to one connection:
// less and big bodies go out in 16 KiB turns, more and one fast reader keeps the loop from the others.
#pragma once
#include "base/time.h"

#define HTTP_LOOPS_MAX 64
#define HTTP_WORKERS_MAX 256
#define HTTP_TICK_MS ((Time)200) // resolution of all deadlines; also the wait after EMFILE
#define HTTP_IDLE_MS ((Time)60000)
#define HTTP_HEAD_MS ((Time)10000)
#define HTTP_BODY_MS ((Time)60000)
#define HTTP_WRITE_MS ((Time)60000)
#define HTTP_DRAIN_MS ((Time)1000)
#define HTTP_RATE_GRACE_MS ((Time)5000) // before the minimum rate of a body is asked for
#define HTTP_BODY_RATE_BYTES_S ((size_t)4096)
#define HTTP_WRITE_RATE_BYTES_S ((size_t)1024)
#define HTTP_DRAIN_MAX_BYTES ((size_t)64 << 10)
#define HTTP_SINGLE_WRITE_BYTES ((size_t)262144)
#define HTTP_QUEUE_MAX ((size_t)1024)
#define HTTP_CONNECTIONS_MAX 10000
#define HTTP_ACCEPTS_A_TURN 64
#define HTTP_JOBS_A_TURN 16 // that may be done on the loop itself, though they take a while
#define HTTP_BACKLOG 4096
#define HTTP_WORKER_STACK_BYTES ((size_t)1 << 20)
#define HTTP_SPARE_ARENAS_MAX 64
#define HTTP_REPLY_HEAD_MAX_BYTES ((size_t)16 << 10)
#define HTTP_PLAIN_REPLY_MAX_BYTES ((size_t)512)
#define HTTP_STREAM_READ_BYTES ((size_t)4096)
#define HTTP_STREAM_BACKLOG_BYTES ((size_t)64 << 10)
#define HTTP_STREAM_BEAT_MS ((Time)15000)
#define HTTP_STREAM_USER_TIMEOUT_MS 30000u
#define HTTP_PEER_MAX_BYTES 46
#define HTTP_DATE_MAX_BYTES 64
