// SPDX-License-Identifier: AGPL-3.0-or-later
// One member's slice from the tables, by the journal's two indexes; and the trust that the last pass found.
#include "reputation_impl.h"

typedef struct Load {
	Ctx *cx;
	RepLog *log;
} Load;

static Status trust_room(Ctx *cx, RepLog *log, uint32_t n)
{
	if (log->trust && n < log->trust_cap) return ST_OK;
	size_t more = size_max(size_max(log->trust_cap * 2, (size_t)n + 1), 64);
	void *p = arena_grow(log->arena, log->trust, log->trust_cap * sizeof *log->trust, more * sizeof *log->trust);
	if (!p) return fail(cx, ST_TOO_LARGE, "the trust does not fit in memory");
	log->trust = p;
	log->trust_cap = more;
	return ST_OK;
}

// A member as far as this row tells: the others' rows tell the rest.
static Status member(Load *l, const RepMember *m, bool told, uint32_t *ret_number)
{
	*ret_number = 0;
	if (!m->id) return ST_OK;
	TRY(rep_log_member(l->cx, l->log, m, ret_number));
	if (told) l->log->members[*ret_number] = *m;
	return trust_room(l->cx, l->log, *ret_number);
}

static RepMember of(Id id, int64_t role, int64_t affiliation, Time joined_at)
{
	return (RepMember){.id = id,
					   .joined_at = joined_at,
					   .role = (uint8_t)role,
					   .affiliation = (uint8_t)affiliation,
					   .staff = rep_is_staff(role, affiliation)};
}

// Two statements have these columns.
#define TRUST_OF(r)                                                                                                    \
	((RepMemberTrust){.seed = (r)->seed,                                                                               \
					  .since_at = (r)->since_at,                                                                       \
					  .since_id = (r)->since_id,                                                                       \
					  .met_at = (r)->met_at,                                                                           \
					  .met_id = (r)->met_id,                                                                           \
					  .met_by = (r)->met_by,                                                                           \
					  .many_at = (r)->many_at,                                                                         \
					  .many_id = (r)->many_id})

static Status people(Load *l, const RepSliceEachRow *r, RepFact *f)
{
	RepMember actor = of(r->actor_id, r->actor_role, r->actor_affiliation, r->actor_joined_at),
			  target = of(r->target_id, r->target_role, r->target_affiliation, r->target_joined_at);
	TRY(member(l, &actor, !r->actor_role_null, &f->actor));
	TRY(member(l, &target, !r->target_role_null, &f->subject));
	if (!f->actor || r->seed_null) return ST_OK;
	l->log->trust[f->actor] = TRUST_OF(r);
	return ST_OK;
}

// As on_fact of load.c has it: what the fact was done to, whose that is, and in which topic.
static Status place(Load *l, const RepSliceEachRow *r, RepFact *f)
{
	Id object = 0, owner = 0;
	if (r->subject_type == SUBJECT_POST && !r->number_null) {
		object = r->subject_id;
		owner = r->post_author_id;
		f->flags = rep_post_flags(r->number);
	} else if (r->subject_type == SUBJECT_COMMENT && r->topic_id) {
		object = r->subject_id;
		owner = r->comment_author_id;
		f->flags = REP_COMMENT;
	} else if (r->subject_type == SUBJECT_TOPIC && r->kind == FACT_TOPIC_POSTED && r->topic_id) {
		object = r->opening_id;
		owner = r->asker_id;
		f->flags = REP_QUESTION;
	}
	if (object) TRY(idmap_number(l->cx, &l->log->object_of, object, &f->object));
	TRY(member(l, &(RepMember){.id = owner}, false, &f->owner));
	if (!r->topic_id) return ST_OK;
	TRY(idmap_number(l->cx, &l->log->thread_of, r->topic_id, &f->thread));
	TRY(member(l, &(RepMember){.id = r->asker_id}, false, &f->asker));
	TRY(rep_log_areas(l->cx, l->log, r->tags, r->space, &f->areas));
	bool conduct = r->kind == FACT_DELETED || r->kind == FACT_MARKED_SPAM || r->kind == FACT_MODERATED;
	if (!conduct && (r->post_deleted_at || r->topic_deleted_at)) f->flags |= REP_GONE;
	return ST_OK;
}

static Status on_row(void *arg, const void *row)
{
	Load *l = arg;
	const RepSliceEachRow *r = row;
	RepFact f = {.at_ms = r->at_ms,
				 .id = r->id,
				 .kind = (uint8_t)r->kind,
				 .value = (int32_t)i64_max(i64_min(r->value, INT32_MAX), INT32_MIN)};
	TRY(people(l, r, &f));
	TRY(place(l, r, &f));
	if (r->repeated) f.flags |= REP_DUPLICATE;
	if (r->invalid) f.flags |= REP_SERIES;
	return rep_log_fact(l->cx, l->log, &f);
}

static Status on_vouched(void *arg, const void *row)
{
	const RepVouchedEachRow *r = row;
	Load *l = arg;
	uint32_t n;
	return idmap_number(l->cx, &l->log->vouched, r->fact_id, &n);
}

Status rep_log_load_slice(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log)
{
	Load l = {.cx = cx, .log = rep_log_new(cx->arena)};
	l.log->slice = l.log->first_known = true;
	TRY(trust_room(cx, l.log, 0));
	TRY(rep_slice_each(
		cx, db, &(RepSliceEachArgs){.member = scope->member_id, .until = scope->until ? scope->until : INT64_MAX},
		on_row, &l));
	if (scope->vouched)
		TRY(rep_vouched_each(cx, db, &(RepVouchedEachArgs){.member = scope->member_id}, on_vouched, &l));
	rep_log_seal(l.log);
	*ret_log = l.log;
	return ST_OK;
}

static Status on_trust(void *arg, const void *row)
{
	const RepTrustEachRow *r = row;
	Load *l = arg;
	uint32_t n = idmap_find(&l->log->member_of, r->member_id);
	if (n) l->log->trust[n] = TRUST_OF(r);
	return ST_OK;
}

Status rep_log_load_trust(Ctx *cx, Db *db, RepLog *log)
{
	Load l = {.cx = cx, .log = log};
	TRY(trust_room(cx, log, (uint32_t)log->members_n));
	TRY(rep_trust_each(cx, db, on_trust, &l));
	return rep_vouched_each(cx, db, &(RepVouchedEachArgs){.member = 0}, on_vouched, &l);
}
