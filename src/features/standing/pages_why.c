// SPDX-License-Identifier: AGPL-3.0-or-later
// Why somebody has their score: each fact, what it counts today, what was capped or taken back, and what would raise it.
#include "standing/advice.h"
#include "standing/pages.h"
#include "standing_html.h"

#include "web/i18n.h"

#include <stdlib.h>

#define LINES_SHOWN 20
#define RAISES_SHOWN 4
#define NOTE_MAX_BYTES 2000

static const FormField WHY_FORM[] = {LINE("area", 0, 100, "error.value"), LINE("f", 0, 10, "error.value"),
									 LINE("after", 0, 40, "error.value"), LINE("score", 0, 20, "error.value"),
									 FLAG("objected")};
static const FormField CARD_FORM[] = {TEXT("card", 0, 8192, "error.value")};
static const FormField OBJECT_FORM[] = {TEXT("note", 10, NOTE_MAX_BYTES, "error.objection")};

// What the page is made from.
typedef struct Making {
	Ctx *cx;
	const Req *req;
	WhyHeadRow head;
	Published rules;
	LastPass pass;
	Why why;
	bool scored;  // another score than the one members are ranked by is asked for
	bool insider; // the member, or who manages members: sees what the guard thinks of single facts
	Str area, after, filter, score;
	Str looked_in; // the area, or what is none where the reader may not know that there is this one
} Making;

static bool is_hidden(const Making *m, Str key)
{
	return key.n && (str_has_word(m->head.spaces_hidden, key) || str_has_word(m->head.tags_hidden, key));
}

static Str url_of(const Making *m, const char *filter, Id after)
{
	Buf b = buf_init(m->cx->arena, 96, 1024);
	buf_str(&b, S("/m/"));
	buf_url_encoded(&b, m->head.handle);
	buf_z(&b, "/why");
	char next = '?';
	if (m->scored) buf_format(&b, "%cscore=%.*s", next, STR(score_name(m->why.kind))), next = '&';
	if (m->area.n) buf_format(&b, "%carea=", next), buf_url_encoded(&b, m->area), next = '&';
	if (filter[0]) buf_format(&b, "%cf=%s", next, filter), next = '&';
	if (after) buf_format(&b, "%cafter=", next), buf_id(&b, after);
	if (filter[0] || after) buf_z(&b, "#facts");
	return buf_view(&b);
}

// --- what it is made of -------------------------------------------------------------------------------------------------------

// Shown whole, so that the column sums to the sum that is shown: each takes what the running sum grew by.
static int64_t shown_part(int64_t *running, int64_t exact)
{
	int64_t before = standing_shown(*running);
	*running += exact;
	return standing_shown(*running) - before;
}

static int by_counts(const void *a, const void *b)
{
	const WhyGroup *x = a, *y = b;
	if (x->counts != y->counts) return x->counts > y->counts ? -1 : 1;
	return (x->rule > y->rule) - (x->rule < y->rule);
}

static void fill_groups(Making *m, WhyView *v)
{
	Why *w = &m->why;
	Arena *a = m->cx->arena;
	int64_t earned = 0, after = 0, today = 0, most = RULE_UNIT;
	if (w->groups_n > 1) qsort(w->groups, w->groups_n, sizeof *w->groups, by_counts);
	for (size_t i = 0; i < w->groups_n; i++) most = i64_max(most, llabs(w->groups[i].counts));
	v->groups = (GroupViews){.v = ARENA_NEW(a, GroupView, w->groups_n), .n = w->groups_n};
	for (size_t i = 0; i < w->groups_n; i++) {
		const WhyGroup *g = &w->groups[i];
		const Rule *rule = &m->rules.rules->rules[g->rule];
		v->groups.v[i] = (GroupView){.id = rule->id,
									 .title = rule_title(a, rule),
									 .n = g->n,
									 .earned = amount_text(a, g->raw),
									 .after = amount_text(a, g->points),
									 .today = shown_part(&today, g->counts),
									 .exact = g->counts,
									 .share = i64_max(1, llabs(g->counts) * 100 / most),
									 .bad = g->counts < 0};
		v->sum_n += g->n, earned += g->raw, after += g->points;
	}
	const RepExplanation *parts = &w->parts;
	v->sum_earned = amount_text(a, earned);
	v->sum_after = amount_text(a, after);
	v->start = shown_part(&today, parts->start), v->start_exact = parts->start;
	v->burst_held = shown_part(&today, parts->burst_held), v->burst_exact = parts->burst_held;
	v->base_held = shown_part(&today, parts->base_held), v->base_exact = parts->base_held;
	v->held = shown_part(&today, parts->held), v->held_exact = parts->held;
	v->lifted = shown_part(&today, parts->lifted), v->lifted_exact = parts->lifted;
	v->sum_today = v->score = standing_shown(parts->total);
	v->exact = parts->total;
}

// --- the facts ----------------------------------------------------------------------------------------------------------------

static Str what_of(const Making *m, const WhyItem *item)
{
	static const struct {
		FactKind kind;
		const char *key;
	} SAID[] = {{FACT_POSTED, "standing.fact_posted"},     {FACT_ACCEPTED, "standing.fact_accepted"},
				{FACT_VOTED_UP, "standing.fact_voted_up"}, {FACT_VOTED_DOWN, "standing.fact_voted_down"},
				{FACT_WORKED, "standing.fact_worked"},     {FACT_TOPIC_POSTED, "standing.fact_topic_posted"},
				{FACT_EDITED, "standing.fact_edited"}};
	const RepFact *f = &m->why.log->facts[item->fact];
	for (size_t i = 0; i < COUNTOF(SAID); i++)
		if ((FactKind)f->kind == SAID[i].kind) return message_get_z(SAID[i].key);
	return item->rules_n ? rule_title(m->cx->arena, &m->rules.rules->rules[item->rules[0]])
						 : str_from(fact_kind_name((FactKind)f->kind));
}

static Str cap_line(const Making *m, int8_t cap)
{
	if (cap < 0) return str_none();
	return cap_text(m->cx->arena, &m->rules.rules->caps[cap]);
}

static LineView line_of(const Making *m, const WhyItem *item)
{
	const RepFact *f = &m->why.log->facts[item->fact];
	Arena *a = m->cx->arena;
	Str counts = item->back ? S("0") : points_text(a, item->counts, true);
	Str earned = points_text(a, item->cap >= 0 || item->pair > 1 ? item->raw : item->points, true);
	return (LineView){.what = what_of(m, item),
					  .points = counts,
					  .after = item->back || str_eq(counts, earned) ? str_none() : earned,
					  .exact = item->counts,
					  .cap = cap_line(m, item->cap),
					  .pair = item->pair > 1 ? ordinal(a, item->pair) : str_none(),
					  .unmatched = item->unmatched && m->insider,
					  .good = item->counts > 0 && f->kind == FACT_ACCEPTED,
					  .bad = item->counts < 0 || item->back,
					  .back = item->back,
					  .series = f->flags & REP_SERIES,
					  .repeats = f->flags & REP_DUPLICATE,
					  .at = f->at_ms};
}

static bool is_wanted(const Making *m, const WhyItem *item)
{
	if (str_eq(m->filter, S("capped"))) return item->cap >= 0;
	if (str_eq(m->filter, S("back"))) return item->back;
	return true;
}

static Id object_of(const Making *m, uint32_t fact)
{
	return idmap_key(&m->why.log->object_of, m->why.log->facts[fact].object);
}

// The titles of the lines that are shown, in one statement; what stands in a space that the reader may not see stays unnamed.
static Status fill_titles(const Making *m, const uint32_t *facts, LineView *lines, size_t n)
{
	Buf ids = buf_init(m->cx->arena, 256, 4096);
	WhyPostsRows rows;
	for (size_t i = 0; i < n; i++) buf_format(&ids, "%c%lld", i ? ',' : '[', (long long)object_of(m, facts[i]));
	buf_char(&ids, ']');
	if (!n) return ST_OK;
	TRY(why_posts(m->cx, m->req->db, &(WhyPostsArgs){.ids = buf_view(&ids)}, &rows));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows.n; k++) {
			if (rows.v[k].id != object_of(m, facts[i])) continue;
			if (rows.v[k].visibility > (int64_t)actor_clearance(m->cx)) continue;
			Buf url = buf_init(m->cx->arena, 24, 64);
			buf_str(&url, S("/p/"));
			buf_id(&url, rows.v[k].id);
			lines[i].url = buf_view(&url);
			lines[i].title = rows.v[k].title;
		}
	return ST_OK;
}

static Status fill_lines(Making *m, WhyView *v)
{
	const Why *w = &m->why;
	uint32_t shown[LINES_SHOWN] = {0};
	Id after = 0;
	bool begun = !m->after.n || !id_parse(m->after, &after);
	v->lines.v = ARENA_NEW(m->cx->arena, LineView, LINES_SHOWN);
	for (size_t i = 0; i < w->items_n && !v->older_url.n; i++) {
		const WhyItem *item = &w->items[i];
		bool here = begun && is_wanted(m, item);
		if (w->log->facts[item->fact].id == after) begun = true;
		if (!here) continue;
		if (v->lines.n == LINES_SHOWN) {
			v->older_url = url_of(m, v->filter, w->log->facts[shown[LINES_SHOWN - 1]].id);
			break;
		}
		shown[v->lines.n] = item->fact;
		v->lines.v[v->lines.n++] = line_of(m, item);
	}
	v->lines_n = (int64_t)w->items_n;
	v->capped_n = (int64_t)w->capped_n;
	v->back_n = (int64_t)w->back_n;
	v->all_url = url_of(m, "", 0);
	v->capped_url = url_of(m, "capped", 0);
	v->back_url = url_of(m, "back", 0);
	return fill_titles(m, shown, v->lines.v, v->lines.n);
}

// --- what would raise it ------------------------------------------------------------------------------------------------------

static void fill_advice(Making *m, WhyView *v)
{
	Arena *a = m->cx->arena;
	const Ruleset *rules = m->rules.rules;
	Advice advice;
	why_advice(rules, m->why.kind, &advice);
	v->raises = (RaiseViews){.v = ARENA_NEW(a, RaiseView, RAISES_SHOWN), .n = size_min(advice.n, RAISES_SHOWN)};
	for (size_t i = 0; i < v->raises.n; i++)
		v->raises.v[i] = (RaiseView){rule_title(a, advice.raises[i].rule),
									 points_text(a, advice.raises[i].worth, true)};
	v->many_people = advice.many_people;
	v->unpaid = (UnpaidViews){ARENA_NEW(a, const char *, UNPAID_N), 0};
	for (Unpaid u = 0; u < UNPAID_N; u++)
		if (advice.unpaid[u]) v->unpaid.v[v->unpaid.n++] = unpaid_key(u);
}

static Str need_number(Arena *a, const Need *need, int64_t n)
{
	return need->share ? str_format(a, "%.*s %%", STR(points_text(a, n * 100, false))) : points_text(a, n, false);
}

static void fill_needs(Making *m, Needs needs, WhyView *v)
{
	v->needs = (NeedViews){.v = ARENA_NEW(m->cx->arena, NeedView, needs.n), .n = needs.n};
	for (size_t i = 0; i < needs.n; i++) {
		const Need *n = &needs.v[i];
		bool filled = n->met || n->need <= 0;
		v->needs.v[i] = (NeedView){.text = n->text,
								   .have = need_number(m->cx->arena, n, n->have),
								   .need = need_number(m->cx->arena, n, n->need),
								   .met = n->met,
								   .counted = n->counted && n->least,
								   .share = filled ? 100 : i64_max(0, i64_min(100, n->have * 100 / n->need))};
	}
}

static void fill_badges(Making *m, const int64_t *vars, WhyView *v)
{
	const Ruleset *rules = m->rules.rules;
	v->badges.v = ARENA_NEW(m->cx->arena, BadgeLine, rules->badges_n);
	for (size_t i = 0; i < rules->badges_n; i++)
		if (expr_true(rules->badges[i].when, vars) || str_has_word(m->head.badges, rules->badges[i].id))
			v->badges.v[v->badges.n++] = (BadgeLine){rules->badges[i].name, rules->badges[i].doc};
}

static Str gives_text(Arena *a, const Rank *rank)
{
	Buf b = buf_init(a, 128, 2048);
	rank_grants_write(&b, rank);
	return buf_view(&b);
}

// Ranks and badges are of the whole, so they are left out of the page of one area.
static Status fill_rank(Making *m, WhyView *v)
{
	const Ruleset *rules = m->rules.rules;
	int64_t vars[REP_MEMBER_VARS_MAX] = {0};
	size_t rank = (size_t)i64_max(0, i64_min(m->head.rank, (int64_t)rules->ranks_n));
	if (m->area.n || !m->why.member) return ST_OK;
	rep_member_vars(rules, &m->why.log->members[m->why.member], &m->why.score, m->pass.community, m->why.day, vars);
	fill_badges(m, vars, v);
	if (rank) {
		v->rank = rules->ranks[rank - 1].name;
		v->gives = gives_text(m->cx->arena, &rules->ranks[rank - 1]);
	}
	if (rank == rules->ranks_n) return ST_OK;
	Needs needs;
	v->next_rank = rules->ranks[rank].name;
	v->next_doc = rules->ranks[rank].doc;
	v->next_gives = gives_text(m->cx->arena, &rules->ranks[rank]);
	TRY(rules_needs(m->cx, rules, rules->ranks[rank].when, vars, &needs));
	fill_needs(m, needs, v);
	return ST_OK;
}

// A cap of its own is called as it calls itself; one that stands in a rule, as the rule.
static Str cap_title(const Making *m, size_t cap)
{
	const Ruleset *rules = m->rules.rules;
	if (rules->caps[cap].title.n) return rules->caps[cap].title;
	for (size_t i = 0; i < rules->rules_n; i++) // the second in a rule is called "asked-2"
		for (size_t k = 0; k < rules->rules[i].caps_n; k++)
			if (rules->rules[i].caps[k] == cap && str_starts(rules->caps[cap].name, rules->rules[i].id))
				return rule_title(m->cx->arena, &rules->rules[i]);
	return title_of(m->cx->arena, rules->caps[cap].name);
}

static void fill_caps(Making *m, WhyView *v)
{
	const Ruleset *rules = m->rules.rules;
	bool used[CAPS_MAX] = {false};
	for (size_t i = 0; i < rules->rules_n; i++)
		for (size_t k = 0; k < rules->rules[i].caps_n; k++)
			used[rules->rules[i].caps[k]] |= rules->rules[i].score == m->why.kind;
	v->caps.v = ARENA_NEW(m->cx->arena, CapView, rules->caps_n);
	for (size_t i = 0; i < rules->caps_n; i++)
		if (used[i] && rules->caps[i].name.n)
			v->caps.v[v->caps.n++] = (CapView){cap_title(m, i), cap_text(m->cx->arena, &rules->caps[i])};
	v->clipped = standing_shown(m->why.clipped);
}

// --- the head -----------------------------------------------------------------------------------------------------------------

static int by_points(const void *a, const void *b)
{
	const AreaView *x = a, *y = b;
	if (x->points != y->points) return x->points > y->points ? -1 : 1;
	return str_cmp(x->key, y->key);
}

// Spaces and tags that the reader does not see are not named.
static Status fill_areas(Making *m, WhyView *v)
{
	Str rest = m->head.areas;
	MemberArea area;
	Str keys[WHY_AREAS_MAX];
	int64_t there[WHY_AREAS_MAX] = {0};
	v->areas.v = ARENA_NEW(m->cx->arena, AreaView, WHY_AREAS_MAX);
	while (!m->scored && v->areas.n < WHY_AREAS_MAX && members_area_next(&rest, &area)) {
		if (is_hidden(m, area.key)) continue;
		keys[v->areas.n] = area.key;
		v->areas.v[v->areas.n++] = (AreaView){.key = area.key,
											  .name = area.name,
											  .solved = area.solved,
											  .kept = area.kept,
											  .is_space = area.is_space,
											  .current = str_eq(area.key, m->area)};
	}
	TRY(why_scores_in(&m->why, keys, v->areas.n, there));
	for (size_t i = 0; i < v->areas.n; i++)
		v->areas.v[i].points = standing_shown(why_blend(m->why.everywhere, there[i]));
	if (v->areas.n > 1) qsort(v->areas.v, v->areas.n, sizeof *v->areas.v, by_points);
	return ST_OK;
}

// On the page of an area the solutions are those of the area, as the chip that leads there says.
static void kept_there(const Making *m, WhyView *v)
{
	const RepEvidence *e = &m->why.evidence;
	bool is_space = str_starts(m->looked_in, S(MEMBER_AREA_SPACE));
	Str name = is_space ? str_sub(m->looked_in, sizeof MEMBER_AREA_SPACE - 1, m->looked_in.n) : m->looked_in;
	for (size_t i = 0; i < e->areas_n; i++) {
		if (e->areas[i].is_space != is_space || !str_eq(e->areas[i].name, name)) continue;
		v->kept_in = name;
		v->solved_n = e->areas[i].solved;
		v->kept_n = e->areas[i].kept;
		v->taken_back_n = v->solved_n - v->kept_n;
		v->helped_n = 0; // of the whole
	}
}

static void fill_chance(Making *m, WhyView *v)
{
	const RepEvidence *e = &m->why.evidence;
	Chance chance;
	ChanceHistory own = {e->settled, e->settled_kept}, all = {m->head.settled_n, m->head.settled_accepted_n};
	v->answers_n = e->answers;
	v->settled_n = e->settled;
	v->solved_n = e->solved;
	v->kept_n = e->kept;
	v->taken_back_n = e->solved - e->kept;
	v->helped_n = e->helped;
	kept_there(m, v);
	v->chance_known = chance_of(&own, &all, &chance);
	if (!v->chance_known) return;
	v->likely = (chance.likely + 5) / 10;
	v->low = (chance.low + 5) / 10;
	v->high = (chance.high + 5) / 10;
	v->chance_x = chance.likely * 128 / 1000;
	v->low_x = chance.low * 128 / 1000;
	v->high_x = chance.high * 128 / 1000;
}

static Str filled(Arena *a, const char *key, size_t n, const MessageArg *args)
{
	Buf b = buf_init(a, 256, 4096);
	message_fill(&b, message_get_z(key), n, args);
	return buf_view(&b);
}

static Str area_name(Str key)
{
	return str_starts(key, S(MEMBER_AREA_SPACE)) ? str_sub(key, sizeof MEMBER_AREA_SPACE - 1, key.n) : key;
}

static void fill_head(Making *m, WhyView *v)
{
	Arena *a = m->cx->arena;
	const WhyHeadRow *h = &m->head;
	shell_init(m->cx, m->req, &v->shell);
	v->id = h->id;
	v->handle = h->handle;
	v->manager = actor_can(m->cx, RIGHT_MANAGE);
	v->initials = avatar_initials(a, h->handle);
	v->hue = avatar_hue(h->handle);
	v->staff = h->affiliation == AFFILIATION_EMPLOYEE;
	v->own = m->cx->actor->id == h->id;
	v->area = area_name(m->area);
	v->known = m->why.items_n > 0 || m->why.parts.start > 0;
	v->hidden = h->board_off;
	if (!m->scored && (!h->board_off || v->own))
		v->place = m->area.n ? str_none() : place_text(a, h->place, h->place_to, h->ranked_n);
	v->everywhere = standing_shown(m->why.everywhere);
	v->blend = standing_shown(why_blend(m->why.everywhere, m->why.parts.total));
	int64_t shown = m->area.n ? v->blend : standing_shown(m->why.parts.total);
	Buf score = buf_init(a, 32, 64);
	html_count_int(&score, shown);
	const MessageArg args[] = {{S("who"), h->handle},
							   {S("score"), buf_view(&score)},
							   {S("area"), v->area},
							   {S("of"), score_word(m->why.kind)}};
	const char *title = m->area.n ? "standing.title_area" : m->scored ? "standing.title_score" : "standing.title";
	v->score_title = score_title(m->why.kind);
	v->score_word = score_word(m->why.kind);
	v->other = m->scored;
	v->title = filled(a, title, 4, args);
	v->shell.title = v->title;
	v->shell.nav = "members";
	v->shell.noindex = true;
	v->lede = m->scored ? str_none() : m->rules.rules->doc; // which tells of the score that members are ranked by
	v->filter = str_eq(m->filter, S("capped")) ? "capped" : str_eq(m->filter, S("back")) ? "back" : "";
	Crumb *crumbs = ARENA_NEW(a, Crumb, 2);
	crumbs[0] = (Crumb){message_get(S("shell.members")), S("/members")};
	crumbs[1] = (Crumb){h->handle, str_format(a, "/m/%.*s", STR(h->handle))};
	v->crumbs = (Crumbs){crumbs, 2};
	v->version = m->rules.version;
	v->publisher = m->rules.publisher;
	v->note = m->rules.note;
	v->published_at = m->rules.at;
	v->pass_at = h->pass_at;
}

static ScoreKind score_asked(const Making *m)
{
	for (ScoreKind s = 0; m->score.n && s < SCORES_N; s++)
		if (str_eq(m->score, score_name(s))) return s;
	return m->rules.rules->board;
}

// The others that rules give something in; and how it stood when something last happened, if age has taken most of that.
static void fill_scores(Making *m, WhyView *v)
{
	const Ruleset *rules = m->rules.rules;
	const Why *w = &m->why;
	v->scores.v = ARENA_NEW(m->cx->arena, ScoreView, SCORES_N);
	for (ScoreKind s = 0; s < SCORES_N && w->member; s++) {
		bool any = w->score.score[s] != 0;
		for (size_t i = 0; i < rules->rules_n; i++) any |= rules->rules[i].score == s;
		if (any && !m->area.n)
			v->scores.v[v->scores.n++] = (ScoreView){score_name(s), score_title(s), standing_shown(w->score.score[s]),
													 s == w->kind};
	}
	if (!w->days_n || m->area.n) return;
	int32_t last = w->days[w->days_n - 1].day;
	int64_t then = why_score_at(w, last);
	v->faded = then >= RULE_UNIT && w->parts.total < then / 2;
	v->then = standing_shown(then);
	Buf day = buf_init(m->cx->arena, 32, 64);
	html_text_date(&day, (Time)last * TIME_DAY_MS);
	v->last_day = buf_view(&day);
	v->published = m->head.reputation;
}

static Status read_all(Making *m)
{
	bool found;
	Ctx *cx = m->cx;
	WhyHeadArgs args = {.handle_key = members_key(cx->arena, req_str(m->req, "handle")),
						.clearance = (int64_t)actor_clearance(cx),
						.area = m->area.p ? m->area : S("")};
	TRY(why_head(cx, m->req->db, &args, &m->head, &found));
	if (!found || m->head.deleted_at) return fail(cx, ST_NOT_FOUND, "no such member");
	TRY(standing_rules(cx, m->req->db, &m->rules));
	community_of(m->head.metrics, m->pass.community);
	m->looked_in = is_hidden(m, m->area) ? S(" ") : m->area;
	m->insider = cx->actor->id == m->head.id || actor_can(cx, RIGHT_MANAGE);
	ScoreKind kind = score_asked(m);
	m->scored = kind != m->rules.rules->board;
	if (m->scored) m->area = m->looked_in = str_none();
	return why_compute(cx, m->req->db,
					   &(WhyAsk){.member = m->head.id,
								 .area = m->looked_in,
								 .rules = &m->rules,
								 .kind = kind,
								 .profile = (GuardProfile)m->head.profile},
					   &m->why);
}

static Status why_page(Ctx *cx, const Req *req, Res *res)
{
	Making *m = ARENA_NEW(cx->arena, Making, 1);
	*m = (Making){.cx = cx, .req = req};
	WhyView *v = ARENA_NEW(cx->arena, WhyView, 1);
	if (req->route->page) {
		m->area = req_str(req, "area");
		m->after = req_str(req, "after");
		m->filter = req_str(req, "f");
		m->score = req_str(req, "score");
		v->objected = req_int(req, "objected") != 0;
	} else {
		v->note_text = req_str(req, "note");
		v->note_error = form_error(cx, "note");
	}
	TRY(read_all(m));
	fill_head(m, v);
	fill_scores(m, v);
	fill_groups(m, v);
	fill_chance(m, v);
	TRY(fill_areas(m, v));
	fill_advice(m, v);
	fill_caps(m, v);
	TRY(fill_rank(m, v));
	TRY(fill_lines(m, v));
	v->has_chart = m->why.parts.n > 0;
	if (v->has_chart) why_chart(cx->arena, &m->why, &v->chart);
	html_standing_why(&res->body, v);
	return ST_OK;
}

// --- objections ---------------------------------------------------------------------------------------------------------------

static Status object_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	WhyHeadRow head;
	bool found;
	WhyHeadArgs args = {.handle_key = members_key(cx->arena, req_str(req, "handle")),
						.clearance = (int64_t)actor_clearance(cx),
						.area = S("")};
	TRY(why_head(cx, tx_db(tx), &args, &head, &found));
	if (!found || head.deleted_at) return fail(cx, ST_NOT_FOUND, "no such member");
	ObjectionInsertArgs row = {.id = ctx_id(cx),
							   .member_id = head.id,
							   .by_id = cx->actor->id,
							   .note = req_str(req, "note"),
							   .at_ms = cx->now_ms};
	TRY(objection_insert(cx, tx, &row));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_OBJECTED,
							.actor_id = cx->actor->id,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = head.id,
							.target_id = head.id,
							.value = 1}));
	return res_redirect(res, str_format(cx->arena, "/m/%.*s/why?objected=1", STR(head.handle)));
}

static Status objections_page(Ctx *cx, const Req *req, Res *res)
{
	ObjectionsView v = {0};
	ObjectionListRows rows;
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("standing.objections"));
	v.shell.nav = "members";
	TRY(objection_list(cx, req->db, &rows));
	v.rows = (ObjectionRows){.v = ARENA_NEW(cx->arena, ObjectionRow, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v.rows.v[i] = (ObjectionRow){rows.v[i].id, rows.v[i].member, rows.v[i].by, rows.v[i].note, rows.v[i].at_ms};
	html_standing_objections(&res->body, &v);
	return ST_OK;
}

static Status close_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	int64_t n;
	TRY(objection_close(cx, tx, &(ObjectionCloseArgs){.id = req_id(req, "objection"), .closed_at = cx->now_ms}, &n));
	if (!n) return fail(cx, ST_NOT_FOUND, "no such objection");
	TRY(audit(cx, tx, S("objection"), req_id(req, "objection"), S("closed")));
	return res_redirect(res, S("/objections"));
}

// clang-format off
const Route standing_routes[] = {
	READ("/m/{handle}/why", RIGHT_READ, why_page, .form = FORM(WHY_FORM), .flags = ROUTE_CACHED | ROUTE_NOINDEX, .doc = "Why a member has their score, fact by fact"),
	WRITE("/m/{handle}/object", RIGHT_SIGNED_IN, NULL, object_action, .failed = why_page, .form = FORM(OBJECT_FORM),
		.limit = LIMIT_WRITE, .doc = "Object to a score"),
	READ("/reputation", RIGHT_READ, rules_page, .flags = ROUTE_CACHED, .doc = "How reputation works here"),
	READ("/reputation/card", RIGHT_READ, card_page, .form = FORM(CARD_FORM), .flags = ROUTE_NOINDEX, .doc = "Check a member's signed card"),
	READ("/members/{member:id}/card", RIGHT_READ, card_json, .flags = ROUTE_NOINDEX, .doc = "What is known of a member, signed"),
	READ("/me/data", RIGHT_SIGNED_IN, data_page, .doc = "What is known about you, and what it is used for"),
	READ("/objections", RIGHT_MANAGE, objections_page, .doc = "What members object to"),
	WRITE("/objections/{objection:id}/close", RIGHT_MANAGE, NULL, close_action, .doc = "Close an objection"),
};
// clang-format on
const size_t standing_routes_n = COUNTOF(standing_routes);
