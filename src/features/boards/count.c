// SPDX-License-Identifier: AGPL-3.0-or-later
// From a fact to what it counts for, and from a member to whom they are counted among.
#include "boards/boards.h"
#include "boards/moves.h"

static bool is_void(const RepFact *f) { return f->flags & REP_VOID; }

bool board_keeps(const RepFact *f) { return f->kind == FACT_ACCEPTED && !is_void(f) && f->owner != f->asker; }

Status board_kept(Ctx *cx, const RepLog *log, uint64_t **ret_kept)
{
	uint64_t *kept = arena_try_alloc(cx->arena, (log->objects_n / 64 + 1) * sizeof *kept, _Alignof(uint64_t));
	if (!kept) return fail(cx, ST_TOO_LARGE, "%zu posts do not fit in memory", log->objects_n);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (board_keeps(f)) kept[f->object / 64] |= (uint64_t)1 << f->object % 64;
	}
	*ret_kept = kept;
	return ST_OK;
}

const BoardKind board_kinds[BOARD_KINDS] = {
	[FACT_TOPIC_POSTED] = {UINT32_MAX, 0, BOARD_TOPICS, 0, false},
	[FACT_COMMENTED] = {UINT32_MAX, 0, BOARD_COMMENTS, 0, false},
	[FACT_EDITED] = {UINT32_MAX, 0, BOARD_EDITS, 0, false},
	[FACT_REPORTED] = {UINT32_MAX, 0, BOARD_REPORTS, 0, false},
	[FACT_VOTED_UP] = {UINT32_MAX, UINT32_MAX, BOARD_KUDOS_GIVEN, BOARD_KUDOS, false},
	[FACT_VOTED_DOWN] = {0, UINT32_MAX, 0, BOARD_DOWN, false},
	[FACT_POSTED] = {UINT32_MAX, 0, BOARD_ANSWERS, 0, true},
	[FACT_WORKED] = {0, UINT32_MAX, 0, BOARD_WORKED, true},
	[FACT_ACCEPTED] = {.judged = true},
};

static size_t helped(uint32_t member, uint32_t whom, BoardMove *ret)
{
	*ret = (BoardMove){BOARD_HELPED, member, whom};
	return member && whom && whom != member;
}

static size_t accepted(const RepFact *f, BoardMove *ret)
{
	bool own = f->owner == f->asker, staff = f->actor && f->actor != f->asker;
	*ret = (BoardMove){own ? BOARD_ACCEPTED_OWN : staff ? BOARD_ACCEPTED_STAFF : BOARD_ACCEPTED_ASKER, f->owner, 0};
	return 1 + (own ? 0 : helped(f->owner, f->asker, ret + 1));
}

size_t board_moves_judged(const RepFact *f, const uint64_t *kept, BoardMove *ret)
{
	bool own = f->actor == f->asker;
	if (f->kind == FACT_ACCEPTED) return accepted(f, ret);
	if (f->kind == FACT_WORKED) return helped(f->owner, f->actor, ret);
	*ret = (BoardMove){own ? BOARD_ANSWERS_OWN : BOARD_ANSWERS_KEPT, f->actor, 0};
	return own || (kept[f->object / 64] >> f->object % 64 & 1);
}

#define STAFF 64

uint8_t board_trait(int64_t role, int64_t affiliation)
{
	bool staff = role >= ROLE_MODERATOR || affiliation == AFFILIATION_EMPLOYEE;
	return (uint8_t)((role & 7) | (affiliation & 7) << 3 | (staff ? STAFF : 0));
}

bool board_trait_is(uint8_t trait, BoardPeople people, int role)
{
	bool staff = trait & STAFF;
	int affiliation = trait >> 3 & 7;
	bool partner = affiliation == AFFILIATION_PARTNER || affiliation == AFFILIATION_SUPPLIER;
	if (role >= 0 && (trait & 7) != role) return false;
	switch (people) {
	case BOARD_EVERYBODY: return true;
	case BOARD_EMPLOYEES: return staff;
	case BOARD_PARTNERS: return partner && !staff;
	case BOARD_CUSTOMERS: return !partner && !staff;
	case BOARD_PEOPLE_N: break;
	}
	return false;
}
