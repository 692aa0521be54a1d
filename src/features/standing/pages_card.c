// SPDX-License-Identifier: AGPL-3.0-or-later
// The signed card of a member, the page that checks one, and what is known about whoever is signed in.
#include "standing/card.h"
#include "standing/pages.h"
#include "standing_html.h"

#include "base/json.h"
#include "web/i18n.h"
#include "web/mark.h"

#include <jansson.h>

#define PAYLOAD_BYTES ((size_t)4096)

// Without the spaces and tags that not everybody sees.
static void write_areas(Json *j, Str areas, const IdMap *hidden)
{
	MemberArea area;
	json_key(j, "areas");
	json_arr(j);
	while (members_area_next(&areas, &area)) {
		if (area_hidden(hidden, area.key)) continue;
		json_obj(j);
		json_key(j, area.is_space ? "space" : "tag"), json_str(j, area.name);
		json_key(j, "solutions"), json_int(j, area.solved);
		json_key(j, "kept"), json_int(j, area.kept);
		json_end(j);
	}
	json_end(j);
}

static void write_payload(Ctx *cx, const CardFindRow *m, const IdMap *hidden, Json *j)
{
	json_obj(j);
	json_key(j, "site"), json_str(j, cx->site->url.n ? cx->site->url : cx->site->name);
	json_key(j, "member"), json_id(j, m->id);
	json_key(j, "handle"), json_str(j, m->handle);
	json_key(j, "rank"), json_str(j, m->rank_name);
	json_key(j, "credibility"), json_int(j, standing_shown(m->credibility));
	json_key(j, "contribution"), json_int(j, standing_shown(m->contribution));
	json_key(j, "answers"), json_int(j, m->given_n);
	json_key(j, "solutions"), json_int(j, m->solved_all_n);
	json_key(j, "kept"), json_int(j, m->kept_all_n);
	json_key(j, "people_helped"), json_int(j, m->helped_n);
	if (m->board_place && !m->board_off) {
		json_key(j, "place"), json_int(j, m->board_place);
		json_key(j, "place_to"), json_int(j, m->board_place_to);
		json_key(j, "of"), json_int(j, m->ranked_n);
	}
	write_areas(j, m->areas, hidden);
	json_key(j, "rules_version"), json_int(j, m->version);
	json_key(j, "rules"), json_str(j, m->hash);
	json_key(j, "as_of"), json_time(j, (Time)m->day * TIME_DAY_MS);
	json_key(j, "issued"), json_time(j, cx->now_ms);
	json_key(j, "expires"), json_time(j, cx->now_ms + CARD_LIFE_MS);
	json_end(j);
}

Status card_json(Ctx *cx, const Req *req, Res *res)
{
	CardFindRow m;
	bool found;
	TRY(card_find(cx, req->db, &(CardFindArgs){.id = req_id(req, "member")}, &m, &found));
	if (!found || m.deleted_at) return fail(cx, ST_NOT_FOUND, "no such member");
	Buf b = buf_init(cx->arena, 1024, PAYLOAD_BYTES);
	Json j = json_init(&b);
	IdMap hidden;
	TRY(areas_hidden(cx, req->db, m.areas, VISIBLE_PUBLIC, &hidden));
	write_payload(cx, &m, &hidden, &j);
	TRY(buf_status(cx, &b));
	Str card;
	TRY(card_sign(cx, buf_view(&b), &card));
	buf_str(&res->body, card);
	res->content_type = S("application/json");
	return ST_OK;
}

// A value of the payload as a text; none if there is none.
static Str said(Arena *a, const json_t *payload, const char *key)
{
	const json_t *v = json_object_get(payload, key);
	if (json_is_integer(v)) return str_format(a, "%lld", (long long)json_integer_value(v));
	return json_is_string(v) ? str_copy(a, (Str){json_string_value(v), json_string_length(v)}) : str_none();
}

static int64_t counted(const json_t *payload, const char *key) // 0: not there
{
	return json_integer_value(json_object_get(payload, key));
}

static void say(Arena *a, CardView *v)
{
	json_t *p = json_loadb(v->payload.p, v->payload.n, 0, NULL);
	int64_t place = counted(p, "place"), to = counted(p, "place_to"), of = counted(p, "of");
	v->handle = said(a, p, "handle");
	v->site = said(a, p, "site");
	v->rank = said(a, p, "rank");
	v->credibility = said(a, p, "credibility");
	v->kept = said(a, p, "kept");
	v->solutions = said(a, p, "solutions");
	v->helped = said(a, p, "people_helped");
	if (place > 0 && to > 0 && of > 0) v->place = place_text(a, place, to, of);
	if (!time_parse_iso(said(a, p, "as_of"), &v->as_of) || !time_parse_iso(said(a, p, "expires"), &v->expires))
		v->handle = str_none();
	json_decref(p);
}

Status card_page(Ctx *cx, const Req *req, Res *res)
{
	static const char *const SAID[] = {"standing.card_good", "standing.card_expired", "standing.card_unreadable",
									   "standing.card_other_key", "standing.card_false"};
	CardView v = {.text = req_str(req, "card")};
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("standing.card"));
	v.shell.nav = "members";
	TRY(card_key(cx, &v.key));
	if (v.text.n) {
		CardVerdict verdict;
		TRY(card_verify(cx, v.text, &verdict, &v.payload));
		v.verdict_key = SAID[verdict];
		v.good = verdict == CARD_GOOD;
		if (verdict != CARD_GOOD && verdict != CARD_EXPIRED) v.payload = str_none();
		else say(cx->arena, &v);
	}
	html_standing_card(&res->body, &v);
	return ST_OK;
}

// --- what is known about me ---------------------------------------------------------------------------------------------------

// As people say it; a kind that has no words yet by its name.
static Str kind_words(Arena *a, int64_t kind)
{
	Str name = str_from(fact_kind_name((FactKind)kind)), key = str_format(a, "kind.%.*s", STR(name));
	Str text = message_get(key);
	return str_eq(text, key) ? title_of(a, name) : text;
}

static Status fill_facts(Ctx *cx, Db *db, DataView *v)
{
	MyFactsRows rows;
	TRY(my_facts(cx, db, &(MyFactsArgs){.member = cx->actor->id}, &rows));
	v->facts = (DataFacts){.v = ARENA_NEW(cx->arena, DataFact, rows.n)};
	for (size_t i = 0; i < rows.n; i++) {
		if (!fact_kind_name((FactKind)rows.v[i].kind)) continue;
		Str what = kind_words(cx->arena, rows.v[i].kind);
		size_t k = 0;
		while (k < v->facts.n && !str_eq(v->facts.v[k].what, what)) k++;
		if (k == v->facts.n) v->facts.v[v->facts.n++] = (DataFact){.what = what};
		if (rows.v[i].mine) v->facts.v[k].mine += rows.v[i].n;
		else v->facts.v[k].of_me += rows.v[i].n;
	}
	return ST_OK;
}

static const char *timed_state(const AttentionMine *m)
{
	if (m->consent == CONSENT_OFF) return "standing.timed_off";
	if (m->staff_off) return "standing.timed_staff_not";
	if (m->timed) return m->staff ? "standing.timed_staff" : "standing.timed_yes";
	return m->choice == AGREED_NO ? "standing.timed_no" : "standing.timed_ask";
}

static Status fill_timed(Ctx *cx, const Req *req, TimedView *v)
{
	static const char *const WHO[SIDES] = {"standing.timed_customers", "standing.timed_employees",
										   "standing.timed_partners", "standing.timed_own"};
	AttentionMine m;
	TRY(attention_mine_get(cx, req->db, &m));
	v->state = timed_state(&m);
	v->kept_days = ATTENTION_KEPT_DAYS;
	v->topics = setting_flag(cx->site, &ATTENTION_TOPICS);
	v->any = m.days > 0;
	v->since_at = (Time)m.since * TIME_DAY_MS;
	v->refused = m.timed && mark_refused(req);
	bool asked = m.consent != CONSENT_OFF && !m.staff_off;
	v->may_yes = asked && m.choice != AGREED_YES && !m.timed;
	v->may_no = asked && m.choice != AGREED_NO;
	for (int i = 0; i < SIDES; i++)
		if (m.sums.read[i] || m.sums.wrote[i])
			v->with.v[v->with.n++] = (TimedWith){WHO[i], hours_text(cx->arena, m.sums.read[i]),
												 hours_text(cx->arena, m.sums.wrote[i])};
	return ST_OK;
}

Status data_page(Ctx *cx, const Req *req, Res *res)
{
	DataView v = {.id = cx->actor->id};
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("standing.data"));
	TRY(my_data_get(cx, req->db, &(MyDataGetArgs){.id = v.id}, &v.m));
	const char *side = affiliation_name((Affiliation)v.m.affiliation);
	v.side_key = str_z(cx->arena, str_format(cx->arena, "affiliation.%s", side));
	TRY(fill_facts(cx, req->db, &v));
	TRY(fill_timed(cx, req, &v.timed));
	html_standing_data(&res->body, &v);
	return ST_OK;
}
