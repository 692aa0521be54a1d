// SPDX-License-Identifier: AGPL-3.0-or-later
// One step: may it be taken from here, the row, the history, the fact, the audit list, the member's own columns.
#include "programme/programme.h"

#define SPACE_SLUG "superusers"

static unsigned one_of(ProgrammeState s) { return 1u << s; }

typedef struct Step {
	FactKind kind;
	unsigned from; // states that it may be taken from, a bit each
	ProgrammeState to;
	const char *audit; // NULL: a matter of the member's own
	Str note;
	int64_t value;
} Step;

static Status find(Ctx *cx, Db *db, Id member, ProgrammeFindRow *ret)
{
	bool found;
	*ret = (ProgrammeFindRow){.member_id = member};
	ProgrammeFindRow row;
	TRY(programme_find(cx, db, &(ProgrammeFindArgs){.member_id = member}, &row, &found));
	if (found) *ret = row;
	return ST_OK;
}

static Circle circle_of(int64_t state)
{
	switch ((ProgrammeState)state) {
	case PROGRAMME_INVITED: return CIRCLE_INVITED;
	case PROGRAMME_IN: return CIRCLE_IN;
	case PROGRAMME_RESTING: return CIRCLE_RESTING;
	case PROGRAMME_NONE:
	case PROGRAMME_PROPOSED:
	case PROGRAMME_DECLINED:
	case PROGRAMME_ENDED: break;
	}
	return CIRCLE_NONE;
}

static Status write_step(Ctx *cx, Tx *tx, const ProgrammeFindRow *row, const Step *step)
{
	Id by = cx->actor ? cx->actor->id : 0;
	TRY(programme_step_insert(cx, tx,
							  &(ProgrammeStepInsertArgs){.id = ctx_id(cx),
														 .member_id = row->member_id,
														 .kind = step->kind,
														 .at_ms = cx->now_ms,
														 .by_id = by,
														 .note = step->note.p ? step->note : S("")}));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = step->kind,
							.actor_id = by,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = row->member_id,
							.target_id = row->member_id,
							.value = step->value}));
	return step->audit ? audit(cx, tx, str_from(step->audit), row->member_id, row->area) : ST_OK;
}

static bool fits(const ProgrammeFindRow *row, const Step *step)
{
	return step->from & one_of((ProgrammeState)row->state);
}

static Status take(Ctx *cx, Tx *tx, ProgrammeFindRow *row, const Step *step)
{
	Circle before = circle_of(row->state), after = circle_of(step->to);
	row->state = step->to;
	row->changed_at = cx->now_ms;
	_Static_assert(sizeof(ProgrammePutArgs) == sizeof(ProgrammeFindRow), "a row is written as it is read");
	TRY(programme_put(cx, tx, (const ProgrammePutArgs *)(const void *)row));
	TRY(write_step(cx, tx, row, step));
	if (before == CIRCLE_NONE && after == CIRCLE_NONE) return ST_OK;
	return members_put_circle(
		cx, tx,
		&(MemberCircle){
			.id = row->member_id, .circle = after, .since = row->since, .area = after ? row->area : str_none()});
}

static Status begin(Ctx *cx, Tx *tx, Id member, const Step *step, ProgrammeFindRow *ret)
{
	ProgrammeWhoRow who;
	bool found;
	TRY(programme_who(cx, tx_db(tx), &(ProgrammeWhoArgs){.id = member}, &who, &found));
	if (!found || who.deleted_at) return fail(cx, ST_NOT_FOUND, "no such member");
	TRY(find(cx, tx_db(tx), member, ret));
	return fits(ret, step) ? ST_OK : fail(cx, ST_CONFLICT, "this step does not follow from where the member stands");
}

Str programme_area_of(Str areas, Str hidden)
{
	for (MemberArea area; members_area_next(&areas, &area);)
		if (!area.is_space && !str_has_word(hidden, area.name)) return area.name;
	return S("");
}

// --- terms and the space ----------------------------------------------------------------------------------------------------

Status programme_terms(Ctx *cx, Tx *tx, const ProgrammeTerms *terms)
{
	TermsNewestRow now = {0};
	bool found;
	Id by = cx->actor ? cx->actor->id : 0;
	TRY(terms_newest(cx, tx_db(tx), &now, &found));
	int64_t version = now.version + 1;
	TRY(terms_insert(cx, tx,
					 &(TermsInsertArgs){.version = version,
										.source = terms->text.source,
										.html = terms->text.html.s,
										.days = terms->days,
										.at_ms = cx->now_ms,
										.by_id = by}));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_PROGRAMME_TERMS,
							.actor_id = by,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = by,
							.value = version}));
	return audit(cx, tx, S("programme.terms"), 0, str_format(cx->arena, "version %lld", (long long)version));
}

Status programme_space_make(Ctx *cx, Tx *tx)
{
	ProgrammeSpaceRow row;
	bool found;
	Id id;
	TRY(programme_space(cx, tx_db(tx), &row, &found));
	if (found) return fail(cx, ST_CONFLICT, "the programme has a space");
	return community_space_create(cx, tx,
								  &(SpaceNew){.slug = S(SPACE_SLUG),
											  .title = S("Superusers"),
											  .description = S("For those who carry this community, and its staff."),
											  .position = 1000,
											  .kind = SPACE_DISCUSSION,
											  .persona = PERSONA_INTERNAL,
											  .style = STYLE_COLLABORATIVE,
											  .visibility = VISIBLE_CIRCLE},
								  &id);
}

// --- steps --------------------------------------------------------------------------------------------------------------------

static const unsigned OUTSIDE = 1u << PROGRAMME_NONE | 1u << PROGRAMME_DECLINED | 1u << PROGRAMME_ENDED;
static const unsigned INSIDE = 1u << PROGRAMME_IN | 1u << PROGRAMME_RESTING;

Status programme_propose(Ctx *cx, Tx *tx, Id member, Str area, Str why)
{
	ProgrammeFindRow row;
	Step step = {.kind = FACT_PROGRAMME_PROPOSED,
				 .from = OUTSIDE,
				 .to = PROGRAMME_PROPOSED,
				 .audit = cx->actor ? "programme.proposed" : NULL,
				 .note = why,
				 .value = 1};
	TRY(begin(cx, tx, member, &step, &row));
	row.area = area.p ? area : S("");
	row.why = why;
	return take(cx, tx, &row, &step);
}

Status programme_invite(Ctx *cx, Tx *tx, Id member, Str area, Str note)
{
	ProgrammeFindRow row;
	TermsNewestRow terms;
	bool found;
	Step step = {.kind = FACT_PROGRAMME_INVITED,
				 .from = OUTSIDE | 1u << PROGRAMME_PROPOSED,
				 .to = PROGRAMME_INVITED,
				 .audit = "programme.invited",
				 .note = note};
	TRY(begin(cx, tx, member, &step, &row));
	TRY(terms_newest(cx, tx_db(tx), &terms, &found));
	if (!found) return fail(cx, ST_CONFLICT, "there are no terms to invite to");
	if (!row.why.p) row.why = S("");
	row.area = area.p ? area : S("");
	row.terms = step.value = terms.version;
	row.until = row.rest_since = row.rest_until = 0;
	return take(cx, tx, &row, &step);
}

// Who is in already accepts terms that changed since; their term stays.
Status programme_accept(Ctx *cx, Tx *tx, Id member, int64_t version)
{
	ProgrammeFindRow row;
	TermsNewestRow terms;
	bool found;
	Step step = {.kind = FACT_PROGRAMME_ACCEPTED,
				 .from = 1u << PROGRAMME_INVITED | INSIDE,
				 .to = PROGRAMME_IN,
				 .value = version};
	TRY(begin(cx, tx, member, &step, &row));
	TRY(terms_newest(cx, tx_db(tx), &terms, &found));
	if (!found || terms.version != version) return fail(cx, ST_CONFLICT, "the terms changed meanwhile");
	if (row.state != PROGRAMME_INVITED) {
		if (row.terms == version) return fail(cx, ST_CONFLICT, "these terms are accepted already");
		step.to = (ProgrammeState)row.state;
	} else {
		row.since = cx->now_ms;
		row.until = cx->now_ms + terms.days * TIME_DAY_MS;
	}
	row.terms = version;
	return take(cx, tx, &row, &step);
}

Status programme_decline(Ctx *cx, Tx *tx, Id member, Str note)
{
	ProgrammeFindRow row;
	Step step = {
		.kind = FACT_PROGRAMME_DECLINED, .from = 1u << PROGRAMME_INVITED, .to = PROGRAMME_DECLINED, .note = note};
	TRY(begin(cx, tx, member, &step, &row));
	return take(cx, tx, &row, &step);
}

Status programme_renew(Ctx *cx, Tx *tx, Id member, Str note)
{
	ProgrammeFindRow row;
	TermsNewestRow terms;
	bool found;
	Step step = {.kind = FACT_PROGRAMME_RENEWED, .from = INSIDE, .audit = "programme.renewed", .note = note};
	TRY(begin(cx, tx, member, &step, &row));
	TRY(terms_newest(cx, tx_db(tx), &terms, &found));
	step.to = (ProgrammeState)row.state;
	step.value = terms.days;
	row.until = i64_max(row.until, cx->now_ms) + terms.days * TIME_DAY_MS;
	return take(cx, tx, &row, &step);
}

Status programme_thank(Ctx *cx, Tx *tx, Id member, Str note)
{
	ProgrammeFindRow row;
	Step step = {
		.kind = FACT_PROGRAMME_THANKED, .from = INSIDE, .audit = "programme.thanked", .note = note, .value = 1};
	TRY(begin(cx, tx, member, &step, &row));
	return write_step(cx, tx, &row, &step);
}

Status programme_rest(Ctx *cx, Tx *tx, Id member, int64_t days, Str note)
{
	ProgrammeFindRow row;
	bool own = cx->actor && cx->actor->id == member;
	Step step = {.kind = FACT_PROGRAMME_RESTED,
				 .from = 1u << PROGRAMME_IN,
				 .to = PROGRAMME_RESTING,
				 .audit = own ? NULL : "programme.rested",
				 .note = note,
				 .value = days};
	TRY(begin(cx, tx, member, &step, &row));
	row.rest_since = cx->now_ms;
	row.rest_until = cx->now_ms + days * TIME_DAY_MS;
	return take(cx, tx, &row, &step);
}

// The term waited: what was left of it is left.
Status programme_return(Ctx *cx, Tx *tx, Id member)
{
	ProgrammeFindRow row;
	Step step = {.kind = FACT_PROGRAMME_RETURNED, .from = 1u << PROGRAMME_RESTING, .to = PROGRAMME_IN};
	TRY(begin(cx, tx, member, &step, &row));
	row.until += cx->now_ms - row.rest_since;
	row.rest_since = row.rest_until = 0;
	return take(cx, tx, &row, &step);
}

Status programme_end(Ctx *cx, Tx *tx, Id member, Str note)
{
	ProgrammeFindRow row;
	bool own = cx->actor && cx->actor->id == member;
	Step step = {.kind = FACT_PROGRAMME_ENDED,
				 .from = INSIDE | 1u << PROGRAMME_PROPOSED | 1u << PROGRAMME_INVITED,
				 .to = PROGRAMME_ENDED,
				 .audit = own ? NULL : "programme.ended",
				 .note = note};
	TRY(begin(cx, tx, member, &step, &row));
	row.rest_since = row.rest_until = 0;
	return take(cx, tx, &row, &step);
}
