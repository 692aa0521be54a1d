// SPDX-License-Identifier: AGPL-3.0-or-later
// The superuser programme: from being proposed, by the rules or by a manager, over an invitation with terms to a term of so many
// days, with thanks, rest, renewal and an end. Each step changes the member's row, writes a line of history and a fact, and
// says in `member` who may see the programme's spaces (VISIBLE_CIRCLE) and what a profile says. docs/programme.md.
//
//                    propose          invite          accept           rest
//      nobody ─────────▶ PROPOSED ───────▶ INVITED ───────▶ IN ◀─────────▶ RESTING
//                            └─────────▶ decline, end, the term's end ─────▶ DECLINED, ENDED ──▶ propose, invite
//
// Who rests keeps place, rank and access, is not proposed as a successor, and their term waits. A step that does not fit the state is
// ST_CONFLICT. cx->actor is who does it; none: the program (a rule, a date).
#pragma once
#include "community/community.h"
#include "programme_sql.h"
#include "web/route.h"

#define PROGRAMME_NOTE_MAX_BYTES 1000
#define PROGRAMME_AREA_MAX_BYTES 80
#define PROGRAMME_DUE_MS (30 * TIME_DAY_MS)    // so long before its end a term is due for renewal
#define PROGRAMME_AGAIN_MS (180 * TIME_DAY_MS) // who declined or left is not proposed by a rule before that

typedef enum ProgrammeState {
	PROGRAMME_NONE = 0,
	PROGRAMME_PROPOSED = 1,
	PROGRAMME_INVITED = 2,
	PROGRAMME_IN = 3,
	PROGRAMME_RESTING = 4,
	PROGRAMME_DECLINED = 5,
	PROGRAMME_ENDED = 6,
} ProgrammeState;

extern const Setting PROGRAMME_PROPOSES;

// Terms: prepared text (community_text_prepare); a new version each time.
typedef struct ProgrammeTerms {
	TextNew text;
	int64_t days;
} ProgrammeTerms;
MUST_CHECK Status programme_terms(Ctx *cx, Tx *tx, const ProgrammeTerms *terms);
// The private space, if there is none: ST_CONFLICT if there is.
MUST_CHECK Status programme_space_make(Ctx *cx, Tx *tx);

MUST_CHECK Status programme_propose(Ctx *cx, Tx *tx, Id member, Str area,
									Str why); // why: a rule's message key or words
MUST_CHECK Status programme_invite(Ctx *cx, Tx *tx, Id member, Str area, Str note); // ST_CONFLICT without terms
MUST_CHECK Status programme_accept(Ctx *cx, Tx *tx, Id member, int64_t terms); // the version that was read: the newest
MUST_CHECK Status programme_decline(Ctx *cx, Tx *tx, Id member, Str note);
MUST_CHECK Status programme_renew(Ctx *cx, Tx *tx, Id member, Str note);
MUST_CHECK Status programme_thank(Ctx *cx, Tx *tx, Id member, Str note);
MUST_CHECK Status programme_rest(Ctx *cx, Tx *tx, Id member, int64_t days, Str note);
MUST_CHECK Status programme_return(Ctx *cx, Tx *tx, Id member);
MUST_CHECK Status programme_end(Ctx *cx, Tx *tx, Id member, Str note);

// The tag where somebody helps most, of the areas in their standing; or "". hidden: tags that not everybody sees, and so
// no profile says.
Str programme_area_of(Str areas, Str hidden);

MUST_CHECK Status programme_dates(Ctx *cx, Store *store);       // ends and returns that are due
MUST_CHECK Status programme_look_around(Ctx *cx, Store *store); // proposals by rule

Feature programme_feature(void);
extern const Migration programme_migrations[];
extern const size_t programme_migrations_n;
