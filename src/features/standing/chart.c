// SPDX-License-Identifier: AGPL-3.0-or-later
// The curve of a score: what today's facts gave on earlier days, and what age leaves if nothing is added.
#include "web/chart.h"
#include "standing/pages.h"

#define WIDE 700
#define HIGH 160
#define TODAY_X 500
#define STEPS_BACK 20
#define STEPS_AHEAD 8
#define AHEAD 60
#define BACK_MOST 365
#define BACK_LEAST 30

typedef struct Curve {
	int64_t v[STEPS_BACK + STEPS_AHEAD + 1];
	int32_t day[STEPS_BACK + STEPS_AHEAD + 1];
	int64_t top;
} Curve;

static int64_t x_of(const Curve *c, size_t i)
{
	int64_t today = c->day[STEPS_BACK], day = c->day[i];
	if (i <= STEPS_BACK) return (day - c->day[0]) * TODAY_X / i64_max(1, today - c->day[0]);
	return TODAY_X + (day - today) * (WIDE - TODAY_X) / AHEAD;
}

static int64_t y_of(const Curve *c, size_t i) { return HIGH - i64_max(0, c->v[i]) * HIGH / (c->top * RULE_UNIT); }

static Str path(Arena *a, const Curve *c, size_t from, size_t to, bool area)
{
	Buf b = buf_init(a, 256, 2048);
	for (size_t i = from; i <= to; i++)
		buf_format(&b, "%c%lld %lld", i == from ? 'M' : 'L', (long long)x_of(c, i), (long long)y_of(c, i));
	if (area) buf_format(&b, "V%dH%lldZ", HIGH, (long long)x_of(c, from));
	return buf_view(&b);
}

static void table(Arena *a, const Curve *c, ChartView *v)
{
	static const size_t SHOWN[] = {0,
								   STEPS_BACK / 4,
								   STEPS_BACK / 2,
								   STEPS_BACK * 3 / 4,
								   STEPS_BACK,
								   STEPS_BACK + STEPS_AHEAD / 2,
								   STEPS_BACK + STEPS_AHEAD};
	v->points = (PointViews){.v = ARENA_NEW(a, PointView, COUNTOF(SHOWN)), .n = COUNTOF(SHOWN)};
	for (size_t i = 0; i < COUNTOF(SHOWN); i++) {
		v->points.v[i].when = day_text(a, c->day[SHOWN[i]]);
		v->points.v[i].points = standing_shown(c->v[SHOWN[i]]);
		v->points.v[i].ahead = SHOWN[i] > STEPS_BACK;
	}
}

void why_chart(Arena *a, const Why *w, ChartView *ret_view)
{
	Curve c = {0};
	int32_t first = w->parts.n ? w->parts.v[0].line.day : w->day;
	int32_t back = (int32_t)i64_max(BACK_LEAST, i64_min(BACK_MOST, w->day - first));
	int64_t most = 0;
	for (int i = 0; i <= STEPS_BACK + STEPS_AHEAD; i++) {
		c.day[i] = i <= STEPS_BACK ? w->day - back + back * i / STEPS_BACK
								   : w->day + AHEAD * (i - STEPS_BACK) / STEPS_AHEAD;
		c.v[i] = i == STEPS_BACK ? w->parts.total : why_score_at(w, c.day[i]);
		most = i64_max(most, c.v[i]);
	}
	c.top = chart_top(most / RULE_UNIT + 1);
	*ret_view = (ChartView){
		.line = path(a, &c, 0, STEPS_BACK, false),
		.area = path(a, &c, 0, STEPS_BACK, true),
		.next = path(a, &c, STEPS_BACK, STEPS_BACK + STEPS_AHEAD, false),
		.mark = str_format(a, "M%d 0V%d", TODAY_X, HIGH),
		.top = c.top,
		.middle = c.top / 2,
		.from = day_text(a, c.day[0]),
		.middle_label = day_text(a, c.day[STEPS_BACK / 2]),
		.to = day_text(a, c.day[STEPS_BACK + STEPS_AHEAD]),
		.now = standing_shown(w->parts.total),
		.in_month = standing_shown(why_score_at(w, w->day + 30)),
		.half_life = w->rules->rules->scores[w->kind].half_life_days,
	};
	int32_t half = (int32_t)i64_min(ret_view->half_life <= 45 ? ret_view->half_life * 2 : ret_view->half_life,
									(int64_t)AHEAD * 2);
	ret_view->half = standing_shown(why_score_at(w, w->day + half));
	ret_view->half_day = day_text(a, w->day + half);
	table(a, &c, ret_view);
}
