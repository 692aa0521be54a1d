// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth reputation explain: one member's score, fact by fact.
#include "app/verb_reputation.h"

#include "app/lines.h"

#define OUT_START_BYTES ((size_t)64 << 10)
#define OUT_MAX_BYTES ((size_t)512 << 20)

static void explain_row(Buf *b, const Opened *h, const RepReason *r)
{
	const RepFact *f = &h->log->facts[r->line.fact];
	time_format_iso(b, f->at_ms);
	buf_char(b, '\t');
	buf_id(b, f->id);
	buf_format(b, "\t%s\t%.*s\t", fact_kind_name((FactKind)f->kind), STR(h->rules->rules[r->line.rule].id));
	buf_points(b, r->line.raw);
	buf_char(b, '\t');
	if (r->line.pair) buf_int(b, r->line.pair);
	buf_char(b, '\t');
	if (r->line.cap >= 0) buf_str(b, h->rules->caps[r->line.cap].name);
	buf_char(b, '\t');
	buf_points(b, r->line.points);
	buf_z(b, r->line.bucket == BUCKET_BASE        ? "\tbase\t"
			 : r->line.bucket == BUCKET_UNTRUSTED ? "\tunmatched\t"
												  : "\ttrusted\t");
	buf_points(b, r->counts);
	buf_char(b, '\n');
}

static void explain_total(Buf *b, const char *what, int64_t points)
{
	buf_format(b, "\t\t\t%s\t\t\t\t\t\t", what);
	buf_points(b, points);
	buf_char(b, '\n');
}

// What is not of one fact, if it is anything.
static void explain_sum(Buf *b, const char *what, int64_t points)
{
	if (points) explain_total(b, what, points);
}

// By name, or by the member_id of the other tables.
static uint32_t member_named(const Opened *h, Str name)
{
	Id id;
	for (uint32_t m = 1; m <= h->log->members_n; m++)
		if (str_eq_nocase(h->names.handles[m], name)) return m;
	return id_parse(name, &id) ? idmap_find(&h->log->member_of, id) : 0;
}

static Status score_named(Ctx *cx, Str name, ScoreKind *ret_score)
{
	for (ScoreKind s = 0; s < SCORES_N; s++)
		if (str_eq(name, score_name(s))) return *ret_score = s, ST_OK;
	return fail(cx, ST_INVALID, "--score is one of " SCORES_LISTED(", ") ", not \"%.*s\"", STR(name));
}

// "#tag" or "/space", as boards have it; 0 if nothing is known of it.
static uint32_t area_named(const RepLog *log, Str name)
{
	bool is_space = str_starts(name, S("/"));
	Str word = is_space || str_starts(name, S("#")) ? str_sub(name, 1, name.n) : name;
	for (uint32_t a = 1; a <= log->areas_n; a++)
		if (log->areas[a].is_space == is_space && str_eq(log->areas[a].name, word)) return a;
	return 0;
}

// One member's score, a line for each fact; the last column sums to the score.
Status verb_reputation_explain(App *app)
{
	Ctx *cx = &app->cx;
	Opened h = {0};
	ScoreKind score = 0;
	if (!app->options.member.n) return fail(cx, ST_INVALID, "say whose score: --member HANDLE");
	if (app->options.score.p) TRY(score_named(cx, app->options.score, &score));
	TRY(history_open(app, &h));
	if (!app->options.score.p) score = h.rules->board;
	uint32_t member = member_named(&h, app->options.member);
	if (!member) return fail(cx, ST_NOT_FOUND, "nobody is called %.*s", STR(app->options.member));
	RepAsOf as_of = {.day = h.day}, everywhere = as_of;
	RepScores *scores;
	RepExplanation why, all;
	if (app->options.area.n && !(as_of.area = area_named(h.log, app->options.area)))
		return fail(cx, ST_NOT_FOUND, "nothing happened in %.*s", STR(app->options.area));
	TRY(rep_score(cx, h.log, h.rules, &as_of, &scores));
	TRY(rep_explain(cx, h.log, h.rules, &as_of, scores, member, score, &why));
	Buf b = buf_init(cx->arena, OUT_START_BYTES, OUT_MAX_BYTES);
	buf_z(&b, "at\tfact\tkind\trule\traw\tpair\tcap\tpoints\tcredit\tcounts\n");
	explain_sum(&b, "start", why.start);
	for (size_t i = 0; i < why.n; i++) explain_row(&b, &h, &why.v[i]);
	explain_sum(&b, "of a day far above the usual", why.burst_held);
	explain_sum(&b, "base above its bound", why.base_held);
	explain_sum(&b, "not matched by trusted credit", why.held);
	explain_sum(&b, "up to the floor", why.lifted);
	explain_total(&b, "score", why.total);
	if (as_of.area) {
		TRY(rep_explain(cx, h.log, h.rules, &everywhere, scores, member, score, &all));
		explain_total(&b, "score everywhere", all.total);
		explain_total(&b, "shown, half of each", (why.total + all.total) / 2);
	}
	return out_flush(cx, &b);
}
