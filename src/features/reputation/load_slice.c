// SPDX-License-Identifier: AGPL-3.0-or-later
// One member's slice from the tables: the facts by their pack and the journal's indexes, then what they were done to and by whom, of each once
// however many facts there are; and the trust that the last pass found.
#include "slice_load.h"

#include <string.h>

#define SLICE_EXPECTED 512 // things and people
#define CHANGED_MAX 10000  // with more, the things of the pack are of no use

typedef enum ThingKind { // of rep_thing_each; the smaller ones are subject types
	THING_SPACE = 5,
	THING_TRUST = 6,
	THING_VOTE_OUT = 7,
	THING_VOUCHED = 8,
} ThingKind;
#define ROW_CHANGED (-1) // of rep_slice_each, where a fact has its kind
#define ASKED_TRUST 0    // where the subject types begin with 1
#define THING_GONE 1
#define THING_REPEATED 2
#define PERSON_ROW 1 // what is asked of a person
#define PERSON_TRUST 2

static Status trust_room(Ctx *cx, RepLog *log, size_t n)
{
	if (log->trust && n < log->trust_cap) return ST_OK;
	size_t more = size_max(size_max(log->trust_cap * 2, n + 1), 64);
	void *p = arena_grow(log->arena, log->trust, log->trust_cap * sizeof *log->trust, more * sizeof *log->trust);
	if (!p) return fail(cx, ST_TOO_LARGE, "the trust does not fit in memory");
	log->trust = p;
	log->trust_cap = more;
	return ST_OK;
}

Status slice_number_of(SliceLoad *l, Id member, uint32_t *ret_number)
{
	*ret_number = member ? idmap_find(&l->log->member_of, member) : 0;
	return member && !*ret_number ? rep_log_member(l->cx, l->log, &(RepMember){.id = member}, ret_number) : ST_OK;
}

static Status ask(SliceLoad *l, int64_t what, Id id)
{
	size_t *n = &l->asked_n[what], *cap = &l->asked_cap[what];
	void *p = l->asked[what];
	TRY(rep_grow(l->cx, l->cx->arena, &p, cap, *n, sizeof(Id)));
	l->asked[what] = p;
	l->asked[what][(*n)++] = id;
	return ST_OK;
}

// A member's number; asks: PERSON_ bits.
static Status person(SliceLoad *l, Id id, uint8_t asks, uint32_t *ret_number)
{
	TRY(slice_number_of(l, id, ret_number));
	if (!*ret_number) return ST_OK;
	if (*ret_number >= l->people_cap) {
		size_t more = size_max(l->people_cap * 2, 256);
		l->people = arena_grow(l->cx->arena, l->people, l->people_cap, more);
		if (!l->people) return fail(l->cx, ST_TOO_LARGE, "the slice does not fit in memory");
		l->people_cap = more;
	}
	uint8_t *known = &l->people[*ret_number], news = asks & (uint8_t) ~*known;
	*known |= asks;
	if (news & PERSON_ROW) TRY(ask(l, SUBJECT_MEMBER, id));
	return news & PERSON_TRUST ? ask(l, ASKED_TRUST, id) : ST_OK;
}

// Does it give the member nothing, whatever it was done to? Who votes and who accepts concerns the author.
static bool is_idle(const SliceLoad *l, const RepSliceEachRow *r)
{
	unsigned credits = l->credits[r->kind];
	bool voted = r->kind >= FACT_VOTED_UP && r->kind <= FACT_VOTED_DOWN_UNDONE;
	if (r->actor_id != l->member) credits &= ~(1u << CREDIT_ACTOR);
	if (voted && r->target_id && r->target_id != l->member) credits &= ~(1u << CREDIT_SUBJECT | 1u << CREDIT_OWNER);
	return !credits;
}

static Status things_room(SliceLoad *l, size_t n)
{
	void *p = l->things;
	TRY(rep_grow(l->cx, l->cx->arena, &p, &l->things_cap, n, sizeof *l->things));
	l->things = p;
	return ST_OK;
}

static Status thing_of(SliceLoad *l, const RepSliceEachRow *r, uint32_t *ret_thing)
{
	TRY(idmap_number(l->cx, &l->thing_of, r->subject_id, ret_thing));
	TRY(things_room(l, *ret_thing));
	l->things[*ret_thing] = (Thing){.type = (uint8_t)r->subject_type};
	return ST_OK;
}

// Until it is known what the fact was done to, `object` is the number of that thing. judged: flags, if that is known.
static Status add_fact(SliceLoad *l, const RepSliceEachRow *r, unsigned judged)
{
	RepFact f = {.at_ms = r->at_ms,
				 .id = r->id,
				 .kind = (uint8_t)r->kind,
				 .flags = (uint16_t)judged,
				 .value = (int32_t)i64_max(i64_min(r->value, INT32_MAX), INT32_MIN)};
	if (r->kind < 0 || r->kind >= REP_KINDS_N || is_idle(l, r)) return ST_OK;
	uint8_t asks = l->asks[r->kind], trust = judged ? 0 : PERSON_TRUST;
	TRY(person(l, r->actor_id, trust | (asks & REP_ASKS_ACTOR ? PERSON_ROW : 0), &f.actor));
	TRY(person(l, r->target_id, asks & REP_ASKS_SUBJECT ? PERSON_ROW : 0, &f.subject));
	if (r->subject_type >= SUBJECT_TOPIC && r->subject_type <= SUBJECT_COMMENT) TRY(thing_of(l, r, &f.object));
	return rep_log_fact(l->cx, l->log, &f);
}

static Status on_packed(void *arg, const void *row)
{
	SliceLoad *l = arg;
	const RepSliceEachRow *r = row;
	size_t i = l->unpacked_n++;
	const unsigned by = i < l->judged_n ? (unsigned)l->judged[i / 4] >> i % 4 * 2 & 3 : 0;
	unsigned judged = i < l->judged_n ? REP_JUDGED | by * REP_BY_SEED : 0;
	return r->at_ms < l->until ? add_fact(l, r, judged) : ST_OK;
}

static Status on_row(void *arg, const void *row)
{
	const RepSliceEachRow *r = row;
	SliceLoad *l = arg;
	uint32_t n;
	l->changes_n += r->kind == ROW_CHANGED;
	if (r->kind == ROW_CHANGED) return idmap_number(l->cx, &l->changed, r->subject_id, &n);
	if (!r->pack.p) return add_fact(l, r, 0);
	if (l->anew) l->packed = str_copy(l->cx->arena, r->pack);
	else things_open(l, r->things);
	return rep_unpack(r->pack, l->member, on_packed, arg);
}

static void on_person(SliceLoad *l, const RepThingEachRow *r)
{
	uint32_t n = idmap_find(&l->log->member_of, r->id);
	l->log->members[n] = (RepMember){.id = r->id,
									 .joined_at = r->c,
									 .role = (uint8_t)r->a,
									 .affiliation = (uint8_t)r->b,
									 .staff = rep_is_staff(r->a, r->b),
									 .verified = r->d};
}

static void on_trust_of(SliceLoad *l, const RepThingEachRow *r)
{
	uint32_t n = idmap_find(&l->log->member_of, r->id);
	l->log->trust[n] = (RepMemberTrust){r->name.n > 0, r->a, r->b, r->c, r->d, r->e, r->f, r->g};
}

static Status on_space(SliceLoad *l, const RepThingEachRow *r)
{
	uint32_t n;
	TRY(idmap_number(l->cx, &l->space_of, r->id, &n));
	void *p = l->spaces;
	TRY(rep_grow(l->cx, l->cx->arena, &p, &l->spaces_cap, n, sizeof(Str)));
	l->spaces = p;
	l->spaces[n] = str_copy(l->cx->arena, r->name);
	return ST_OK;
}

// As on_fact of load.c has it: whose it is, and in which topic.
static Status on_written(SliceLoad *l, const RepThingEachRow *r)
{
	Thing *t = &l->things[idmap_find(&l->thing_of, r->id)];
	bool topic = r->kind == SUBJECT_TOPIC;
	*t = (Thing){.found = true, .gone = r->f & THING_GONE, .type = t->type, .space = r->e, .opening = r->g};
	t->flags = r->kind == SUBJECT_POST ? rep_post_flags(r->a) : r->kind == SUBJECT_COMMENT ? REP_COMMENT : REP_QUESTION;
	if (r->f & THING_REPEATED) t->flags |= REP_DUPLICATE;
	t->tags = str_copy(l->cx->arena, r->name);
	TRY(idmap_number(l->cx, &l->log->object_of, topic ? r->b : r->id, &t->object));
	TRY(slice_number_of(l, r->d, &t->asker));
	TRY(slice_number_of(l, topic ? r->d : r->b, &t->owner));
	return idmap_number(l->cx, &l->log->thread_of, r->c, &t->thread);
}

static Status on_thing(void *arg, const void *row)
{
	SliceLoad *l = arg;
	const RepThingEachRow *r = row;
	uint32_t n;
	switch (r->kind) {
	case SUBJECT_MEMBER: on_person(l, r); return ST_OK;
	case THING_TRUST: on_trust_of(l, r); return ST_OK;
	case THING_SPACE: return on_space(l, r);
	case THING_VOTE_OUT: return idmap_number(l->cx, &l->log->series, r->id, &n);
	case THING_VOUCHED: return idmap_number(l->cx, &l->log->vouched, r->id, &n);
	default: return on_written(l, r);
	}
}

static void place(const SliceLoad *l, RepFact *f)
{
	const Thing *t = &l->things[f->object];
	bool conduct = f->kind == FACT_DELETED || f->kind == FACT_MARKED_SPAM || f->kind == FACT_MODERATED;
	if (l->log->series.n && idmap_find(&l->log->series, f->id)) f->flags |= REP_SERIES;
	f->object = 0;
	if (!t->found) return;
	f->thread = t->thread;
	f->asker = t->asker;
	f->areas = t->areas;
	if (!conduct && t->gone) f->flags |= REP_GONE;
	// What is said of a topic as a piece of writing is said of its opening; that it is closed or gone, of all of it.
	if (t->type == SUBJECT_TOPIC && f->kind != FACT_TOPIC_POSTED) return;
	f->object = t->object;
	f->flags |= t->flags;
	rep_fact_owned(f, t->owner);
}

static Status slice_areas(SliceLoad *l, Thing *t)
{
	return rep_log_areas(l->cx, l->log, t->tags, l->spaces[idmap_find(&l->space_of, t->space)], &t->areas);
}

static Str json_of(const SliceLoad *l, int what) { return ids_json(l->cx->arena, l->asked[what], l->asked_n[what]); }

static Status ask_things(SliceLoad *l)
{
	for (uint32_t i = 1; i <= l->thing_of.n; i++)
		if (!l->things[i].found) TRY(ask(l, l->things[i].type, idmap_key(&l->thing_of, i)));
	return ST_OK;
}

static Status number_areas(SliceLoad *l)
{
	TRY(things_areas(l));
	for (size_t i = 1; i <= l->thing_of.n; i++) {
		Thing *t = &l->things[i];
		if (t->set) t->areas = l->sets[t->set].areas;
		else if (t->found) TRY(slice_areas(l, t));
	}
	return ST_OK;
}

static Status ask_all(SliceLoad *l, Db *db, const RepScope *scope)
{
	RepThingEachArgs args = {.posts = json_of(l, SUBJECT_POST),
							 .comments = json_of(l, SUBJECT_COMMENT),
							 .topics = json_of(l, SUBJECT_TOPIC),
							 .people = json_of(l, SUBJECT_MEMBER),
							 .judges = json_of(l, ASKED_TRUST),
							 .member = scope->member_id,
							 .vouched = scope->vouched ? scope->member_id : 0};
	TRY(trust_room(l->cx, l->log, l->log->members_n));
	return rep_thing_each(l->cx, db, &args, on_thing, l);
}

// Who asked is told by what the facts are about: who stands for voters that nobody knows, and of whom rules ask who they are.
static Status ask_askers(SliceLoad *l, Db *db, const RepScope *scope)
{
	const RepLog *log = l->log;
	uint32_t n;
	memset(l->asked_n, 0, sizeof l->asked_n);
	for (const RepFact *f = log->facts; f < log->facts + log->facts_n; f++) {
		bool judges = !f->actor && f->owner != f->asker && !(f->flags & REP_JUDGED);
		uint8_t asks = (judges ? PERSON_TRUST : 0) | (l->asks[f->kind] & REP_ASKS_ASKER ? PERSON_ROW : 0);
		if (asks) TRY(person(l, log->members[f->asker].id, asks, &n));
	}
	bool any = l->asked_n[ASKED_TRUST] || l->asked_n[SUBJECT_MEMBER];
	return any ? ask_all(l, db, scope) : trust_room(l->cx, l->log, log->members_n);
}

static Status look_up(SliceLoad *l, Db *db, const RepScope *scope)
{
	RepLog *log = l->log;
	log->object_of = idmap_init(l->cx->arena, l->thing_of.n);
	log->thread_of = idmap_init(l->cx->arena, l->thing_of.n);
	if (l->changes_n <= CHANGED_MAX) TRY(things_take(l));
	TRY(ask_things(l));
	TRY(ask_all(l, db, scope));
	TRY(number_areas(l));
	for (size_t i = 0; i < log->facts_n; i++) place(l, &log->facts[i]);
	return ask_askers(l, db, scope);
}

Status slice_load(SliceLoad *l, Db *db, const RepScope *scope)
{
	Arena *a = l->cx->arena;
	uint32_t self;
	l->log = rep_log_new(a);
	l->member = scope->member_id;
	l->until = scope->until ? scope->until : INT64_MAX;
	memset(l->credits, UINT8_MAX, sizeof l->credits);
	memset(l->asks, l->anew ? 0 : UINT8_MAX, sizeof l->asks);
	if (scope->rules) rep_credits(scope->rules, l->credits);
	if (scope->rules) rep_asks(scope->rules, l->asks);
	l->thing_of = idmap_init(a, SLICE_EXPECTED);
	l->log->member_of = idmap_init(a, SLICE_EXPECTED);
	l->space_of = idmap_init(a, 0);
	l->changed = idmap_init(a, 0);
	l->log->slice = l->log->first_known = true;
	TRY(things_room(l, 0));
	TRY(person(l, scope->member_id, PERSON_ROW, &self));
	RepSliceEachArgs args = {.member = l->member, .until = l->until, .most = CHANGED_MAX + 1};
	TRY(rep_slice_each(l->cx, db, &args, on_row, l));
	TRY(look_up(l, db, scope));
	rep_log_seal(l->log);
	return ST_OK;
}

Status rep_log_load_slice(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log)
{
	SliceLoad l = {.cx = cx};
	TRY(slice_load(&l, db, scope));
	*ret_log = l.log;
	return ST_OK;
}

static Status on_vouched(void *arg, const void *row)
{
	const RepVouchedEachRow *r = row;
	SliceLoad *l = arg;
	uint32_t n;
	return idmap_number(l->cx, &l->log->vouched, r->fact_id, &n);
}

static Status on_trust(void *arg, const void *row)
{
	const RepTrustEachRow *r = row;
	SliceLoad *l = arg;
	uint32_t n = idmap_find(&l->log->member_of, r->member_id);
	if (n)
		l->log->trust[n] = (RepMemberTrust){r->seed,   r->since_at, r->since_id, r->met_at,
											r->met_id, r->met_by,   r->many_at,  r->many_id};
	return ST_OK;
}

Status rep_log_load_trust(Ctx *cx, Db *db, RepLog *log)
{
	SliceLoad l = {.cx = cx, .log = log};
	TRY(trust_room(cx, log, log->members_n));
	TRY(rep_trust_each(cx, db, on_trust, &l));
	return rep_vouched_each(cx, db, on_vouched, &l);
}
