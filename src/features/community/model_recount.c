// SPDX-License-Identifier: AGPL-3.0-or-later
// The doctor's replay: every counter against the rows or facts it stands for.
#include "model.h"

// The statements differ in name only: each gives one number.
#define RECOUNT(name, Name)                                                                                            \
	static Status name##_n(Ctx *cx, Db *db, int64_t *ret_n)                                                            \
	{                                                                                                                  \
		Name##Row row;                                                                                                 \
		TRY(name(cx, db, &row));                                                                                       \
		*ret_n = row.n;                                                                                                \
		return ST_OK;                                                                                                  \
	}

// clang-format off
RECOUNT(recount_member_topics, RecountMemberTopics)
RECOUNT(recount_member_answers, RecountMemberAnswers)
RECOUNT(recount_member_comments, RecountMemberComments)
RECOUNT(recount_member_solutions, RecountMemberSolutions)
RECOUNT(recount_member_kudos, RecountMemberKudos)
RECOUNT(recount_topic_answers, RecountTopicAnswers)
RECOUNT(recount_topic_posts, RecountTopicPosts)
RECOUNT(recount_topic_scores, RecountTopicScores)
RECOUNT(recount_topic_same, RecountTopicSame)
RECOUNT(recount_topic_handles, RecountTopicHandles)
RECOUNT(recount_topic_guests, RecountTopicGuests)
RECOUNT(recount_post_comments, RecountPostComments)
RECOUNT(recount_space_topics, RecountSpaceTopics)
RECOUNT(recount_space_posts, RecountSpacePosts)
RECOUNT(recount_tag_topics, RecountTagTopics)
RECOUNT(recount_tag_visibility, RecountTagVisibility)
RECOUNT(recount_post_scores, RecountPostScores)

static const struct {
	const char *what;
	Status (*count)(Ctx *cx, Db *db, int64_t *ret_n);
} RECOUNTS[] = {
	{"members' topics", recount_member_topics_n},
	{"members' answers", recount_member_answers_n},
	{"members' comments", recount_member_comments_n},
	{"members' solutions", recount_member_solutions_n},
	{"members' helpful votes", recount_member_kudos_n},
	{"topics' answers", recount_topic_answers_n},
	{"topics' posts", recount_topic_posts_n},
	{"topics' scores", recount_topic_scores_n},
	{"\"I have this too\" of topics", recount_topic_same_n},
	{"handles beside topics", recount_topic_handles_n},
	{"visitors helped by topics", recount_topic_guests_n},
	{"posts' comments", recount_post_comments_n},
	{"spaces' topics", recount_space_topics_n},
	{"spaces' posts", recount_space_posts_n},
	{"tags' topics", recount_tag_topics_n},
	{"whom tags are for", recount_tag_visibility_n},
	{"posts' scores, replayed from the facts", recount_post_scores_n},
};
// clang-format on

Status community_recount(Ctx *cx, Db *db, RecountFn fn, void *arg)
{
	for (size_t i = 0; i < COUNTOF(RECOUNTS); i++) {
		int64_t wrong;
		TRY(RECOUNTS[i].count(cx, db, &wrong));
		fn(arg, RECOUNTS[i].what, wrong);
	}
	return ST_OK;
}
