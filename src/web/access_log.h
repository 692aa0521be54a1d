// SPDX-License-Identifier: AGPL-3.0-or-later
// The access log: one JSON line for each request that was read, when its reply has been handed to the socket.
//
//   {"at":"2026-11-26T09:00:00Z","site":"acme","method":"GET","route":"/t/{topic:id}/{slug}","status":200,"bytes":5124,"us":310}
//
// The route is the name of its row and never the address that was asked for, so that no query, token or name of a person
// gets here; no address of a client either. "site" is there with several sites; "route" is null where no row was reached
// (404 and the like), status 0 where the client had gone. What is no request (400 by the parser) is only counted, in /metrics.
//
// Lines are gathered and written together: when the buffer is full, and once a second by the background thread. A crash
// loses that second. Any thread may write.
#pragma once
#include "net/http/http.h"

typedef struct AccessLog AccessLog;

// Appends to the file, "-" is standard error.
MUST_CHECK Status access_log_open(Ctx *cx, Str path, AccessLog **ret_log);
void access_log_write(AccessLog *log, const char *site, const HttpJob *job, int status, size_t bytes);
void access_log_flush(AccessLog *log); // log may be NULL, here and below
void access_log_close(AccessLog *log);
