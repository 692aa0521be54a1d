// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice that can do harm: does a text tell its reader to do what loses data, what lays a system open or breaks it, or what
// hurts people? Of each stretch that advises (advice.h) a head says how much it is like such advice, and packs of phrases
// (system files, registry, mains, medicine, firmware, credentials, machines, chemistry) add to it: words of an act near words of
// a thing, and phrases that need no company.
//
//   const RiskBook *book = risk_new(arena);      // once
//   RiskFinding r;
//   risk_find(&(RiskSearch){book, signs, judge}, &r); // after signs_read; r.class, r.p, r.evidence: places in the text
//
// `judge` tells what the head says (risk_head.h). Warnings ("never …", "it is dangerous to …"),
// questions and tales are no advice. English; other languages are unmeasured. A book may be shared by threads. Linear.
// How it was measured: docs/text-model.md.
#pragma once
#include "text/advice.h"
#include "text/head.h"
#include "text/sentences.h"

typedef enum RiskClass { RISK_HARMLESS, RISK_CONFIG, RISK_DATA_LOSS, RISK_SAFETY, RISK_N } RiskClass;

#define RISK_EVIDENCE_MAX 4
#define RISK_WORDS_MAX 2

typedef struct RiskFinding {
	RiskClass class;
	uint32_t p; // that it is risky at all, of 65536
	TextSpan evidence[RISK_EVIDENCE_MAX];
	size_t evidence_n;
} RiskFinding;

// A stretch of advice, and what is known of it beside its words.
typedef struct RiskStretch {
	Str text;
	uint32_t at, hints; // where it begins; ADVICE_…
	uint32_t things;    // bits: of which things the packs found words, phrases that need no company, and pairs
} RiskStretch;
#define RISK_THINGS 12

// What a head says of a stretch: logits of each class beside a harmless 0; and of the stretch that was scored last, the words
// that speak most for a class (end 0: fewer do).
typedef struct RiskJudge {
	void (*score)(void *arg, const RiskStretch *stretch, int64_t ret_logits[RISK_N]);
	void (*words)(void *arg, const RiskStretch *stretch, RiskClass class, TextSpan ret[RISK_WORDS_MAX]);
	void *arg;
} RiskJudge;

typedef struct RiskBook RiskBook;
typedef struct RiskSearch {
	const RiskBook *book;
	const Signs *signs;
	const RiskJudge *judge; // NULL: the packs alone decide
} RiskSearch;

const RiskBook *risk_new(Arena *a);
const AdviceBook *risk_advice(const RiskBook *book);
RiskStretch risk_stretch(const RiskBook *book, const Signs *s, AdviceSpan span); // for training
void risk_find(const RiskSearch *x, RiskFinding *ret);
const char *risk_name(RiskClass c); // harmless, config, data-loss, safety
