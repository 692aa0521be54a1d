// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct StatusRow {
	const char *name;
	int http, code;
	bool retry;
	const char *key;
} StatusRow;

static const StatusRow STATUS_ROWS[STATUS_N] = {
#define X(name, http, code, retry, key) {#name, http, code, retry, key},
	STATUS_TABLE(X)
#undef X
};

const char *status_name(Status st) { return STATUS_ROWS[st].name; }
int status_http(Status st) { return STATUS_ROWS[st].http; }
int status_exit_code(Status st) { return STATUS_ROWS[st].code; }
bool status_retryable(Status st) { return STATUS_ROWS[st].retry; }
const char *status_key(Status st) { return STATUS_ROWS[st].key; }

_Noreturn void bug_abort(const char *file, int line, const char *what)
{
	fprintf(stderr, "BUG %s:%d: %s\n", file, line, what);
	abort();
}
