// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tmplc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *must(void *p)
{
	if (!p) {
		fputs("tmplc: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

void out_mem(Out *o, const char *p, size_t n)
{
	if (o->n + n + 1 > o->cap) {
		o->cap = (o->n + n + 1) * 2;
		o->p = must(realloc(o->p, o->cap));
	}
	if (n) memcpy(o->p + o->n, p, n);
	o->n += n;
	o->p[o->n] = '\0';
}

void out_z(Out *o, const char *z) { out_mem(o, z, strlen(z)); }

void out_format(Out *o, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *text = NULL;
	int n = vasprintf(&text, fmt, ap);
	va_end(ap);
	must(n < 0 ? NULL : text);
	out_mem(o, text, (size_t)n);
	free(text);
}

void die_at(Loc loc, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: error: ", loc.file, loc.line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

char *file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	Out o = {0};
	char chunk[4096];
	size_t n;
	out_mem(&o, "", 0);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) out_mem(&o, chunk, n);
	bool bad = ferror(f) || strlen(o.p) != o.n;
	fclose(f);
	if (bad) {
		fprintf(stderr, "%s: unreadable, or not text\n", path);
		exit(1);
	}
	return o.p;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

const char *skip_space(const char *p)
{
	while (is_space(*p)) p++;
	return p;
}

const char *skip_quoted(const char *p)
{
	char quote = *p++;
	for (; *p; p++) {
		if (*p == '\\' && p[1]) p++;
		else if (*p == quote) return p + 1;
	}
	return p;
}

char *copy_range(const char *from, const char *to)
{
	while (from < to && is_space(*from)) from++;
	while (to > from && is_space(to[-1])) to--;
	return must(strndup(from, (size_t)(to - from)));
}

bool word_in(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; n && (p = strstr(p, word)); p++)
		if (p > list && p[-1] == ' ' && p[n] == ' ') return true;
	return false;
}

// Operators with effects, and the shifts, which have no use here.
static void operator_check(Loc loc, const char *expr, const char *p)
{
	char before = p > expr ? p[-1] : ' ';
	if ((*p == '+' || *p == '-') && p[1] == *p) die_at(loc, "`%c%c` may not stand in an expression", *p, *p);
	if ((*p == '<' || *p == '>') && p[1] == *p) die_at(loc, "no shifts in an expression");
	if (*p == '=' && p[1] != '=' && !strchr("=!<>", before)) die_at(loc, "no assignment in an expression");
}

// A C expression without effects: no assignment, statement, comment or preprocessor.
void expr_check(Loc loc, const char *expr)
{
	int depth = 0;
	if (!*skip_space(expr)) die_at(loc, "an expression is missing");
	for (const char *p = expr; *p; p++) {
		if (*p == '"' || *p == '\'') {
			const char *after = skip_quoted(p);
			if (after[-1] != *p || after == p + 1) die_at(loc, "unclosed quote in `%s`", expr);
			p = after - 1;
			continue;
		}
		if (!is_word(*p) && !strchr(" .->[]()!&|=<+,?:*%~", *p)) die_at(loc, "`%c` may not stand in an expression", *p);
		depth += (*p == '(' || *p == '[') - (*p == ')' || *p == ']');
		if (depth < 0) break;
		operator_check(loc, expr, p);
	}
	if (depth) die_at(loc, "unbalanced brackets in `%s`", expr);
}

void out_escaped(Out *o, const char *p, size_t n, bool attr)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '&') out_z(o, "&amp;");
		else if (p[i] == '<') out_z(o, "&lt;");
		else if (p[i] == '>') out_z(o, "&gt;");
		else if (p[i] == '"' && attr) out_z(o, "&#34;");
		else if (p[i] == '\'' && attr) out_z(o, "&#39;");
		else out_mem(o, p + i, 1);
	}
}
