// SPDX-License-Identifier: AGPL-3.0-or-later
// From a fact to what it counts for.
#include "boards/boards.h"

static bool is_void(const RepFact *f) { return f->flags & (REP_UNDONE | REP_GONE); }

Status board_kept(Ctx *cx, const RepLog *log, bool **ret_kept)
{
	bool *kept = arena_try_alloc(cx->arena, log->objects_n + 1, 1);
	if (!kept) return fail(cx, ST_TOO_LARGE, "%zu posts do not fit in memory", log->objects_n);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (f->kind == FACT_ACCEPTED && !is_void(f) && f->owner != f->asker) kept[f->object] = true;
	}
	*ret_kept = kept;
	return ST_OK;
}

typedef struct Moves {
	BoardMove *v;
	size_t n;
} Moves;

static inline void add(Moves *m, BoardMetric metric, uint32_t member, uint32_t other)
{
	if (member) m->v[m->n++] = (BoardMove){metric, member, other};
}

static inline void helped(Moves *m, uint32_t member, uint32_t whom)
{
	if (whom && whom != member) add(m, BOARD_HELPED, member, whom);
}

static void posted(Moves *m, const RepFact *f, const bool *kept)
{
	add(m, BOARD_ANSWERS, f->actor, 0);
	if (f->actor == f->asker) add(m, BOARD_ANSWERS_OWN, f->actor, 0);
	else if (kept[f->object]) add(m, BOARD_ANSWERS_KEPT, f->actor, 0);
}

static void accepted(Moves *m, const RepFact *f)
{
	if (f->owner == f->asker) {
		add(m, BOARD_ACCEPTED_OWN, f->owner, 0);
		return;
	}
	add(m, f->actor && f->actor != f->asker ? BOARD_ACCEPTED_STAFF : BOARD_ACCEPTED_ASKER, f->owner, 0);
	helped(m, f->owner, f->asker);
}

size_t board_moves(const RepFact *f, const bool *kept, BoardMove ret[static BOARD_MOVES_MAX])
{
	Moves m = {.v = ret};
	if (is_void(f)) return 0;
	switch ((int)f->kind) {
	case FACT_TOPIC_POSTED: add(&m, BOARD_TOPICS, f->actor, 0); break;
	case FACT_POSTED: posted(&m, f, kept); break;
	case FACT_COMMENTED: add(&m, BOARD_COMMENTS, f->actor, 0); break;
	case FACT_EDITED: add(&m, BOARD_EDITS, f->actor, 0); break;
	case FACT_REPORTED: add(&m, BOARD_REPORTS, f->actor, 0); break;
	case FACT_ACCEPTED: accepted(&m, f); break;
	case FACT_VOTED_UP:
		add(&m, BOARD_KUDOS, f->owner, 0);
		add(&m, BOARD_KUDOS_GIVEN, f->actor, 0);
		break;
	case FACT_VOTED_DOWN: add(&m, BOARD_DOWN, f->owner, 0); break;
	case FACT_WORKED:
		add(&m, BOARD_WORKED, f->owner, 0);
		helped(&m, f->owner, f->actor);
		break;
	default: break;
	}
	return m.n;
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
