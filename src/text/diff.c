// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/diff.h"

#include <string.h>

#include "text/markup.h"

typedef struct Unit {
	uint64_t hash;
	Str s;
} Unit;

typedef struct Units {
	Unit *v;
	size_t n;
} Units;

typedef struct Diff {
	Units a, b; // the middle parts, without common beginning and end
	Arena *scratch;
	int32_t **trace;   // per number of edits d: furthest x on the diagonals -d…d
	unsigned char *op; // in reverse: '=', '-', '+'
	size_t op_n;
} Diff;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

static size_t unit_bytes(Str s)
{
	size_t n = 1;
	if (is_word(s.p[0]))
		while (n < s.n && is_word(s.p[n])) n++;
	else if (is_space(s.p[0]))
		while (n < s.n && is_space(s.p[n]) && s.p[n - 1] != '\n') n++;
	return n;
}

static Units units_of(Arena *a, Str text)
{
	Units units = {.v = ARENA_NEW(a, Unit, text.n + 1)};
	while (text.n) {
		size_t n = unit_bytes(text);
		Str s = str_sub(text, 0, n);
		units.v[units.n++] = (Unit){.hash = str_hash(s), .s = s};
		text = str_sub(text, n, text.n);
	}
	return units;
}

static bool unit_eq(const Unit *x, const Unit *y) { return x->hash == y->hash && str_eq(x->s, y->s); }

// Runs down the diagonal from x on k as far as units are equal.
static int32_t slide(const Diff *d, int32_t x, int32_t k)
{
	while ((size_t)x < d->a.n && (size_t)(x - k) < d->b.n && unit_eq(&d->a.v[x], &d->b.v[x - k])) x++;
	return x;
}

// prev: furthest x with one edit less, indexed by diagonal + edits - 1.
static int32_t step(const int32_t *prev, int32_t edits, int32_t k, bool *ret_down)
{
	if (!edits) return 0;
	int32_t left = k - 1 >= -(edits - 1) ? prev[k - 1 + edits - 1] : -1;
	int32_t above = k + 1 <= edits - 1 ? prev[k + 1 + edits - 1] : -1;
	*ret_down = k == -edits || (k != edits && left < above);
	return *ret_down ? above : left + 1;
}

// The least number of edits, at most DIFF_MAX_EDITS; -1 if it is more.
static int32_t search(Diff *d)
{
	int32_t goal = (int32_t)d->a.n - (int32_t)d->b.n;
	d->trace = ARENA_NEW(d->scratch, int32_t *, DIFF_MAX_EDITS + 1);
	for (int32_t edits = 0; edits <= DIFF_MAX_EDITS; edits++) {
		int32_t *row = ARENA_NEW(d->scratch, int32_t, (size_t)(2 * edits + 1));
		d->trace[edits] = row;
		for (int32_t k = -edits; k <= edits; k += 2) {
			bool down = false;
			int32_t x = step(edits ? d->trace[edits - 1] : NULL, edits, k, &down);
			bool outside = x < 0 || (size_t)x > d->a.n || x - k < 0 || (size_t)(x - k) > d->b.n;
			row[k + edits] = outside ? x : slide(d, x, k);
			if (k == goal && !outside && (size_t)row[k + edits] == d->a.n) return edits;
		}
	}
	return -1;
}

static void trace_back(Diff *d, int32_t edits)
{
	int32_t x = (int32_t)d->a.n, y = (int32_t)d->b.n;
	d->op = arena_alloc(d->scratch, d->a.n + d->b.n + 1, 1);
	for (; edits > 0; edits--) {
		int32_t k = x - y;
		bool down = false;
		int32_t from = step(d->trace[edits - 1], edits, k, &down);
		for (; x > from; x--, y--) d->op[d->op_n++] = '=';
		d->op[d->op_n++] = down ? '+' : '-';
		if (down) y--;
		else x--;
	}
	for (; x > 0; x--) d->op[d->op_n++] = '=';
}

static Str span_of(const Units *u, size_t from, size_t to)
{
	if (from == to) return str_none();
	const char *end = u->v[to - 1].s.p + u->v[to - 1].s.n;
	return (Str){u->v[from].s.p, (size_t)(end - u->v[from].s.p)};
}

static void change_write(Buf *out, Str gone, Str come)
{
	if (gone.n) {
		markup_lit_write(out, "<del>");
		markup_text_write(out, gone);
		markup_lit_write(out, "</del>");
	}
	if (come.n) {
		markup_lit_write(out, "<ins>");
		markup_text_write(out, come);
		markup_lit_write(out, "</ins>");
	}
}

// A lone space between two changes belongs to both: "<del>big red</del>" reads better than two marks.
static bool joins(const Diff *d, size_t i, size_t x)
{
	bool amid = i && d->op[i - 1] != '=' && i + 1 < d->op_n && d->op[i + 1] != '=';
	return amid && d->a.v[x].s.n == 1 && d->a.v[x].s.p[0] == ' ';
}

static void script_write(const Diff *d, Buf *out)
{
	size_t x = 0, y = 0, x_from = 0, y_from = 0; // where the pending change began
	for (size_t i = d->op_n; i-- > 0;) {
		if (d->op[i] == '=' && !joins(d, i, x)) {
			change_write(out, span_of(&d->a, x_from, x), span_of(&d->b, y_from, y));
			markup_text_write(out, d->a.v[x].s);
			x_from = ++x;
			y_from = ++y;
			continue;
		}
		x += d->op[i] != '+';
		y += d->op[i] != '-';
	}
	change_write(out, span_of(&d->a, x_from, x), span_of(&d->b, y_from, y));
}

static void diff_write(Diff *d, Buf *out)
{
	int32_t edits = search(d);
	if (edits < 0) {
		change_write(out, span_of(&d->a, 0, d->a.n), span_of(&d->b, 0, d->b.n));
		return;
	}
	trace_back(d, edits);
	script_write(d, out);
}

Status text_diff(Ctx *cx, Str before, Str after, SafeHtml *ret_html)
{
	if (before.n > DIFF_MAX_BYTES || after.n > DIFF_MAX_BYTES)
		return fail(cx, ST_TOO_LARGE, "texts of %zu and %zu bytes to compare", before.n, after.n);
	AUTO(Arena) scratch = arena_new(ARENA_CAP_BYTES);
	Units a = units_of(scratch, before), b = units_of(scratch, after);
	size_t head = 0, tail = 0, shorter = size_min(a.n, b.n);
	while (head < shorter && unit_eq(&a.v[head], &b.v[head])) head++;
	while (tail < shorter - head && unit_eq(&a.v[a.n - 1 - tail], &b.v[b.n - 1 - tail])) tail++;

	Diff d = {.a = {a.v + head, a.n - head - tail}, .b = {b.v + head, b.n - head - tail}, .scratch = scratch};
	size_t most = (before.n + after.n) * 32 + 64; // six bytes for an escape, 22 for a pair of marks round one unit
	Buf out = buf_init(cx->arena, before.n + after.n / 2 + 64, most);
	markup_text_write(&out, span_of(&a, 0, head));
	diff_write(&d, &out);
	markup_text_write(&out, span_of(&a, a.n - tail, a.n));
	TRY(buf_status(cx, &out));
	*ret_html = (SafeHtml){buf_view(&out)};
	return ST_OK;
}
