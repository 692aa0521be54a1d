// SPDX-License-Identifier: AGPL-3.0-or-later
// The workshop of demo_plan.c, private to this feature: appends topics, posts, comments, votes and edits to a plan,
// choosing who speaks and when. A thread ends early when its next word would lie after `now`: that is how the
// newest topics come to be unanswered or half answered.
//
//   DemoThread t = demo_thread_open(m, (DemoTopic){…});
//   if (demo_thread_wait(&t, 5, 90)) post = demo_post_add(&t, demo_pick(&t, PICK_EXPERT), text);
//
// m->full is set, and nothing more is stored, when one of the tables has reached its limit.
#pragma once
#include "demo/demo_text.h"

#define DEMO_TOPICS_MAX ((size_t)600)
#define DEMO_POSTS_MAX ((size_t)4000)
#define DEMO_COMMENTS_MAX ((size_t)4000)
#define DEMO_VOTES_MAX ((size_t)40000)
#define DEMO_EDITS_MAX ((size_t)400)
#define DEMO_TOP_N ((size_t)5) // the first people of the table answer most

typedef struct DemoMake {
	Ctx *cx;
	DemoSay say;
	uint64_t rng;
	Time now;
	DemoPlan *plan;
	bool full;
} DemoMake;

typedef enum DemoPick { PICK_EXPERT, PICK_CASUAL, PICK_ASKER, PICK_STAFF } DemoPick;

typedef struct DemoThread {
	DemoMake *m;
	int32_t topic, asker;
	Time at;
	int32_t used[32];
	size_t used_n;
	bool over;
} DemoThread;

void demo_make_init(DemoMake *m);
void demo_make_pattern(DemoMake *m, const DemoPattern *p, int variant, Time at);
void demo_make_script(DemoMake *m, const DemoScript *s, Time at);

int32_t demo_space_find(const DemoMake *m, const char *slug);    // -1 for NULL or unknown
int32_t demo_member_find(const DemoMake *m, const char *handle); // 0 if unknown
int32_t demo_pick(DemoThread *t, DemoPick kind);
DemoThread demo_thread_open(DemoMake *m, DemoTopic topic);
bool demo_thread_wait(DemoThread *t, int64_t min_minutes, int64_t max_minutes); // false: the thread is over
int32_t demo_post_add(DemoThread *t, int32_t author, Str body);
void demo_post_accept(DemoThread *t, int32_t post);
void demo_comment_add(DemoThread *t, int32_t post, int32_t author, Str text);
// up and down voters for a post, or for the question if post is -1.
void demo_votes_add(DemoThread *t, int32_t post, int64_t up, int64_t down);
void demo_edit_add(DemoThread *t, int32_t post, Str added, Str reason);
