// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/cut.h"

#include <string.h>

#define INDENT 4
#define INLINE_CODE_MAX 200
#define CLOSING_LINES 6
#define CLOSING_BYTES 60
#define LINE_LOOK 400 // of a line, enough to know it

typedef struct Cutter {
	Str text;
	char *room;
	TextCut *cut;
	bool changed;
	char fence; // ` or ~ while in a fence
	bool rest;  // all that follows is quoted or a signature
	CutKind rest_kind;
	bool blank_before, code_before, list_before;
	bool attribution; // the line before said that a quote comes
	size_t attribution_at, attribution_end;
	bool bb_quote, bb_code;
	bool trace; // in a stack trace
} Cutter;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void blank(Cutter *c, size_t from, size_t to, CutKind kind)
{
	if (from >= to) return;
	c->changed = true;
	for (size_t i = from; i < to; i++) {
		c->cut->bytes[kind] += !is_space(c->room[i]);
		if (c->room[i] != '\n') c->room[i] = ' ';
	}
}

static bool starts_nocase(Str s, Str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_sub(s, 0, prefix.n), prefix);
}

static bool starts_any(Str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (starts_nocase(s, str_from(list[i]))) return true;
	return false;
}

static bool has_any(Str s, const char *const *list, size_t n)
{
	size_t at;
	for (size_t i = 0; i < n; i++)
		if (str_find(s, str_from(list[i]), &at)) return true;
	return false;
}

// "On 3 May, Ada wrote:"
static bool is_attribution(Str line)
{
	static const char *const WROTE[] = {"wrote:",   "writes:",    "schrieb:", "schrieb ", "a écrit", "écrit :",
										"escribió", "ha scritto", "escreveu", "schreef",  "napisał"};
	static const char *const BEGINS[] = {"On ", "Am ",     "Le ", "El ",        "Il ",      "Em ",
										 "Op ", "W dniu ", "@",   "Quote from", "Zitat von"};
	return str_ends(line, S(":")) && has_any(line, WROTE, COUNTOF(WROTE)) &&
		   (starts_any(line, BEGINS, COUNTOF(BEGINS)) || line.n < 80);
}

static bool is_forward(Str line)
{
	static const char *const MARKS[] = {
		"-----Original Message",        "----- Original Message", "-----Ursprüngliche Nachricht",
		"---------- Forwarded message", "-----Message d'origine", "-----Mensaje original",
		"-----Messaggio originale",     "-----Mensagem original", "________________________________"};
	return starts_any(line, MARKS, COUNTOF(MARKS));
}

static bool is_header(Str line) // of a mail, as Outlook repeats it
{
	static const char *const FROM[] = {"From: ", "Von: ", "De : ", "De: ", "Da: "};
	size_t at;
	return starts_any(line, FROM, COUNTOF(FROM)) &&
		   (str_find_char(line, '@', &at) || str_find(line, S("[mailto"), &at));
}

static bool is_sent_from(Str line)
{
	static const char *const SENT[] = {
		"Sent from my ",     "Sent from Mail for", "Sent via ",     "Get Outlook for", "Von meinem iPhone gesendet",
		"Von meinem ",       "Gesendet von ",      "Gesendet mit ", "Envoyé de mon ",  "Envoyé depuis ",
		"Enviado desde mi ", "Enviado desde ",     "Inviato da ",   "Inviato dal ",    "Enviado do meu ",
		"Enviado a partir "};
	return line.n < 80 && starts_any(line, SENT, COUNTOF(SENT));
}

static bool is_closing(Str line)
{
	static const char *const CLOSINGS[] = {"best regards",
										   "kind regards",
										   "regards,",
										   "warm regards",
										   "best wishes",
										   "sincerely",
										   "yours sincerely",
										   "yours faithfully",
										   "cheers,",
										   "mit freundlichen gr",
										   "freundliche gr",
										   "viele grüße",
										   "beste grüße",
										   "liebe grüße",
										   "mfg",
										   "lg,",
										   "cordialement",
										   "bien cordialement",
										   "bien à vous",
										   "saludos",
										   "un saludo",
										   "atentamente",
										   "cordiali saluti",
										   "distinti saluti",
										   "saluti,",
										   "atenciosamente",
										   "cumprimentos",
										   "com os melhores cumprimentos",
										   "abraços,"};
	return line.n < CLOSING_BYTES && starts_any(line, CLOSINGS, COUNTOF(CLOSINGS));
}

// Only a few short lines from here to the end?
static bool little_follows(Str rest)
{
	int lines = 0;
	while (rest.n) {
		Str line;
		rest = str_cut(rest, '\n', &line);
		line = str_trim(line);
		if (line.n > CLOSING_BYTES) return false;
		if (line.n && ++lines > CLOSING_LINES) return false;
	}
	return true;
}

static size_t digits(Str s, size_t at)
{
	size_t n = 0;
	while (at + n < s.n && is_digit(s.p[at + n])) n++;
	return n;
}

// hh:mm:ss; what it has before it is a date or a bracket.
static bool has_clock(Str line)
{
	Str head = str_sub(line, 0, 40);
	for (size_t i = 0; i + 8 <= head.n; i++) {
		if (!is_digit(head.p[i]) || (i && is_digit(head.p[i - 1]))) continue;
		if (digits(head, i) == 2 && head.p[i + 2] == ':' && digits(head, i + 3) == 2 && head.p[i + 5] == ':' &&
			digits(head, i + 6) == 2)
			return true;
	}
	return false;
}

static bool has_level(Str line)
{
	static const char *const LEVELS[] = {"ERROR", "WARN",   "INFO",     "DEBUG",   "FATAL",
										 "TRACE", "NOTICE", "CRITICAL", "SEVERE",  "[error]",
										 "[warn", "[info]", "[debug]",  "kernel:", "systemd["};
	return has_any(str_sub(line, 0, 100), LEVELS, COUNTOF(LEVELS));
}

static bool is_log(Str line)
{
	static const char *const BEGINS[] = {
		"[ERROR]", "[WARN", "[INFO]", "[DEBUG]", "ERROR:", "WARNING:", "DEBUG:", "INFO:", "FATAL:", "E/", "W/", "D/"};
	bool stamped = line.n && (is_digit(line.p[0]) || line.p[0] == '[' || line.p[0] == '<') && has_clock(line);
	size_t at;
	bool syslog = line.n > 16 && has_clock(str_sub(line, 0, 18)) && line.p[3] == ' ' && str_find(line, S("]: "), &at);
	return (stamped && (has_level(line) || line.p[0] == '[')) || syslog || starts_any(line, BEGINS, COUNTOF(BEGINS));
}

// "java.lang.NullPointerException: x", "TypeError: x"
static bool is_error_name(Str line)
{
	size_t i = 0;
	while (i < line.n && (line.p[i] == '.' || line.p[i] == '_' || line.p[i] == '$' || is_digit(line.p[i]) ||
						  ((line.p[i] | 32) >= 'a' && (line.p[i] | 32) <= 'z')))
		i++;
	Str name = str_sub(line, 0, i);
	return i > 5 && (str_ends(name, S("Exception")) || str_ends(name, S("Error"))) && (i == line.n || line.p[i] == ':');
}

static bool is_frame(Str line, bool within)
{
	static const char *const FILES[] = {".java:", ".js:", ".py", ".kt:", ".cs:", "(Native"};
	size_t at;
	if (!str_starts(line, S("at ")) || str_find(line, S(". "), &at)) return false;
	return has_any(line, FILES, COUNTOF(FILES)) ||
		   (within && (str_find_char(line, '(', &at) || str_find_char(line, ':', &at)));
}

static bool is_trace(Str line, bool within)
{
	static const char *const BEGINS[] = {"Traceback (most recent call last)",
										 "Exception in thread",
										 "Caused by: ",
										 "Segmentation fault",
										 "panic: ",
										 "goroutine ",
										 "Stack trace:",
										 "Backtrace:",
										 "Unhandled exception"};
	size_t at;
	if (starts_any(line, BEGINS, COUNTOF(BEGINS)) || is_error_name(line) || is_frame(line, within)) return true;
	if (str_starts(line, S("File \""))) return str_find(line, S(", line "), &at);
	if (str_starts(line, S("... "))) return str_ends(line, S(" more"));
	return line.n > 4 && line.p[0] == '#' && is_digit(line.p[1]) && str_find(line, S(" 0x"), &at);
}

static bool is_prompt(Str line)
{
	size_t at;
	if (str_starts(line, S("$ ")) || str_starts(line, S("C:\\>")) || str_starts(line, S("PS C:\\"))) return true;
	return str_find_char(str_sub(line, 0, 40), '@', &at) &&
		   (str_find(str_sub(line, 0, 60), S(":~$ "), &at) || str_find(str_sub(line, 0, 60), S(":~# "), &at));
}

static bool is_list(Str line)
{
	size_t n = digits(line, 0);
	return (line.n > 1 && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == '+') && line.p[1] == ' ') ||
		   (n && n < 4 && line.n > n && (line.p[n] == '.' || line.p[n] == ')'));
}

// `code` within a line.
static void inline_code(Cutter *c, size_t from, size_t to)
{
	size_t open = SIZE_MAX, open_n = 0;
	for (size_t i = from; i < to;) {
		size_t n = 0;
		while (i + n < to && c->text.p[i + n] == '`') n++;
		if (n && open != SIZE_MAX && n == open_n && i - open <= INLINE_CODE_MAX) {
			blank(c, open, i + n, CUT_CODE);
			open = SIZE_MAX;
		} else if (n) {
			open = i;
			open_n = n;
		}
		i += n ? n : 1;
	}
}

// [quote], [code] that open or close in a line; whether the line belongs to one.
static bool bulletin(Cutter *c, size_t from, size_t to, Str line)
{
	size_t at;
	bool quote = c->bb_quote, code = c->bb_code;
	if (!quote && !code && !str_find_char(line, '[', &at)) return false;
	if (str_find(line, S("[quote"), &at) || str_find(line, S("[QUOTE"), &at)) quote = c->bb_quote = true;
	if (str_find(line, S("[code"), &at) || str_find(line, S("[CODE"), &at)) code = c->bb_code = true;
	if (!quote && !code) return false;
	size_t end = to;
	if (str_find(line, S("[/quote]"), &at) || str_find(line, S("[/QUOTE]"), &at)) {
		c->bb_quote = false;
		end = from + (size_t)(line.p - (c->text.p + from)) + at + 8;
	}
	if (str_find(line, S("[/code]"), &at) || str_find(line, S("[/CODE]"), &at)) {
		c->bb_code = false;
		end = from + (size_t)(line.p - (c->text.p + from)) + at + 7;
	}
	blank(c, from, end, code ? CUT_CODE : CUT_QUOTE);
	return true;
}

static size_t indent_of(Str raw)
{
	size_t n = 0, i = 0;
	while (i < raw.n && (raw.p[i] == ' ' || raw.p[i] == '\t')) n += raw.p[i++] == '\t' ? INDENT : 1;
	return n;
}

static char fence_of(Str line) { return str_starts(line, S("```")) ? '`' : str_starts(line, S("~~~")) ? '~' : 0; }

// Lines of code: fences, and what is indented after an empty line.
static bool code_line(Cutter *c, size_t from, size_t to, Str raw, Str line)
{
	char fence = fence_of(line);
	if (c->fence) {
		if (fence == c->fence) c->fence = 0;
	} else if (fence) {
		c->fence = fence;
	} else if (!(indent_of(raw) >= INDENT && line.n && (c->code_before || (c->blank_before && !c->list_before)))) {
		return false;
	}
	blank(c, from, to, CUT_CODE);
	return true;
}

static bool quote_line(Cutter *c, size_t from, size_t to, Str line)
{
	if (str_starts(line, S(">")) && !str_starts(line, S(">:")) && !str_starts(line, S(">_"))) { // not a face
		if (c->attribution) blank(c, c->attribution_at, c->attribution_end, CUT_QUOTE);
		c->attribution = false;
		blank(c, from, to, CUT_QUOTE);
		return true;
	}
	if (is_forward(line) || is_header(line)) {
		c->rest = true;
		c->rest_kind = CUT_QUOTE;
		blank(c, from, to, CUT_QUOTE);
		return true;
	}
	if (!is_attribution(line)) return false;
	c->attribution = true;
	c->attribution_at = from;
	c->attribution_end = to;
	return true;
}

static bool signature_line(Cutter *c, size_t from, size_t to, Str raw, Str line)
{
	bool dashes = str_eq(raw, S("-- ")) || str_eq(raw, S("--")) || str_eq(raw, S("—"));
	bool closing = is_closing(line) && from > 0 && little_follows(str_sub(c->text, to, c->text.n));
	if (!dashes && !closing && !is_sent_from(line)) return false;
	c->rest = dashes || closing;
	c->rest_kind = CUT_SIGNATURE;
	blank(c, from, to, CUT_SIGNATURE);
	return true;
}

// A log, a trace or a prompt; whether the line is one of a trace.
static bool log_line(Cutter *c, size_t from, size_t to, size_t indent, Str line)
{
	bool trace = is_trace(line, c->trace) || (c->trace && line.n && indent >= 2);
	if (trace || is_log(line) || is_prompt(line)) blank(c, from, to, CUT_LOG);
	else inline_code(c, from, to);
	return trace;
}

static void one_line(Cutter *c, size_t from, size_t to)
{
	Str raw = str_sub(c->text, from, to), line = str_trim(str_sub(raw, 0, LINE_LOOK));
	size_t indent = indent_of(raw);
	if (c->rest) {
		blank(c, from, to, c->rest_kind);
		return;
	}
	bool cut = bulletin(c, from, to, line), code = !cut && code_line(c, from, to, raw, line);
	cut = cut || code || quote_line(c, from, to, line) || signature_line(c, from, to, raw, line);
	c->trace = cut ? false : log_line(c, from, to, indent, line);
	c->code_before = code;
	c->blank_before = !line.n;
	if (!line.n) return;
	c->list_before = is_list(line) || (c->list_before && indent >= 2);
	if (!is_attribution(line)) c->attribution = false;
}

// Nothing that begins a cut is in most texts.
static bool may_have_any(Str text)
{
	size_t at;
	return str_find_char(text, '\n', &at) || str_find_char(text, '`', &at) || str_find_char(text, '>', &at) ||
		   str_find_char(text, '[', &at);
}

static bool nothing_left(Str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_space(s.p[i])) return false;
	return true;
}

Str text_own_words(Str text, char *room, TextCut *ret)
{
	*ret = (TextCut){0};
	if (!may_have_any(text)) return text;
	memcpy(room, text.p, text.n);
	Cutter c = {.text = text, .room = room, .cut = ret, .blank_before = true};
	for (size_t from = 0; from < text.n;) {
		const char *nl = memchr(text.p + from, '\n', text.n - from);
		size_t to = nl ? (size_t)(nl - text.p) : text.n;
		one_line(&c, from, to);
		from = to + 1;
	}
	if (c.attribution && c.attribution_end == text.n) c.attribution = false;
	if (!c.changed) return text;
	Str own = {room, text.n};
	if (!nothing_left(own)) return own;
	*ret = (TextCut){0};
	return text;
}
