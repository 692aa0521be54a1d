// SPDX-License-Identifier: AGPL-3.0-or-later
// What the parts of the phrase engine share: phrases.c orders posts and counts, phrases_units.c makes terms of texts,
// phrases_burst.c does the arithmetic of bursts, phrases_label.c turns the best terms into phrases for people. A term is the
// hash of one to six units (words or characters); its words are found again in one of its posts when they are needed.
#pragma once
#include "text/phrases.h"
#include "text/stop.h"

#define UNITS_MAX TEXT_MAX_BYTES
#define GRAM_WORDS 3
#define GRAM_RUN 6 // characters of a script without spaces
#define TERMS_OF_POST_MAX (UNITS_MAX * GRAM_WORDS)
#define BURST_POSTS_MIN 5
#define BURST_AUTHORS_MIN 3

typedef struct Unit {
	uint64_t hash;
	uint32_t at, end; // bytes of the text
	bool breaks;      // no phrase goes over what stands before it
	bool run;         // a character of a script without spaces
	bool stop, letters;
	uint32_t letters_n;
	uint32_t stop_languages;
} Unit;

typedef struct Units {
	TextScan *scan;
	StopWords *stop;
	Unit *v;
	size_t n;
	uint64_t *terms;
	size_t terms_n;
} Units;

Units *units_new(Arena *a);
void units_read(Units *u, Str text);                        // v
void units_terms(Units *u);                                 // terms: every phrase in it, once for each place
uint64_t units_term(const Units *u, size_t from, size_t n); // 0 if there is no phrase

// Of one term, in one post.
typedef struct PhraseEvent {
	uint64_t term;
	uint32_t post; // in order of time
} PhraseEvent;

typedef struct PhraseSpan {   // a period
	int32_t number;           // since 1970
	uint32_t from, until;     // posts in order of time
	uint32_t counted, before; // posts that are no copies: in it, earlier
} PhraseSpan;

typedef struct Burst {
	uint32_t span, from, until; // events of the span
	uint32_t first;             // event of the term
	uint32_t authors;
	int64_t mu_centi, z_centi, g2_centi;
} Burst;

typedef struct Bursts {
	Arena *arena;
	Burst *v;
	size_t n, cap;
} Bursts;

typedef struct PhraseWork {
	Arena *arena;
	const PhraseQuestion *q;
	Units *units;
	uint32_t *order; // of posts, by time
	bool *copy;      // by order
	PhraseSpan *spans;
	size_t spans_n;
	PhraseEvent *events;
	size_t events_n;
	int64_t *authors; // scratch
	Bursts bursts;
} PhraseWork;

static inline const PhrasePost *work_post(const PhraseWork *w, uint32_t at) { return &w->q->posts[w->order[at]]; }
uint32_t span_of(const PhraseWork *w, uint32_t post);

// A term's mean and variance over the periods, in 1/65536. `ahead` periods have gone before it since the beginning.
typedef struct Ewma {
	int64_t mu, var;
} Ewma;
void ewma_step(Ewma *e, int64_t x, int64_t ahead, PhraseBy by);
void ewma_idle(Ewma *e, int64_t from, int64_t until, PhraseBy by); // periods without
int64_t ewma_z_centi(const Ewma *e, int64_t x);
uint64_t log2_q32(uint64_t v); // v >= 1
// Dunning's G2 of a of n posts here against b of m there, in hundredths; 0 where here is no more than there.
int64_t g2_centi(uint64_t a, uint64_t n, uint64_t b, uint64_t m);
// Is npmi >= .3? `both` of n posts, where one part is in a and the other in b of them.
bool npmi_holds(uint64_t both, uint64_t a, uint64_t b, uint64_t n);

MUST_CHECK Status bursts_find(Ctx *cx, PhraseWork *w);
MUST_CHECK Status phrases_label(Ctx *cx, PhraseWork *w, const Burst *v, size_t n, PhrasePeriod *ret);
