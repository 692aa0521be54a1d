// SPDX-License-Identifier: AGPL-3.0-or-later
// One enum for every outcome in the program, made from one table that also carries what the edges need:
// the HTTP status, the exit code of the command line, whether trying again can help, and a message key.
// ST_IO means "outcome unknown" for a commit; the client gets 503 and retries with its idempotency key.
#pragma once
#include "base/macros.h"

// name, HTTP status, exit code, retryable, message key
#define STATUS_TABLE(X)                                                                                                \
	X(ST_OK, 200, 0, false, "ok")                                                                                      \
	X(ST_INVALID, 422, 2, false, "error.invalid")                                                                      \
	X(ST_BAD_REQUEST, 400, 2, false, "error.bad_request")                                                              \
	X(ST_UNAUTHENTICATED, 401, 3, false, "error.unauthenticated")                                                      \
	X(ST_FORBIDDEN, 403, 3, false, "error.forbidden")                                                                  \
	X(ST_NOT_FOUND, 404, 4, false, "error.not_found")                                                                  \
	X(ST_METHOD, 405, 2, false, "error.method")                                                                        \
	X(ST_CONFLICT, 409, 5, false, "error.conflict")                                                                    \
	X(ST_TOO_LARGE, 413, 2, false, "error.too_large")                                                                  \
	X(ST_LIMITED, 429, 6, true, "error.limited")                                                                       \
	X(ST_INTERNAL, 500, 70, false, "error.internal")                                                                   \
	X(ST_UNSUPPORTED, 501, 2, false, "error.unsupported")                                                              \
	X(ST_BUSY, 503, 75, true, "error.busy")                                                                            \
	X(ST_IO, 503, 74, true, "error.io")                                                                                \
	X(ST_FULL, 507, 74, true, "error.full")                                                                            \
	X(ST_TIMEOUT, 504, 75, true, "error.timeout")

typedef enum Status {
#define X(name, http, code, retry, key) name,
	STATUS_TABLE(X)
#undef X
		STATUS_N
} Status;

const char *status_name(Status st);
int status_http(Status st);
int status_exit_code(Status st);
bool status_retryable(Status st);
const char *status_key(Status st);
