// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/log.h"

#include "base/json.h"

#include <stdlib.h>
#include <unistd.h>

#define LOG_LINE_MAX_BYTES 8192

void log_line(LogLevel level, const char *what, size_t n, const LogField *fields)
{
	static const char *const NAMES[] = {"", "", "", "error", "warn", "", "info", "debug"};
	AUTO(Arena) a = arena_new((size_t)LOG_LINE_MAX_BYTES * 2);
	Buf b = buf_init(a, LOG_LINE_MAX_BYTES, LOG_LINE_MAX_BYTES);
	if (getenv("JOURNAL_STREAM")) buf_format(&b, "<%d>", (int)level);
	Json j = json_init(&b);
	json_obj(&j);
	json_key(&j, "at");
	json_time(&j, time_now());
	json_key(&j, "level");
	json_str(&j, str_from(NAMES[level]));
	json_key(&j, "what");
	json_str(&j, str_from(what));
	for (size_t i = 0; i < n; i++) {
		json_key(&j, fields[i].name);
		if (fields[i].is_int) json_int(&j, fields[i].i);
		else json_str(&j, str_sub(fields[i].s, 0, 2048));
	}
	json_end(&j);
	buf_char(&b, '\n');
	ssize_t done = write(STDERR_FILENO, b.p, b.n); // one write a line, so that lines of threads do not mix
	(void)done;
}
