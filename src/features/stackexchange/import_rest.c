// SPDX-License-Identifier: AGPL-3.0-or-later
// Tags, comments, links between questions, votes. Whether they are new is told by the database (their origins are unique).
#include "stackexchange/import_impl.h"

#include "text/markdown.h"

// Why something of a post that is no row here is left out.
static SeOutcome without_post(const SePlace *place)
{
	return place && place->type != SE_QUESTION && place->type != SE_ANSWER ? SE_SKIPPED_WIKI : SE_SKIPPED_NO_POST;
}

static bool is_here(const SePlace *place) { return place && place->id; }

// Tags.

typedef struct TagRow {
	Id id;
	Str name;
} TagRow;

static Status tag_write(Ctx *cx, Tx *tx, UNUSED const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const TagRow *r = row;
	int64_t changed = 0;
	TRY(se_tag_insert(cx, tx, &(SeTagInsertArgs){.id = r->id, .name = r->name}, &changed));
	*ret_outcome = changed ? SE_IMPORTED : SE_UNCHANGED;
	return ST_OK;
}

Status se_on_tag(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SeTag *tag = &row->tag;
	if (tag->excerpt_post_id) {
		void *v;
		TRY(se_map_put(im->cx, &im->excerpts, tag->excerpt_post_id, &v));
		SeExcerpt *e = v;
		e->tag = str_copy(im->maps, tag->name);
	}
	TagRow *r = ARENA_NEW(se_arena(im), TagRow, 1);
	*r = (TagRow){.id = ctx_id(im->cx), .name = str_copy(se_arena(im), tag->name)};
	return se_add(im, SE_TAGS, tag_write, r);
}

// Comments.

typedef struct CommentRow {
	int64_t source, score;
	Id id, post_id, topic_id, space_id, author_id, post_author_id;
	Time created_at;
	Str author_name, html;
} CommentRow;

static Status comment_write(Ctx *cx, Tx *tx, const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const CommentRow *r = row;
	int64_t changed = 0;
	TRY(se_comment_insert(cx, tx,
						  &(SeCommentInsertArgs){.id = r->id,
												 .post_id = r->post_id,
												 .topic_id = r->topic_id,
												 .author_id = r->author_id,
												 .author_name = r->author_name,
												 .created_at = r->created_at,
												 .score = r->score,
												 .style = im->style,
												 .affiliation = AFFILIATION_UNKNOWN,
												 .origin_channel = SE_CHANNEL,
												 .origin_id = se_number(cx->arena, r->source),
												 .origin_url = str_format(cx->arena, "https://%.*s/posts/comments/%lld",
																		  STR(im->host), (long long)r->source),
												 .body_html = r->html},
						  &changed));
	*ret_outcome = changed ? SE_IMPORTED : SE_UNCHANGED;
	if (!changed) return ST_OK;
	return fact_append(cx, tx,
					   &(Fact){.at_ms = r->created_at,
							   .kind = FACT_COMMENTED,
							   .actor_id = r->author_id,
							   .subject_type = SUBJECT_COMMENT,
							   .subject_id = r->id,
							   .target_id = r->post_author_id,
							   .space_id = r->space_id,
							   .value = 1,
							   .origin = se_origin(cx->arena, "comment", r->source)});
}

Status se_on_comment(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SeComment *comment = &row->comment;
	const SePlace *place = se_place(im, comment->post_id);
	if (!is_here(place)) return se_skip(im, SE_COMMENTS, without_post(place));
	SafeHtml html;
	Status st = markdown_comment_render(&im->scratch, comment->text, &html);
	if (st == ST_INVALID || st == ST_TOO_LARGE) return se_skip(im, SE_COMMENTS, SE_FAILED);
	if (st != ST_OK) return fail(im->cx, st, "%.*s", STR(im->scratch.fail_text));
	Arena *a = se_arena(im);
	CommentRow *r = ARENA_NEW(a, CommentRow, 1);
	*r = (CommentRow){.source = comment->id,
					  .score = comment->score,
					  .id = ctx_id(im->cx),
					  .post_id = place->id,
					  .topic_id = place->topic_id,
					  .space_id = place->space_id,
					  .author_id = se_person(im, comment->user_id),
					  .post_author_id = place->author_id,
					  .created_at = comment->created_at,
					  .html = str_copy(a, html.s)};
	r->author_name = se_author_name(a, r->author_id, comment->user_id, comment->user_name);
	return se_add(im, SE_COMMENTS, comment_write, r);
}

// Links.

typedef struct LinkRow {
	int64_t source, kind;
	Id topic_id, space_id, other_id;
	Time at;
} LinkRow;

static Status link_write(Ctx *cx, Tx *tx, UNUSED const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const LinkRow *r = row;
	int64_t changed = 0;
	Str origin = se_origin(cx->arena, "link", r->source);
	TRY(topic_link_insert(
		cx, tx,
		&(TopicLinkInsertArgs){
			.topic_id = r->topic_id, .other_id = r->other_id, .kind = r->kind, .at_ms = r->at, .origin_id = origin},
		&changed));
	*ret_outcome = changed ? SE_IMPORTED : SE_UNCHANGED;
	if (!changed) return ST_OK;
	return fact_append(cx, tx,
					   &(Fact){.at_ms = r->at,
							   .kind = FACT_LINKED,
							   .subject_type = SUBJECT_TOPIC,
							   .subject_id = r->topic_id,
							   .space_id = r->space_id,
							   .value = r->kind,
							   .origin = origin});
}

Status se_on_link(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SeLink *link = &row->link;
	const SePlace *from = se_place(im, link->post_id), *to = se_place(im, link->related_id);
	if (!is_here(from)) return se_skip(im, SE_LINKS, without_post(from));
	if (!is_here(to)) return se_skip(im, SE_LINKS, without_post(to));
	bool known = link->type == SE_LINK_RELATED || link->type == SE_LINK_DUPLICATE;
	if (!known || from->topic_id == to->topic_id) return se_skip(im, SE_LINKS, SE_SKIPPED_KIND);
	LinkRow *r = ARENA_NEW(se_arena(im), LinkRow, 1);
	*r = (LinkRow){.source = link->id,
				   .kind = link->type == SE_LINK_DUPLICATE ? LINK_DUPLICATE : LINK_RELATED,
				   .topic_id = from->topic_id,
				   .space_id = from->space_id,
				   .other_id = to->topic_id,
				   .at = link->created_at};
	return se_add(im, SE_LINKS, link_write, r);
}

// Votes.

static const FactKind VOTE_FACTS[] = {
	[SE_VOTE_ACCEPT] = FACT_ACCEPTED,         [SE_VOTE_UP] = FACT_VOTED_UP,
	[SE_VOTE_DOWN] = FACT_VOTED_DOWN,         [SE_VOTE_OFFENSIVE] = FACT_MARKED_SPAM,
	[SE_VOTE_FAVOURITE] = FACT_FAVOURITED,    [SE_VOTE_CLOSE] = FACT_CLOSED,
	[SE_VOTE_REOPEN] = FACT_REOPENED,         [SE_VOTE_BOUNTY_START] = FACT_BOUNTY_OFFERED,
	[SE_VOTE_BOUNTY_CLOSE] = FACT_BOUNTY_WON, [SE_VOTE_DELETE] = FACT_DELETED,
	[SE_VOTE_UNDELETE] = FACT_RESTORED,       [SE_VOTE_SPAM] = FACT_MARKED_SPAM,
	[SE_VOTE_REVIEW] = FACT_MODERATED,        [SE_VOTE_EDIT_APPROVED] = FACT_EDIT_APPROVED,
};

typedef struct VoteRow {
	const char *what; // the fact's origin: of the vote, or of the acceptance itself
	int64_t source;
	Id solves; // of an acceptance: the topic, if that was here before
	Fact fact;
} VoteRow;

static Status vote_write(Ctx *cx, Tx *tx, UNUSED const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const VoteRow *r = row;
	bool fresh = false;
	Fact fact = r->fact;
	fact.origin = se_origin(cx->arena, r->what, r->source);
	TRY(fact_append_new(cx, tx, &fact, &fresh));
	*ret_outcome = fresh ? SE_IMPORTED : SE_UNCHANGED;
	return ST_OK;
}

// Another answer was accepted at the source since the dump before. One that was written here and chosen here stays.
static Status accept_write(Ctx *cx, Tx *tx, const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const VoteRow *r = row;
	SeSolutionFindRow now;
	bool found;
	TRY(se_solution_find(cx, tx_db(tx), &(SeSolutionFindArgs){.topic_id = r->solves}, &now, &found));
	bool other = found && now.id != r->fact.subject_id;
	*ret_outcome = SE_UNCHANGED;
	if (other && !now.origin_id.p) return ST_OK;
	TRY(vote_write(cx, tx, im, row, ret_outcome));
	if (*ret_outcome == SE_UNCHANGED || (found && !other)) return ST_OK;
	Fact undone = r->fact;
	undone.kind = FACT_ACCEPTED_UNDONE;
	undone.subject_id = now.id;
	undone.target_id = now.author_id;
	undone.origin = se_origin(cx->arena, "unaccepted", r->source);
	if (other) TRY(fact_append(cx, tx, &undone));
	return topic_set_solution(cx, tx, &(TopicSetSolutionArgs){.id = r->solves, .solution_id = r->fact.subject_id});
}

static SeWriteFn vote_writer(const VoteRow *r) { return r->solves ? accept_write : vote_write; }

static FactKind vote_kind(int64_t type)
{
	return type > 0 && type < (int64_t)COUNTOF(VOTE_FACTS) ? VOTE_FACTS[type] : (FactKind)0;
}

// What is said of a whole question is said of the topic, as community does.
static bool of_topic(FactKind kind, const SePlace *place)
{
	bool whole = kind == FACT_CLOSED || kind == FACT_REOPENED || kind == FACT_DELETED || kind == FACT_RESTORED;
	return whole && place->type == SE_QUESTION;
}

// A bounty that nobody won closes with no amount.
static bool of_bounty(FactKind kind) { return kind == FACT_BOUNTY_OFFERED || kind == FACT_BOUNTY_WON; }

// The topic whose solution an answer is.
static SePlace *solved_by(const SeImport *im, const SePlace *answer)
{
	SePlace *question = answer->type == SE_ANSWER ? se_place(im, answer->parent) : NULL;
	return question && question->accepted == answer->source ? question : NULL;
}

static Id solves(const SePlace *question) { return question && question->old ? question->topic_id : 0; }

// Whom a judgement concerns: nobody, from the day on which the post belongs to everybody. Of votes only the day is known.
static Id judged(const SePlace *place, FactKind kind, Time at)
{
	bool judges = kind == FACT_VOTED_UP || kind == FACT_VOTED_DOWN || kind == FACT_ACCEPTED;
	bool shared = place->shared_at && at >= place->shared_at - place->shared_at % TIME_DAY_MS;
	return judges && shared ? 0 : place->author_id;
}

Status se_on_vote(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SeVote *vote = &row->vote;
	const SePlace *place = se_place(im, vote->post_id);
	FactKind kind = vote_kind(vote->type);
	if (!is_here(place)) return se_skip(im, SE_VOTES, without_post(place));
	SePlace *solved = kind == FACT_ACCEPTED ? solved_by(im, place) : NULL;
	bool again = solved && solved->vote_dated;
	if (!kind || again || (kind == FACT_ACCEPTED && !solved)) return se_skip(im, SE_VOTES, SE_SKIPPED_KIND);
	if (solved) solved->vote_dated = true;
	bool topic = of_topic(kind, place);
	Time at = vote->day ? vote->day : place->created_at;
	VoteRow *r = ARENA_NEW(se_arena(im), VoteRow, 1);
	*r = (VoteRow){.what = "vote",
				   .source = vote->id,
				   .solves = solves(solved),
				   .fact = {.at_ms = at,
							.kind = kind,
							.actor_id = solved ? solved->author_id : se_person(im, vote->user_id),
							.subject_type = topic ? SUBJECT_TOPIC : SUBJECT_POST,
							.subject_id = topic ? place->topic_id : place->id,
							.target_id = judged(place, kind, at),
							.space_id = place->space_id,
							.value = of_bounty(kind) ? vote->bounty : 1}};
	return se_add(im, SE_VOTES, vote_writer(r), r);
}

Status se_accept_undated(SeImport *im)
{
	const SePlace *all = (const SePlace *)(const void *)im->posts.values;
	for (size_t i = 0; i < im->posts.n; i++) {
		const SePlace *question = &all[i], *answer = question->accepted ? se_place(im, question->accepted) : NULL;
		if (question->vote_dated || !is_here(question) || !is_here(answer) || answer->parent != question->source)
			continue;
		VoteRow *r = ARENA_NEW(se_arena(im), VoteRow, 1);
		*r = (VoteRow){.what = "accepted",
					   .source = question->source,
					   .solves = solves(question),
					   .fact = {.at_ms = answer->created_at,
								.kind = FACT_ACCEPTED,
								.actor_id = question->author_id,
								.subject_type = SUBJECT_POST,
								.subject_id = answer->id,
								.target_id = judged(answer, FACT_ACCEPTED, answer->created_at),
								.space_id = answer->space_id,
								.value = 1}};
		TRY(se_add_uncounted(im, vote_writer(r), r));
	}
	return ST_OK;
}
