// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON lines on stderr with a journald priority prefix when JOURNAL_STREAM is set. Only edges log (main, the HTTP
// access log, the job runner): libraries describe failures in their Ctx instead. Secrets never come here.
//
//   log_line(LOG_INFO, "listening", 2, (LogField[]){LOG_STR("addr", addr), LOG_INT("port", port)});
#pragma once
#include "base/str.h"

typedef enum LogLevel { LOG_ERROR = 3, LOG_WARN = 4, LOG_INFO = 6, LOG_DEBUG = 7 } LogLevel;

typedef struct LogField {
	const char *name;
	bool is_int;
	int64_t i;
	Str s;
} LogField;

#define LOG_STR(k, v) ((LogField){.name = (k), .s = (v)})
#define LOG_INT(k, v) ((LogField){.name = (k), .is_int = true, .i = (v)})
#define LOG(level, what, ...)                                                                                          \
	log_line((level), (what), sizeof((LogField[]){__VA_ARGS__}) / sizeof(LogField), (LogField[]){__VA_ARGS__})
void log_line(LogLevel level, const char *what, size_t n, const LogField *fields);
