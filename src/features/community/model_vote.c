// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model.h"

#define NOTE_MAX_BYTES 1000

static Status post_fact(Ctx *cx, Tx *tx, FactKind kind, const PostPlaceRow *post, Id actor_id, Time at)
{
	return fact_append(cx, tx,
					   &(Fact){.at_ms = at,
							   .kind = kind,
							   .actor_id = actor_id,
							   .subject_type = SUBJECT_POST,
							   .subject_id = post->id,
							   .target_id = post->author_id,
							   .space_id = post->space_id,
							   .value = 1});
}

static Status acts_for(Ctx *cx, Id member_id)
{
	if (!member_id) return fail(cx, ST_UNAUTHENTICATED, "guests cannot do this");
	if (cx->actor && cx->actor->id != member_id) return fail(cx, ST_FORBIDDEN, "nobody acts for somebody else");
	return ST_OK;
}

// Votes.

static Status vote_store(Ctx *cx, Tx *tx, const PostPlaceRow *post, int value, Id voter_id)
{
	if (value == 0) return vote_delete(cx, tx, &(VoteDeleteArgs){.post_id = post->id, .member_id = voter_id});
	return vote_put(cx, tx, &(VotePutArgs){.post_id = post->id, .member_id = voter_id, .value = value});
}

static Status score_add(Ctx *cx, Tx *tx, const PostPlaceRow *post, int64_t delta)
{
	TRY(post_add_score(cx, tx, &(PostAddScoreArgs){.id = post->id, .score = delta}));
	if (post->number == 0) TRY(topic_add_score(cx, tx, &(TopicAddScoreArgs){.id = post->topic_id, .score = delta}));
	if (!post->author_id) return ST_OK;
	return member_add_counts(cx, tx, &(MemberAddCountsArgs){.id = post->author_id, .kudos = delta});
}

// As many a day (UTC) as the voter's rank allows; one that was taken back was given all the same.
static Status votes_left(Ctx *cx, Db *db, Id voter_id)
{
	int64_t most = cx->actor ? cx->actor->grants.votes_a_day : 0;
	VoteCountSinceRow row;
	if (!most) return ST_OK;
	Time since = cx->now_ms - cx->now_ms % TIME_DAY_MS;
	TRY(vote_count_since(
		cx, db, &(VoteCountSinceArgs){.member = voter_id, .from_id = id_floor(since), .since = since, .limit = most},
		&row));
	if (row.n < most) return ST_OK;
	return fail(cx, ST_LIMITED, "Your rank gives %lld vote%s a day, and today's are used. Tomorrow there are new ones.",
				(long long)most, most == 1 ? "" : "s");
}

Status community_vote(Ctx *cx, Tx *tx, Id post_id, int value, Id voter_id, Time at_ms, int64_t *ret_score)
{
	if (value < -1 || value > 1) return fail(cx, ST_BAD_REQUEST, "a vote is -1, 0 or 1");
	TRY(acts_for(cx, voter_id));
	if (value) TRY(votes_left(cx, tx_db(tx), voter_id));
	PostPlaceRow post;
	TRY(post_live_get(cx, tx_db(tx), post_id, &post));
	if (post.author_id == voter_id) return fail(cx, ST_FORBIDDEN, "one's own posts cannot be voted on");
	VoteFindRow row = {0};
	bool found;
	TRY(vote_find(cx, tx_db(tx), &(VoteFindArgs){.post_id = post_id, .member_id = voter_id}, &row, &found));
	int64_t old = found ? row.value : 0, delta = value - old;
	Time at = at_or_now(cx, at_ms);
	if (delta) {
		TRY(vote_store(cx, tx, &post, value, voter_id));
		TRY(score_add(cx, tx, &post, delta));
		if (old) TRY(post_fact(cx, tx, old > 0 ? FACT_VOTED_UP_UNDONE : FACT_VOTED_DOWN_UNDONE, &post, voter_id, at));
		if (value) TRY(post_fact(cx, tx, value > 0 ? FACT_VOTED_UP : FACT_VOTED_DOWN, &post, voter_id, at));
	}
	*ret_score = post.score + delta;
	return ST_OK;
}

// Solutions.

Status solution_update(Ctx *cx, Tx *tx, const PostPlaceRow *post, bool accepted, Id actor_id, Time at)
{
	TRY(topic_set_solution(cx, tx,
						   &(TopicSetSolutionArgs){.id = post->topic_id, .solution_id = accepted ? post->id : 0}));
	if (post->author_id)
		TRY(member_add_counts(cx, tx, &(MemberAddCountsArgs){.id = post->author_id, .solutions = accepted ? 1 : -1}));
	return post_fact(cx, tx, accepted ? FACT_ACCEPTED : FACT_ACCEPTED_UNDONE, post, actor_id, at);
}

// Who may by rank alone marks what nobody has marked, and never an answer of their own.
static bool may_accept(const Ctx *cx, const PostPlaceRow *post, bool accepted)
{
	if (may(cx, RIGHT_CURATE) || is_actor(cx, post->topic_author_id)) return true;
	bool first = accepted && !post->solution_id && !is_actor(cx, post->author_id);
	return first && community_may(cx, RIGHT_MARK, post->tags, post->space_slug);
}

Status community_accept(Ctx *cx, Tx *tx, Id post_id, bool accepted, Id actor_id, Time at_ms)
{
	PostPlaceRow post, old;
	bool found = false;
	TRY(post_live_get(cx, tx_db(tx), post_id, &post));
	if (cx->actor) TRY(acts_for(cx, actor_id));
	if (!may_accept(cx, &post, accepted))
		return fail(cx, ST_FORBIDDEN, "only the asker or a helper accepts a solution");
	if (post.number == 0) return fail(cx, ST_CONFLICT, "a question is not its own solution");
	if ((post.solution_id == post.id) == accepted) return ST_OK;
	Time at = at_or_now(cx, at_ms);
	if (accepted && post.solution_id) {
		TRY(post_place(cx, tx_db(tx), &(PostPlaceArgs){.id = post.solution_id}, &old, &found));
		if (found) TRY(solution_update(cx, tx, &old, false, actor_id, at));
	}
	return solution_update(cx, tx, &post, accepted, actor_id, at);
}

// Marks.

static Status mark_store(Ctx *cx, Tx *tx, MarkKind kind, Id subject_id, bool on, Id member_id, Time at,
						 bool *ret_changed)
{
	int64_t changed = 0;
	if (on)
		TRY(mark_insert(cx, tx,
						&(MarkInsertArgs){.subject_id = subject_id, .kind = kind, .member_id = member_id, .at_ms = at},
						&changed));
	else
		TRY(mark_delete(cx, tx, &(MarkDeleteArgs){.subject_id = subject_id, .kind = kind, .member_id = member_id},
						&changed));
	*ret_changed = changed > 0;
	return ST_OK;
}

static Status mark_same(Ctx *cx, Tx *tx, Id topic_id, bool on, Id member_id, Time at)
{
	TopicPlaceRow topic;
	bool changed = false;
	TRY(topic_live_get(cx, tx_db(tx), topic_id, &topic));
	TRY(mark_store(cx, tx, MARK_SAME, topic_id, on, member_id, at, &changed));
	if (!changed) return ST_OK;
	TRY(topic_add_same(cx, tx, &(TopicAddSameArgs){.id = topic_id, .n = on ? 1 : -1}));
	return fact_append(cx, tx,
					   &(Fact){.at_ms = at,
							   .kind = on ? FACT_SAME_HERE : FACT_SAME_HERE_UNDONE,
							   .actor_id = member_id,
							   .subject_type = SUBJECT_TOPIC,
							   .subject_id = topic_id,
							   .target_id = topic.author_id,
							   .space_id = topic.space_id,
							   .value = 1});
}

static Status mark_worked(Ctx *cx, Tx *tx, Id post_id, bool on, Id member_id, Time at)
{
	PostPlaceRow post;
	bool changed = false;
	TRY(post_live_get(cx, tx_db(tx), post_id, &post));
	if (post.author_id == member_id) return fail(cx, ST_FORBIDDEN, "one's own posts cannot be marked");
	TRY(mark_store(cx, tx, MARK_WORKED, post_id, on, member_id, at, &changed));
	return changed ? post_fact(cx, tx, on ? FACT_WORKED : FACT_WORKED_UNDONE, &post, member_id, at) : ST_OK;
}

Status community_mark(Ctx *cx, Tx *tx, MarkKind kind, Id subject_id, bool on, Id member_id, Time at_ms)
{
	TRY(acts_for(cx, member_id));
	Time at = at_or_now(cx, at_ms);
	return kind == MARK_SAME ? mark_same(cx, tx, subject_id, on, member_id, at)
							 : mark_worked(cx, tx, subject_id, on, member_id, at);
}

Status community_guest_mark(Ctx *cx, Tx *tx, Id topic_id, Str browser_hash, bool *ret_counted)
{
	TopicPlaceRow topic;
	int64_t changed = 0;
	if (!browser_hash.n) return fail(cx, ST_BAD_REQUEST, "the browser is not known");
	TRY(topic_live_get(cx, tx_db(tx), topic_id, &topic));
	TRY(guest_mark_insert(
		cx, tx, &(GuestMarkInsertArgs){.topic_id = topic_id, .browser_hash = browser_hash, .at_ms = cx->now_ms},
		&changed));
	if (changed) {
		TRY(topic_add_helped_guest(cx, tx, &(TopicAddHelpedGuestArgs){.id = topic_id}));
		TRY(fact_append(cx, tx,
						&(Fact){.kind = FACT_GUEST_SOLVED,
								.subject_type = SUBJECT_TOPIC,
								.subject_id = topic_id,
								.target_id = topic.author_id,
								.space_id = topic.space_id,
								.value = 1}));
	}
	*ret_counted = changed > 0;
	return ST_OK;
}

static Status report_put(Ctx *cx, Tx *tx, const ReportInsertArgs *of, Str note, bool *ret_new)
{
	int64_t inserted;
	ReportInsertArgs report = *of;
	note = utf8_valid(note) ? utf8_cut(str_trim(note), NOTE_MAX_BYTES) : str_none();
	report.id = ctx_id(cx);
	report.reporter_id = cx->actor ? cx->actor->id : 0;
	report.note = note.n ? note : str_none();
	report.at_ms = cx->now_ms;
	TRY(report_insert(cx, tx, &report, &inserted));
	*ret_new = inserted > 0;
	return ST_OK;
}

Status community_report(Ctx *cx, Tx *tx, Id post_id, ReportWhy why, Str note, bool *ret_new)
{
	if (why < REPORT_UNSAFE || why > REPORT_UNKIND) return fail(cx, ST_BAD_REQUEST, "no such reason");
	PostPlaceRow post;
	TRY(post_live_get(cx, tx_db(tx), post_id, &post));
	ReportInsertArgs of = {.subject_type = SUBJECT_POST, .subject_id = post_id, .why = why};
	TRY(report_put(cx, tx, &of, note, ret_new));
	if (!*ret_new) return ST_OK;
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_REPORTED,
							   .actor_id = cx->actor ? cx->actor->id : 0,
							   .subject_type = SUBJECT_POST,
							   .subject_id = post_id,
							   .target_id = post.author_id,
							   .space_id = post.space_id,
							   .value = why});
}

Status community_report_profile(Ctx *cx, Tx *tx, Id member_id, Str note, bool *ret_new)
{
	return report_put(cx, tx, &(ReportInsertArgs){.subject_type = SUBJECT_MEMBER, .subject_id = member_id}, note,
					  ret_new);
}
