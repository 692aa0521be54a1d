// SPDX-License-Identifier: AGPL-3.0-or-later
// The plan of the demo community: who lives there, what was asked, answered, corrected, voted and edited in the
// nine months before now_ms. It is a pure function of the seed and the clock: it reads no file, writes no row and
// uses no randomness but its own, so the same seed and time give the same bytes. Somebody else turns it into rows.
//
//   DemoPlan plan;
//   TRY(demo_plan_build(cx, 7, cx->now_ms, &plan));
//   for (size_t i = 0; i < plan.topics_n; i++) …
//
// Everything lies in cx->arena or in constant tables. Order: spaces parents first; topics by time; posts topic by
// topic in the order of the topics, and by time within one; comments and votes follow what they belong to. All
// times are after the joining of their member and before now_ms. Firmware 3.2, the event that members keep talking
// about, comes out DEMO_RELEASE_MS before now_ms.
//
// An index of another table is int32_t, with -1 for "none". A comment, a vote or an edit is about a post, or, if
// `post` is -1, about the question of `topic`. No sentence of four words or more occurs twice in the whole plan:
// every text passes demo_say_claim (demo_text.h), and the edits carry what they add apart from the new body.
// It refuses to invent: no real person, product or text is in the tables.
#pragma once
#include "base/ctx.h"
#include "base/time.h"

#define DEMO_SPAN_MS (270 * TIME_DAY_MS)
#define DEMO_RELEASE_MS (3 * TIME_DAY_MS + 17 * TIME_HOUR_MS)

typedef struct DemoSpace {
	Str slug, title, description;
	int32_t parent;
	Str persona; // a name of community's Persona: "support", "ideas", "knowledge", "objects"
	Str style;   // "question", "discussion" or "announcement"
} DemoSpace;

typedef struct DemoMember {
	Str handle;
	Str affiliation; // "customer", "employee", "partner", "supplier"
	Str role;        // "visitor", "member", "helper", "moderator", "manager", "admin"
	Str about;
	Time joined_at;
} DemoMember;

typedef struct DemoTopic {
	int32_t space, author;
	Str title, body; // body is Markdown
	Str tags;        // separated by commas, without spaces
	Str language;    // "en", "fr", …
	Str style;       // "question", "discussion" or "announcement"
	Str pattern;     // slug of the problem pattern it came from, or absent
	Time created_at;
	int64_t views;
} DemoTopic;

typedef struct DemoPost {
	int32_t topic, author;
	Str body;
	Time created_at;
	bool accepted;
	Time accepted_at; // 0 if not accepted
} DemoPost;

typedef struct DemoComment {
	int32_t topic, post, author;
	Str text;
	Time created_at;
} DemoComment;

typedef struct DemoVote {
	int32_t topic, post, voter, value; // value is +1 or -1
	Time created_at;
} DemoVote;

typedef struct DemoEdit {
	int32_t topic, post;
	Str body;   // the whole new text
	Str added;  // what is new in it
	Str reason; // short, may be absent
	Time created_at;
} DemoEdit;

typedef struct DemoPlan {
	DemoSpace *spaces;
	DemoMember *members;
	DemoTopic *topics;
	DemoPost *posts;
	DemoComment *comments;
	DemoVote *votes;
	DemoEdit *edits;
	size_t spaces_n, members_n, topics_n, posts_n, comments_n, votes_n, edits_n;
	size_t patterns_n; // problem patterns of the product line behind the topics
} DemoPlan;

// Fills ret_plan. ST_TOO_LARGE if the tables outgrew the limits in demo_plan.c; otherwise ST_OK.
MUST_CHECK Status demo_plan_build(Ctx *cx, uint64_t seed, Time now_ms, DemoPlan *ret_plan);
