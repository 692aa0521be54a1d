// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice that can do harm: does a text tell its reader to do what loses data, what lays a system open or breaks it, or what
// hurts people? Pattern packs (system files, registry, mains, medicine, firmware, credentials, machines, chemistry) say so: words
// of an act near words of a thing, in one sentence, and phrases that need no company.
//
//   const RiskBook *book = risk_new(arena);      // once
//   RiskFinding r;
//   risk_find(book, signs, &r);                  // after signs_read; r.class, r.p, r.evidence: places in the text
//
// Warnings ("never …", "it is dangerous to …") and questions are no advice. English; other languages are unmeasured. A book
// may be shared by threads. Linear. How it was measured: docs/text-model.md.
#pragma once
#include "text/sentences.h"
#include "text/word_table.h"

typedef enum RiskClass { RISK_HARMLESS, RISK_CONFIG, RISK_DATA_LOSS, RISK_SAFETY, RISK_N } RiskClass;

#define RISK_EVIDENCE_MAX 4

typedef struct RiskFinding {
	RiskClass class;
	uint32_t p; // that it is risky at all, of 65536
	TextSpan evidence[RISK_EVIDENCE_MAX];
	size_t evidence_n;
} RiskFinding;

typedef struct RiskBook RiskBook;
const RiskBook *risk_new(Arena *a);
void risk_find(const RiskBook *book, const Signs *s, RiskFinding *ret);
const char *risk_name(RiskClass c); // harmless, config, data-loss, safety
