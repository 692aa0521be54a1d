// SPDX-License-Identifier: AGPL-3.0-or-later
// From a fact to what it counts for, the one place that says so: by a table for most kinds, since this runs for every fact of a
// history. Each move is a cell everywhere and in every area of the fact.
//
//   BoardMove moves[BOARD_MOVES_MAX];
//   size_t n = board_moves(fact, kept, moves);           // the first two may be nobody's (member 0): they count nothing
#pragma once
#include "boards/source.h"

#define BOARD_MOVES_MAX 4
typedef struct BoardMove {
	uint32_t metric, member, other;
} BoardMove;

typedef struct BoardKind { // a mask is all bits if the member has the metric, else 0
	uint32_t actor_mask, owner_mask;
	uint8_t actor, owner; // BoardMetric
	bool judged;          // more is to be asked
} BoardKind;
#define BOARD_KINDS 64
extern const BoardKind board_kinds[BOARD_KINDS];

size_t board_moves_judged(const RepFact *f, const uint64_t *kept, BoardMove *ret);

static inline size_t board_moves(const RepFact *f, const uint64_t *kept, BoardMove ret[static BOARD_MOVES_MAX])
{
	if (f->flags & REP_VOID) return 0;
	const BoardKind *k = &board_kinds[f->kind % BOARD_KINDS];
	ret[0] = (BoardMove){k->actor, f->actor & k->actor_mask, 0};
	ret[1] = (BoardMove){k->owner, f->owner & k->owner_mask, 0};
	return k->judged ? 2 + board_moves_judged(f, kept, ret + 2) : 2;
}
