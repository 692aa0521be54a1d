// SPDX-License-Identifier: AGPL-3.0-or-later
// Community: spaces, topics, posts, comments, tags, votes, solutions, revisions, drafts, reports and search. A topic's
// opening text is its post number 0. Every change appends its facts in the same transaction.
// With cx->actor NULL the program itself acts (imports, demo): it may do everything and sees every space. What comes with
// an origin is taken once: creating it again changes nothing and returns the ids of the first time, which are lower than
// any id made since (`Id before = ctx_id(cx); … if (id > before)` tells whether it is new).
//
// Counters: post.comments_n, member.*_n, topic.answers_n and tag.topics_n count what is not deleted; member.kudos_n is the
// sum of the scores of the member's posts; space.posts_n counts opening posts too; topic.posts_n only grows (it numbers).
//
// Writing has two halves: …_prepare runs on a worker (validation, Markdown, plain text for the index; field errors and
// ST_INVALID), the second half runs inside the Tx and does nothing slow. Rights beyond the route's own ("is this
// mine?") are checked in the second half, against cx->actor.
#pragma once
#include "community_sql.h"
#include "members/members.h"
#include "text/safe_html.h"

#define TITLE_MIN_CHARS 8
#define TITLE_MAX_BYTES 300
#define BODY_MAX_BYTES ((size_t)64 << 10)
#define COMMENT_MAX_BYTES ((size_t)2000)
#define TAGS_MAX 5
#define TAG_MAX_BYTES 40
#define TOPIC_PAGE_POSTS 20
#define LIST_PAGE_TOPICS 20
#define SEARCH_CANDIDATES_MAX 2000
#define SLUG_MAX_BYTES 80

typedef enum SpaceKind { SPACE_QUESTIONS = 0, SPACE_DISCUSSION = 1 } SpaceKind;
typedef enum Persona {
	PERSONA_SUPPORT = 1,
	PERSONA_OBJECTS = 2,
	PERSONA_IDEAS = 3,
	PERSONA_KNOWLEDGE = 4,
	PERSONA_INTERNAL = 5,
	PERSONA_PARTNER = 6
} Persona;
typedef enum MarkKind { MARK_SAME = 0, MARK_WORKED = 1 } MarkKind;
typedef enum ReportWhy { REPORT_UNSAFE = 1, REPORT_WRONG = 2, REPORT_UNKIND = 3 } ReportWhy;
typedef enum LinkKind { LINK_RELATED = 1, LINK_DUPLICATE = 3 } LinkKind;

typedef struct SpaceNew {
	Str slug, title, description;
	Id parent_id;
	int position;
	SpaceKind kind;
	Persona persona;
	Style style;
	Visibility visibility;
	Time created_at; // 0: now
} SpaceNew;
MUST_CHECK Status community_space_create(Ctx *cx, Tx *tx, const SpaceNew *space, Id *ret_id); // or ST_CONFLICT

// Where something came from; all absent for what was written here.
typedef struct Origin {
	Str channel, id, url;
} Origin;

// One text on its way in: Markdown (source) or sanitised HTML.
typedef struct TextNew {
	Str source;    // Markdown as typed; absent for imported HTML
	SafeHtml html; // filled by prepare for Markdown
	Str packed;    // filled by prepare: how the source is kept; absent where html gives it back (most posts)
	Str plain;     // filled by prepare: for the search index
} TextNew;

typedef struct TopicNew {
	Id space_id, author_id; // no author, but author_name: of people without an account here
	Str author_name;
	Affiliation affiliation;
	Str title;
	Str tags; // as typed: words separated by spaces or commas; prepare normalises to "a b c"
	TextNew text;
	Time created_at; // 0: now
	int64_t score, views;
	Time edited_at, closed_at;
	Origin origin;
	Style style;           // 0: prepare takes the space's
	Str slug;              // filled by prepare
	Visibility visibility; // filled by prepare: of the space
} TopicNew;
// For a text outside of posts (about a member): renders Markdown.
MUST_CHECK Status community_text_prepare(Ctx *cx, TextNew *text);
MUST_CHECK Status community_topic_prepare(Ctx *cx, Db *db, TopicNew *topic);
MUST_CHECK Status community_topic_create(Ctx *cx, Tx *tx, const TopicNew *topic, Id *ret_topic, Id *ret_opening);

typedef struct PostNew {
	Id topic_id, author_id;
	Str author_name;
	Affiliation affiliation;
	TextNew text;
	Time created_at, edited_at;
	int64_t score;
	Origin origin;
	Style style; // 0: prepare takes the space's
} PostNew;
MUST_CHECK Status community_post_prepare(Ctx *cx, Db *db, PostNew *post); // ST_NOT_FOUND, ST_CONFLICT (closed)
MUST_CHECK Status community_post_create(Ctx *cx, Tx *tx, const PostNew *post, Id *ret_post);

typedef struct CommentNew {
	Id post_id, author_id;
	Str author_name;
	Affiliation affiliation;
	TextNew text;
	Time created_at;
	int64_t score;
	Origin origin;
	Style style;                           // 0: prepare takes the space's
	Id topic_id, space_id, post_author_id; // filled by prepare; an import that gives them and the style saves a query
} CommentNew;
MUST_CHECK Status community_comment_prepare(Ctx *cx, Db *db, CommentNew *comment);
MUST_CHECK Status community_comment_create(Ctx *cx, Tx *tx, const CommentNew *comment, Id *ret_comment);

typedef struct PostEdit {
	Id post_id;
	Str title, tags; // of the opening post only; absent elsewhere
	TextNew text;
	Str reason;
	Time at_ms; // 0: now
	Id editor_id;
	Id topic_id;         // filled by prepare, as all that follows
	int64_t revisions_n; // what the edit is based on: another edit in between is ST_CONFLICT
	Str old_title, old_tags, old_body, old_plain, slug;
	bool is_html; // imported: the source is HTML, sanitised again
} PostEdit;
// The text to put into the edit form: what was typed, or the imported HTML.
MUST_CHECK Status community_post_source(Ctx *cx, Db *db, Id post_id, Str *ret_source);
// ST_FORBIDDEN unless own or RIGHT_CURATE; with RIGHT_RETAG alone only the tags change.
MUST_CHECK Status community_edit_prepare(Ctx *cx, Db *db, PostEdit *edit);
MUST_CHECK Status community_edit(Ctx *cx, Tx *tx, const PostEdit *edit);

// From (figure, id) on downwards; INT64_MAX for both: from the top.
typedef struct ListPlace {
	int64_t key;
	Id id;
} ListPlace;
MUST_CHECK Status topics_by_kudos(Ctx *cx, Db *db, Id space_id, ListPlace after, int64_t limit,
								  TopicListSpaceKudosRows *ret_rows);
MUST_CHECK Status tags_by_size(Ctx *cx, Db *db, ListPlace after, int64_t limit, TagListRows *ret_rows);

// value +1, -1, or 0 to take back. Own posts cannot be voted on (ST_FORBIDDEN). Returns the new score.
MUST_CHECK Status community_vote(Ctx *cx, Tx *tx, Id post_id, int value, Id voter_id, Time at_ms, int64_t *ret_score);
// By the asker or RIGHT_CURATE; a second accept moves the mark. RIGHT_MARK alone: another's answer, if none is marked.
MUST_CHECK Status community_accept(Ctx *cx, Tx *tx, Id post_id, bool accepted, Id actor_id, Time at_ms);
// "I have this too" (on a topic) and "worked for me" (on a post): toggles for a member.
MUST_CHECK Status community_mark(Ctx *cx, Tx *tx, MarkKind kind, Id subject_id, bool on, Id member_id, Time at_ms);
// "This solved it" of someone without an account; once per browser. And reports: one that is open a member a post or profile.
MUST_CHECK Status community_guest_mark(Ctx *cx, Tx *tx, Id topic_id, Str browser_hash, bool *ret_counted);
MUST_CHECK Status community_report(Ctx *cx, Tx *tx, Id post_id, ReportWhy why, Str note, bool *ret_new);
MUST_CHECK Status community_report_profile(Ctx *cx, Tx *tx, Id member_id, Str note, bool *ret_new);
// Has the actor a right where the topic belongs? A rank may give some (core/site.h, Grants) for a member's own areas only.
bool community_may(const Ctx *cx, Right right, Str tags, Str space_slug);
// Own posts without answers, or RIGHT_STEWARD. Deleting the opening post deletes the topic.
MUST_CHECK Status community_delete(Ctx *cx, Tx *tx, Id post_id, bool deleted);
MUST_CHECK Status community_close(Ctx *cx, Tx *tx, Id topic_id, bool closed);             // RIGHT_STEWARD
MUST_CHECK Status community_comment_delete(Ctx *cx, Tx *tx, Id comment_id, bool deleted); // RIGHT_STEWARD

// Search, alike on both engines: AND over stems; the newest SEARCH_CANDIDATES_MAX matches by BM25 x recency x votes, or by age.
typedef enum SearchSort { SEARCH_RELEVANCE = 0, SEARCH_NEWEST = 1 } SearchSort;
typedef struct SearchArgs {
	Str text;
	SearchSort sort;
	Id space_id, author_id;      // 0: any
	Str tag;                     // absent: any
	int solved;                  // -1 any, 0 unsolved, 1 solved
	size_t limit, skip;          // skip <= SEARCH_CANDIDATES_MAX
	const SpaceListRows *spaces; // all of them, if the caller has read them already; else NULL
} SearchArgs;
typedef struct SearchHit {
	Id post_id, topic_id;
	int64_t number;                                                              // of the post in its topic
	Str title, slug, tags, space_slug, space_title, author, handle, area, areas; // the last three: of an account here
	int64_t given_n, solved_n, kept_n; // his answers to others, solutions (in the area, if there is one) and those kept
	Time created_at;
	int64_t score, answers_n;
	bool solved;
	SafeHtml snippet; // with <mark>
} SearchHit;
typedef struct SearchHits {
	SearchHit *v;
	size_t n, total;                 // total: posts that passed the facets,
	bool total_topics, total_capped; // or topics, if all were reached; more than SEARCH_CANDIDATES_MAX matched
} SearchHits;
#define SEARCH_TEXT_MAX_BYTES ((size_t)32 << 10) // of a post's plain text that the index and snippets see
MUST_CHECK Status community_index_put(Ctx *cx, Tx *tx, Id post_id, Str title, Str plain); // of a post an import wrote
MUST_CHECK Status community_search(Ctx *cx, Db *db, const SearchArgs *args, SearchHits *ret_hits);
MUST_CHECK Status community_post_repeats(Ctx *cx, Tx *tx, Id post_id, Id earlier_id); // earlier_id 0: not any more
MUST_CHECK Status community_set_aside(Ctx *cx, Tx *tx, Id post_id, int64_t votes);    // fair play; below 0: back
typedef void (*RecountFn)(void *arg, const char *what, int64_t differing);            // 0: all is well
MUST_CHECK Status community_recount(Ctx *cx, Db *db, RecountFn fn, void *arg); // all counters, from rows and facts

const char *style_name(Style s), *persona_name(Persona p); // "one-way", …; "support", …
bool persona_parse(Str s, Persona *ret_persona), style_parse(Str s, Style *ret_style);
// CC licence that applied on the day a text was posted to Stack Exchange: "CC BY-SA 3.0" before 2018-05-02, then 4.0.
Str community_licence_of(Str origin_channel, Time posted_at);
Str path_topic(Arena *a, Id topic_id, Str slug);                            // addresses: paths of this site
Str path_post(Arena *a, Id topic_id, Str slug, Id post_id, int64_t number); // on its page, at its anchor
extern const Migration community_migrations[];
extern const size_t community_migrations_n;
