// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows of a board as they are shown: numbers as text, intervals and courses as SVG paths, each number's address.
#include "boards/pages.h"

#include "web/chart.h"
#include "web/csv.h"
#include "web/i18n.h"

#include <stddef.h>

#define SPARK_W 96
#define SPARK_H 28
#define SPARK_PAD 2
#define SPARK ((ChartBox){SPARK_W, SPARK_H, SPARK_PAD})
#define BAR_W 128

static Str number(Arena *a, int64_t n)
{
	Buf b = buf_init(a, 24, 48);
	html_count_int(&b, n);
	return buf_view(&b);
}

static int64_t rounded(int64_t thousandths) { return (thousandths + (thousandths < 0 ? -500 : 500)) / 1000; }

// A value of the measure asked for.
static Str amount(Arena *a, BoardBy by, int64_t v)
{
	if (board_by_is_timed(by)) return hours_text(a, v);
	if (by == BOARD_BY_KEPT) return str_format(a, "%lld %%", (long long)((v + 5) / 10));
	return number(a, by == BOARD_BY_CREDIBILITY ? rounded(v) : v);
}

static Str words(Arena *a, const char *key, size_t n, const MessageArg *args)
{
	Buf b = buf_init(a, 64, 512);
	message_fill(&b, message_get_z(key), n, args);
	return buf_view(&b);
}

static Str ordinal(Arena *a, uint32_t n)
{
	uint32_t tens = n % 100 / 10, one = n % 10;
	const char *end = tens == 1 ? "th" : one == 1 ? "st" : one == 2 ? "nd" : one == 3 ? "rd" : "th";
	return str_format(a, "%u%s", n, end);
}

static Str share_text(Ctx *cx, const BoardRow *r)
{
	MessageArg args[] = {{S("kept"), number(cx->arena, r->kept)}, {S("of"), number(cx->arena, r->kept_of)}};
	return words(cx->arena, "boards.kept_of", 2, args);
}

// None for a number that nothing is behind.
static Str facts_url(Ctx *cx, const BoardQuestion *q, const BoardRow *r, BoardBy what, int64_t n)
{
	return n ? board_facts_url(cx->arena, q, r->id, what) : str_none();
}

static void range(Ctx *cx, BoardBy by, const BoardRow *r, int64_t most, RowView *v)
{
	v->ranged = r->main.known;
	if (!v->ranged || most <= 0) return;
	Str low = amount(cx->arena, by, r->main.low), high = amount(cx->arena, by, r->main.high);
	v->range_label = words(cx->arena, "boards.range_label", 2, (MessageArg[]){{S("low"), low}, {S("high"), high}});
	long long from = r->main.low * BAR_W / most, to = r->main.high * BAR_W / most, at = r->main.value * BAR_W / most;
	v->range_ci = str_format(cx->arena, "M%lld 8H%lld", from, to > from ? to : from + 1);
	v->range_pt = str_format(cx->arena, "M%lld 8h0", at);
}

static void spark(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, const BoardRow *r, RowView *v)
{
	int64_t most = 1;
	size_t n = a->sparks;
	for (size_t i = 0; i < n; i++) most = i64_max(most, i64_max(r->spark[i], a->before_known ? r->spark_before[i] : 0));
	if (n < 2) return;
	v->spark = chart_line(cx->arena, r->spark, n, most, SPARK);
	bool was = a->before_known &&
			   (r->before > 0 || !board_by_is_timed(q->by)); // what was not measured has no line at 0
	if (was) v->spark_was = chart_line(cx->arena, r->spark_before, n, most, SPARK);
	int64_t y = chart_y(r->spark[n - 1], most, SPARK);
	v->spark_end = str_format(cx->arena, "M%d %lldh0", SPARK_W, (long long)y);
	BoardBy by = q->by == BOARD_BY_KEPT ? BOARD_BY_ACCEPTED : q->by;
	Str first = amount(cx->arena, by, r->spark[0]), last = amount(cx->arena, by, r->spark[n - 1]);
	v->spark_label = words(cx->arena, "boards.spark_label", 2, (MessageArg[]){{S("first"), first}, {S("last"), last}});
}

static void change(Ctx *cx, const BoardQuestion *q, const BoardRow *r, RowView *v)
{
	v->fresh = r->before <= 0;
	if (v->fresh) return;
	v->place_before = ordinal(cx->arena, r->place_before);
	if (q->by == BOARD_BY_KEPT) return; // it was ordered by the lower end of an interval, which is no share to show
	v->before = amount(cx->arena, q->by, r->before);
	int64_t delta = r->main.value - r->before, half = delta < 0 ? -r->before : r->before;
	int64_t percent = (200 * delta + half) / (2 * r->before);
	const char *sign = percent > 0 ? "+" : percent < 0 ? "−" : "±";
	v->up = percent > 0;
	v->down = percent < 0;
	if (percent >= 1000) v->change = str_format(cx->arena, "%lld ×", (long long)((percent + 150) / 100));
	else v->change = str_format(cx->arena, "%s%lld %%", sign, (long long)(percent < 0 ? -percent : percent));
}

static Str sort_of(const BoardRow *r)
{
	if (r->affiliation == AFFILIATION_EMPLOYEE || r->role >= ROLE_MODERATOR) return MESSAGE("boards.employee");
	if (r->affiliation == AFFILIATION_PARTNER || r->affiliation == AFFILIATION_SUPPLIER)
		return MESSAGE("boards.partner");
	return r->role == ROLE_HELPER ? MESSAGE("boards.helper") : str_none();
}

static Str band_of(Ctx *cx, const BoardRow *r)
{
	if (!r->band_first || r->band_last) return str_none();
	MessageArg args[] = {{S("from"), number(cx->arena, r->band_from)}, {S("to"), number(cx->arena, r->band_to)}};
	return words(cx->arena, "boards.band", 2, args);
}

// --- the columns beside the measure asked for --------------------------------------------------------------------------------

#define IN(show) (1U << BOARD_SHOW_##show)
// clang-format off
typedef struct Column { BoardBy by; size_t at; unsigned in; } Column; // at: of a BoardRow; in: which choices, a bit each
static const Column COLUMNS[] = { // in the order of the table
	{BOARD_BY_CONTENT,     offsetof(BoardRow, content),        IN(USUAL) | IN(MADE)},
	{BOARD_BY_ACCEPTED,    offsetof(BoardRow, accepted),       IN(USUAL) | IN(MADE) | IN(JUDGED)},
	{BOARD_BY_KEPT,        offsetof(BoardRow, kept),           IN(USUAL) | IN(JUDGED)},
	{BOARD_BY_HELPED,      offsetof(BoardRow, helped),         IN(USUAL) | IN(MADE)},
	{BOARD_BY_KUDOS,       offsetof(BoardRow, kudos),          IN(USUAL) | IN(JUDGED)},
	{BOARD_BY_CREDIBILITY, offsetof(BoardRow, credit),         IN(JUDGED)},
	{BOARD_BY_TIME,        offsetof(BoardRow, with_customers), IN(USUAL) | IN(READ)},
	{BOARD_BY_WAS_READ,    offsetof(BoardRow, was_read),       IN(READ)},
	{BOARD_BY_READ,        offsetof(BoardRow, read),           IN(READ)},
	{BOARD_BY_WROTE,       offsetof(BoardRow, wrote),          IN(READ)},
};
// clang-format on

// What nobody has is a column only where time was asked for. The measure asked for has a column already.
static bool is_shown(const BoardQuestion *q, const BoardAnswer *a, const Column *c)
{
	BoardShow show = q->show == BOARD_SHOW_USUAL && board_by_is_timed(q->by) ? BOARD_SHOW_READ : q->show;
	bool measured = !board_by_is_timed(c->by) || (c->by == BOARD_BY_WAS_READ ? a->reads : a->times);
	return c->by != q->by && (show == BOARD_SHOW_ALL || c->in & 1U << show) && (measured || show == BOARD_SHOW_READ);
}

static Cell cell(Ctx *cx, const BoardQuestion *q, const BoardRow *r, const Column *c, const BoardView *v)
{
	int64_t n = *(const int64_t *)(const void *)((const char *)r + c->at);
	Cell out = {.column = board_by_key(c->by), .text = amount(cx->arena, c->by, n)};
	if (c->by == BOARD_BY_KEPT) out.text = share_text(cx, r);
	if (c->by == BOARD_BY_CREDIBILITY && !v->sealed.n) out.off = "boards.soon";
	else if (board_by_is_timed(c->by) && !n) out.off = "boards.not_measured";
	else out.url = facts_url(cx, q, r, c->by, n);
	return out;
}

// Of a row, or the headings: each leads to the board by it.
static BoardCells cells(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, const BoardRow *r, const BoardView *v)
{
	BoardCells out = {ARENA_NEW(cx->arena, Cell, COUNTOF(COLUMNS)), 0};
	for (const Column *c = COLUMNS; c < COLUMNS + COUNTOF(COLUMNS); c++)
		if (is_shown(q, a, c))
			out.v[out.n++] = r ? cell(cx, q, r, c, v) : (Cell){.column = board_by_key(c->by), .url = v->by_urls[c->by]};
	return out;
}

static RowView row_view(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, const BoardRow *r, int64_t most)
{
	Arena *ar = cx->arena;
	RowView v = {.handle = r->handle,
				 .initials = avatar_initials(ar, r->handle),
				 .hue = avatar_hue(r->handle),
				 .staff = r->affiliation == AFFILIATION_EMPLOYEE,
				 .sort = sort_of(r),
				 .band = band_of(cx, r),
				 .value = amount(ar, q->by, r->main.value),
				 .facts_url = facts_url(cx, q, r, q->by, 1)};
	v.place = r->place == r->place_to ? number(ar, r->place) : str_format(ar, "%u–%u", r->place, r->place_to);
	v.share = share_text(cx, r);
	range(cx, q->by, r, most, &v);
	if (a->compared) change(cx, q, r, &v);
	spark(cx, q, a, r, &v);
	return v;
}

void board_rows_fill(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, BoardView *v)
{
	int64_t most = q->by == BOARD_BY_KEPT ? 1000 : 1;
	for (size_t i = 0; i < a->n; i++) most = i64_max(most, a->v[i].main.high);
	v->rows = (RowViews){ARENA_NEW(cx->arena, RowView, a->n + 1), a->n};
	v->columns = cells(cx, q, a, NULL, v);
	for (size_t i = 0; i < a->n; i++) {
		v->rows.v[i] = row_view(cx, q, a, &a->v[i], most);
		v->rows.v[i].cells = cells(cx, q, a, &a->v[i], v);
	}
	v->wide = q->show == BOARD_SHOW_ALL;
	v->members = (int64_t)a->members;
	v->ranges = q->by != BOARD_BY_CREDIBILITY;
	v->is_share = q->by == BOARD_BY_KEPT;
	v->credits = q->by == BOARD_BY_CREDIBILITY || q->show == BOARD_SHOW_JUDGED || v->wide;
	v->timed = board_by_is_timed(q->by);
	v->is_read = q->by == BOARD_BY_WAS_READ;
	v->before_unknown = a->compared && !a->before_known;
	if (a->staff) v->staff = hours_text(cx->arena, a->staff);
	int32_t from = a->compared ? a->before.from : a->days.from;
	if (a->begins > from && a->begins < a->days.until)
		v->begins = board_days_words(cx->arena, (BoardDays){a->begins, a->begins + 1});
	if (!a->adds_up || !a->members) return;
	v->total = amount(cx->arena, q->by, a->total);
	if (a->compared && !v->before_unknown) v->total_before = amount(cx->arena, q->by, a->total_before);
}

// --- CSV (RFC 4180) ---------------------------------------------------------------------------------------------------------

#define CSV_COLUMNS 20

Status board_csv(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, Buf *b)
{
	buf_format(b,
			   "place,place_to,member,%s,low,high,before,place_before,content,kudos,accepted,accepted_by_staff,kept,"
			   "answers_to_others,people_helped,credibility_thousandths,seconds_reading,seconds_writing,seconds_with_"
			   "customers,seconds_read_by_others\r\n",
			   q->by == BOARD_BY_KEPT          ? "kept_thousandths"
			   : q->by == BOARD_BY_CREDIBILITY ? "credibility"
			   : board_by_is_timed(q->by)      ? "seconds"
											   : board_by_name(q->by));
	for (size_t i = 0; i < a->n; i++) {
		const BoardRow *r = &a->v[i];
		buf_format(b, "%u,%u,", r->place, r->place_to);
		csv_text(b, r->handle);
		buf_format(b, ",%lld,", (long long)r->main.value);
		if (r->main.known) buf_format(b, "%lld,%lld", (long long)r->main.low, (long long)r->main.high);
		else buf_char(b, ',');
		buf_char(b, ',');
		if (a->compared && r->before > 0) buf_format(b, "%lld,%u", (long long)r->before, r->place_before);
		else buf_char(b, ',');
		const int64_t rest[] = {r->content, r->kudos,   r->accepted, r->accepted_staff,
								r->kept,    r->kept_of, r->helped,   r->credit};
		for (size_t k = 0; k < COUNTOF(rest); k++) buf_format(b, ",%lld", (long long)rest[k]);
		const int64_t times[] = {r->read, r->wrote, r->with_customers, r->was_read}; // what was not measured is empty
		for (size_t k = 0; k < COUNTOF(times); k++) buf_format(b, times[k] ? ",%lld" : ",", (long long)times[k]);
		buf_str(b, S("\r\n"));
	}
	return buf_status(cx, b);
}

void board_csv_more(Buf *b, const BoardQuestion *q, Str query)
{
	buf_format(b, ",,\"more: /board.csv?%.*s&rows=%zu\"", STR(query), q->rows);
	for (int i = 0; i < CSV_COLUMNS - 3; i++) buf_char(b, ',');
	buf_str(b, S("\r\n"));
}
