// SPDX-License-Identifier: AGPL-3.0-or-later
// What people say is right: corrections, and decisions about spam, which are corrections too.
#include "insight/insight_impl.h"

#define LEARN_AFTER_MS TIME_SECOND_MS

static Status learn_soon(Ctx *cx, Tx *tx)
{
	InsightJobFindRow job;
	bool waiting;
	TRY(insight_job_find(cx, tx_db(tx), &(InsightJobFindArgs){.queue = S(INSIGHT_LEARN_QUEUE)}, &job, &waiting));
	return waiting ? ST_OK : job_enqueue(cx, tx, S(INSIGHT_LEARN_QUEUE), S("{}"), cx->now_ms + LEARN_AFTER_MS);
}

static Status place_of(Ctx *cx, Db *db, Id subject, InsightPlaceRow *ret)
{
	bool found;
	TRY(insight_place(cx, db, &(InsightPlaceArgs){.id = subject}, ret, &found));
	return found ? ST_OK : fail(cx, ST_NOT_FOUND, "no such post or comment");
}

static Status corrected_fact(Ctx *cx, Tx *tx, const InsightPlaceRow *p, InsightTask task, int64_t label, int64_t value)
{
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_TEXT_CORRECTED,
							   .actor_id = cx->actor ? cx->actor->id : 0,
							   .subject_type = p->comment ? SUBJECT_COMMENT : SUBJECT_POST,
							   .subject_id = p->id,
							   .space_id = p->space_id,
							   .value = value,
							   .data = str_format(cx->arena, "{\"task\":\"%s\",\"label\":\"%.*s\"}",
												  insight_task_name(task), STR(insight_label_name(task, label)))});
}

static bool label_fits(InsightTask task, int64_t label)
{
	int64_t most = task == TASK_SENTIMENT  ? SENTIMENT_N - 1
				   : task == TASK_LANGUAGE ? (int64_t)READING_LANGUAGES_MAX - 1
										   : 1;
	return label >= 0 && label <= most;
}

// The row says at once what the person said; what the engine thought first is kept.
static Status apply(Ctx *cx, Tx *tx, const InsightPlaceRow *p, InsightTask task, int64_t label)
{
	ReadingPut put = {.space_id = p->space_id,
					  .subject_id = p->id,
					  .created_at = p->created_at,
					  .comment = p->comment != 0,
					  .bits = insight_with_label(p->bits, task, label)};
	if (task == TASK_LANGUAGE) {
		put.lang_changed = true;
		if (label && !str_eq(reading_language_code((unsigned)label), PAGE_LANGUAGE))
			put.lang = reading_language_code((unsigned)label);
	}
	return p->bits_null ? ST_OK : insight_put(cx, tx, &put);
}

static Status correct(Ctx *cx, Tx *tx, const InsightPlaceRow *p, InsightTask task, int64_t label)
{
	TRY(correction_put(cx, tx,
					   &(CorrectionPutArgs){.id = ctx_id(cx),
											.subject_id = p->id,
											.comment = p->comment != 0,
											.task = task,
											.label = label,
											.was = insight_label_of(p->bits, task),
											.member_id = cx->actor ? cx->actor->id : 0,
											.at_ms = cx->now_ms}));
	TRY(apply(cx, tx, p, task, label));
	return learn_soon(cx, tx);
}

Status insight_correct(Ctx *cx, Tx *tx, Id subject, InsightTask task, int64_t label)
{
	InsightPlaceRow p;
	TRY(place_of(cx, tx_db(tx), subject, &p));
	if (!label_fits(task, label)) return fail(cx, ST_INVALID, "there is no such %s", insight_task_name(task));
	if (p.bits_null) return fail(cx, ST_CONFLICT, "this text was not read yet");
	TRY(correct(cx, tx, &p, task, label));
	return corrected_fact(cx, tx, &p, task, label, 1);
}

// Read again by the reader of facts, as if it had been edited.
static Status take_back(Ctx *cx, Tx *tx, Id subject, InsightTask task)
{
	int64_t n;
	InsightPlaceRow p;
	TRY(correction_delete(cx, tx, &(CorrectionDeleteArgs){.subject_id = subject, .task = task}, &n));
	if (!n) return ST_OK;
	TRY(place_of(cx, tx_db(tx), subject, &p));
	TRY(learn_soon(cx, tx));
	return corrected_fact(cx, tx, &p, task, insight_label_of(p.bits, task), 0);
}

Status insight_uncorrect(Ctx *cx, Tx *tx, Id correction)
{
	CorrectionGetRow c;
	TRY(correction_get(cx, tx_db(tx), &(CorrectionGetArgs){.id = correction}, &c));
	if (c.task < 0 || c.task >= TASK_N) return fail(cx, ST_NOT_FOUND, "no such correction");
	return take_back(cx, tx, c.subject_id, (InsightTask)c.task);
}

// --- spam -------------------------------------------------------------------------------------------------------------------

static Status hide(Ctx *cx, Tx *tx, const SuspectFindRow *s, bool hidden)
{
	return s->comment ? community_comment_delete(cx, tx, s->subject_id, hidden)
					  : community_delete(cx, tx, s->subject_id, hidden);
}

static Status spam_fact(Ctx *cx, Tx *tx, const InsightPlaceRow *p, FactKind kind)
{
	return fact_append(cx, tx,
					   &(Fact){.kind = kind,
							   .actor_id = cx->actor ? cx->actor->id : 0,
							   .subject_type = p->comment ? SUBJECT_COMMENT : SUBJECT_POST,
							   .subject_id = p->id,
							   .target_id = p->author_id,
							   .space_id = p->space_id,
							   .value = 1});
}

Status insight_spam_decide(Ctx *cx, Tx *tx, Id subject, SpamState state)
{
	static const InsightTask SPAM = TASK_INTENTS + INTENT_SPAM;
	SuspectFindRow s;
	InsightPlaceRow p;
	bool found;
	TRY(suspect_find(cx, tx_db(tx), &(SuspectFindArgs){.subject_id = subject}, &s, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "this is not among what may be spam");
	if (s.state == (int64_t)state) return ST_OK;
	if (s.state != SPAM_OPEN && state != SPAM_OPEN)
		return fail(cx, ST_CONFLICT, "somebody else has decided: take that back first");
	TRY(place_of(cx, tx_db(tx), subject, &p));
	if (p.bits_null) p.bits = reading_set_intent(0, INTENT_SPAM, s.p * 2 > READING_SPAM_ONE);
	TRY(suspect_decide(cx, tx,
					   &(SuspectDecideArgs){.subject_id = subject,
											.state = state,
											.decided_by = state != SPAM_OPEN && cx->actor ? cx->actor->id : 0,
											.decided_at = state != SPAM_OPEN ? cx->now_ms : 0}));
	if (state == SPAM_OPEN) {
		if (s.state == SPAM_HIDDEN) TRY(hide(cx, tx, &s, false));
		TRY(take_back(cx, tx, subject, SPAM));
		return spam_fact(cx, tx, &p, FACT_SPAM_UNDONE);
	}
	TRY(correct(cx, tx, &p, SPAM, state == SPAM_HIDDEN));
	if (state == SPAM_HIDDEN) TRY(hide(cx, tx, &s, true));
	return spam_fact(cx, tx, &p, state == SPAM_HIDDEN ? FACT_SPAM_HIDDEN : FACT_SPAM_CLEARED);
}
