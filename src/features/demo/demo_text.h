// SPDX-License-Identifier: AGPL-3.0-or-later
// The tables behind demo_plan.c, private to this feature: problem patterns, hand-written threads, people, spaces
// and pools of small remarks, with the one mechanism that keeps sentences from occurring twice.
//
// A pattern holds five questions and what people answer to them. `plan` says which of the questions get solved:
// "402a" means question 4 with right answer 0, thanks 2 and all comments; the first of the three plans also gets
// the wrong answers, the asker's reports and the corrections. '-' means none; a fifth character picks the note.
// A comment that begins with '!' is spoken by staff.
//
// Pools are consumed round robin. An item may have slots: {a} 2 to 9, {b} 11 to 97, {r} a room, {v} a version,
// {p} a version of the app, {w} a day of the week. An item that would repeat a sentence is passed over, so a pool
// can run dry (an item of POOL_CLARIFY is a question and, after " || ", the reply to it): demo_say_pool then returns an absent Str, and the caller does without.
#pragma once
#include "base/ctx.h"
#include "demo/demo_plan.h"

typedef struct DemoPattern {
	const char *slug, *space, *tags, *era; // era "new": since firmware 3.2, "any": before
	const char *plan[3];
	struct {
		const char *title, *body;
	} ask[5];
	const char *wrong[3], *tried[2], *fix[2], *right[4], *note[3], *thanks[3], *remark[4];
} DemoPattern;

typedef struct DemoLine {
	char kind; // 'p' post, 'a' accepted post, 'c' comment on the post above (or on the question)
	const char *who, *text;
} DemoLine;

typedef struct DemoScript {
	const char *space, *style, *who, *language, *tags, *title, *body;
	int hours_ago; // 0: somewhere in the nine months
	DemoLine lines[14];
} DemoScript;

typedef struct DemoPerson {
	const char *handle, *affiliation, *role, *about;
} DemoPerson;

typedef struct DemoPlace {
	const char *slug, *parent, *persona, *style, *title, *description;
} DemoPlace;

typedef enum DemoPool {
	POOL_HOME,
	POOL_TRIED,
	POOL_VERSION,
	POOL_SIGN_OFF,
	POOL_SAME,
	POOL_CLARIFY,
	POOL_STAFF,
	POOL_EDIT,
	POOL_GARDEN,
	POOL_LOG,
	POOL_N
} DemoPool;

typedef struct DemoStrings {
	const char *const *items;
	size_t n;
} DemoStrings;

typedef struct DemoSay {
	Arena *arena;
	uint64_t rng;
	uint64_t *seen; // open addressing, 0 is empty
	size_t seen_n;
	size_t next[POOL_N];
	size_t said[POOL_N];
	int minor; // of the firmware that {v} speaks of
} DemoSay;

extern const DemoPattern *const DEMO_PATTERNS[];
extern const size_t DEMO_PATTERNS_N[];
extern const size_t DEMO_PATTERN_TABLES_N;
extern const DemoScript *const DEMO_SCRIPTS[];
extern const size_t DEMO_SCRIPTS_N[];
extern const size_t DEMO_SCRIPT_TABLES_N;
extern const DemoPerson DEMO_PEOPLE[];
extern const size_t DEMO_PEOPLE_N;
extern const DemoPlace DEMO_PLACES[];
extern const size_t DEMO_PLACES_N;
DemoStrings demo_pool_strings(DemoPool pool);

void demo_say_init(DemoSay *say, Arena *arena, uint64_t seed);
uint64_t demo_random(uint64_t *state);
// Uniform in [from, to], both included.
int64_t demo_between(uint64_t *state, int64_t from, int64_t to);
// Takes every sentence of the text for itself. False, and nothing taken, if one of them was taken before.
bool demo_say_claim(DemoSay *say, Str text);
Str demo_say_pool(DemoSay *say, DemoPool pool);
