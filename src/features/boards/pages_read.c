// SPDX-License-Identifier: AGPL-3.0-or-later
// /board/facts of time in which others read a member, by topic: of sealed days the rows that the cells name, else all.
#include "boards/pages.h"
#include "boards/source_impl.h"
#include "boards_html.h"
#include "members/members.h"

#include "web/i18n.h"

#include <stdlib.h>

#define ROWS_MAX 200
#define KEYS_MAX 5000 // rows of time to a page, but whole days; older ones are on the next
#define KEY_BYTES 48
#define TAIL_ROWS_MAX 200000

typedef struct Keys { // JSON: [[day,reader],…]
	Buf json;
	const Cells *cells;
	uint32_t member;
	int32_t day;
	size_t n;
} Keys;

static Status on_reader(void *arg, uint32_t member, uint32_t reader, int64_t seconds)
{
	Keys *k = arg;
	if (member != k->member || seconds <= 0 || !reader || reader > k->cells->shape.members_n) return ST_OK;
	buf_format(&k->json, "%s[%d,%lld]", k->n++ ? "," : "", k->day, (long long)k->cells->ids[reader - 1]);
	return ST_OK;
}

// Of sealed days, newest first, as long as there is room; `days` becomes those that are on the page.
static Status find_keys(Ctx *cx, const Cells *cells, Id member, BoardDays *days, Str *ret_keys)
{
	Keys k = {.json = buf_init(cx->arena, 4096, BOARD_ARENA_BYTES / 2), .cells = cells};
	int32_t day = days->until, sealed = 0;
	buf_char(&k.json, '[');
	if (cells) {
		k.member = cells_member(cells, member);
		sealed = (int32_t)cells->stamp[BOARD_STAMP_TIMES];
		if (day > sealed) day = sealed > days->from ? sealed : days->from;
	}
	for (; k.member && day > days->from && k.n < KEYS_MAX; day--) {
		k.day = day - 1;
		CellsWindow w = {.from = day - 1, .until = day, .metric = BOARD_WAS_READ, .days_only = true};
		TRY(cells_each(cells, &w, on_reader, &k));
	}
	if (k.member && day > days->from) days->from = day;
	buf_char(&k.json, ']');
	*ret_keys = buf_view(&k.json);
	return buf_status(cx, &k.json);
}

typedef struct Noted {
	Ctx *cx;
	AttentionReads reads;
	size_t rows;
} Noted;

static Status on_row(void *arg, const void *row)
{
	Noted *n = arg;
	const AttentionOfEachRow *r = row;
	if (n->rows++ == TAIL_ROWS_MAX)
		return fail(n->cx, ST_TOO_LARGE, "more than %d rows of time are not counted yet", TAIL_ROWS_MAX);
	return attention_reads_note(n->cx, &n->reads, (int32_t)r->day, r->member_id, r->areas);
}

typedef struct ReadSum {
	const AttentionReadTopic *topic;
	int64_t seconds, days;
	int32_t day;
} ReadSum;

typedef struct Sums {
	const AttentionReads *reads;
	ReadSum *v; // by number of the topic
	Str area;
	Id member;
} Sums;

static Status on_share(void *arg, const AttentionShare *s)
{
	Sums *sums = arg;
	if (s->author != sums->member || !attention_read_in(s->topic, sums->area)) return ST_OK;
	ReadSum *sum = &sums->v[s->of->topic];
	sum->topic = s->topic;
	sum->seconds += s->seconds;
	sum->days += !sum->days || sum->day != s->of->day; // rows come day by day
	sum->day = s->of->day;
	return ST_OK;
}

static int by_seconds(const void *a, const void *b)
{
	const ReadSum *x = a, *y = b;
	if (x->seconds != y->seconds) return x->seconds > y->seconds ? -1 : 1;
	return x->topic && y->topic ? (x->topic->id > y->topic->id) - (x->topic->id < y->topic->id) : 0;
}

typedef struct Found {
	ReadSum *v;
	size_t n;
} Found;

static Status find(Ctx *cx, Db *db, const BoardAsked *a, BoardDays *days, Found *ret)
{
	AUTO(Cells) cells = NULL;
	Str keys = {0};
	Noted noted = {.cx = cx, .reads = attention_reads_init(cx->arena)};
	board_cells_open(cx, &cells);
	TRY(find_keys(cx, cells, a->member, days, &keys));
	int64_t tail = cells ? i64_max(cells->stamp[BOARD_STAMP_TIMES], days->from) : days->from;
	AttentionOfEachArgs args = {.keys = keys, .tail = tail, .until = days->until};
	TRY(attention_of_each(cx, db, &args, on_row, &noted));
	TRY(attention_reads_load(cx, db, &noted.reads));
	size_t n = noted.reads.topics_n, at = 0;
	Sums sums = {.reads = &noted.reads, .area = a->q.area, .member = a->member};
	sums.v = arena_try_alloc(cx->arena, (n + 1) * sizeof *sums.v, _Alignof(ReadSum));
	if (!sums.v) return fail(cx, ST_TOO_LARGE, "the topics do not fit in memory");
	TRY(attention_reads_share(&noted.reads, &at, INT32_MAX, on_share, &sums));
	*ret = (Found){.v = sums.v};
	for (size_t i = 1; i <= n; i++)
		if (sums.v[i].seconds) ret->v[ret->n++] = sums.v[i];
	qsort(ret->v, ret->n, sizeof *ret->v, by_seconds);
	return ST_OK;
}

static void fill(Ctx *cx, const Found *found, ReadView *v)
{
	int64_t total = 0;
	size_t n = size_min(found->n, ROWS_MAX);
	v->rows = (ReadTopicViews){ARENA_NEW(cx->arena, ReadTopicView, n + 1), n};
	for (size_t i = 0; i < found->n; i++) {
		const ReadSum *s = &found->v[i];
		total += s->seconds;
		if (i >= n) continue;
		Buf url = buf_init(cx->arena, 32, 64);
		buf_str(&url, S("/t/"));
		buf_id(&url, s->topic->id);
		v->rows.v[i] = (ReadTopicView){.title = str_copy(cx->arena, s->topic->title),
									   .url = buf_view(&url),
									   .time = hours_text(cx->arena, s->seconds),
									   .days = s->days};
	}
	v->total = hours_text(cx->arena, total);
	v->topics = (int64_t)found->n;
	v->more_topics = found->n > n;
}

Status board_reads_page(Ctx *cx, const Req *req, Res *res, const BoardAsked *a)
{
	ReadView *v = ARENA_NEW(cx->arena, ReadView, 1);
	MemberGetRow m;
	Found found = {0};
	BoardDays days = a->days;
	if (a->before_at != INT64_MAX) days.until = (int32_t)i64_min(days.until, i64_max(0, a->before_at / TIME_DAY_MS));
	TRY(member_get(cx, req->db, &(MemberGetArgs){.id = a->member}, &m));
	AUTO(Arena) room = arena_new(BOARD_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = room;
	Status st = find(&own, req->db, a, &days, &found);
	cx->queries = own.queries;
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("boards.facts_title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	v->handle = m.handle;
	v->window = board_days_words(cx->arena, days);
	v->area = a->q.area;
	v->back_url = str_format(cx->arena, "/board?%.*s", STR(board_query(cx->arena, &a->q, BOARD_BY_N, 0)));
	fill(cx, &found, v);
	if (days.from > a->days.from)
		v->more_url = str_format(cx->arena, "%.*s&after=%lld.1",
								 STR(board_facts_url(cx->arena, &a->q, a->member, a->what)),
								 (long long)days.from * TIME_DAY_MS);
	html_boards_reads(&res->body, v);
	return ST_OK;
}
