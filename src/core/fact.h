// SPDX-License-Identifier: AGPL-3.0-or-later
// The fact journal: everything that happens is appended here in the same transaction as the change itself, and
// every other part (reputation, analytics, notifications, webhooks) is a reader with its own cursor.
//
//   TRY(fact_append(cx, tx, &(Fact){.kind = FACT_VOTED_UP, .actor_id = me, .subject_type = SUBJECT_POST, .subject_id = post,
//                                   .target_id = author, .space_id = space, .value = 1}));
//
// A fact is never changed; what is taken back is another fact (…_UNDONE). `origin` is the id of the same event in the
// system it was imported from: a second append with the same origin is ignored. Numbers below are stored: never renumber.
#pragma once
#include "db/db.h"

// name, number, stable name for exports
#define FACT_TABLE(X)                                                                                                  \
	X(FACT_JOINED, 1, "joined")                                                                                        \
	X(FACT_TOPIC_POSTED, 2, "topic_posted")                                                                            \
	X(FACT_POSTED, 3, "posted")                                                                                        \
	X(FACT_COMMENTED, 4, "commented")                                                                                  \
	X(FACT_EDITED, 5, "edited")                                                                                        \
	X(FACT_VOTED_UP, 6, "voted_up")                                                                                    \
	X(FACT_VOTED_DOWN, 7, "voted_down")                                                                                \
	X(FACT_VOTED_UP_UNDONE, 8, "voted_up_undone")                                                                      \
	X(FACT_VOTED_DOWN_UNDONE, 9, "voted_down_undone")                                                                  \
	X(FACT_ACCEPTED, 10, "accepted")                                                                                   \
	X(FACT_ACCEPTED_UNDONE, 11, "accepted_undone")                                                                     \
	X(FACT_BOUNTY_OFFERED, 12, "bounty_offered")                                                                       \
	X(FACT_BOUNTY_WON, 13, "bounty_won")                                                                               \
	X(FACT_FAVOURITED, 14, "favourited")                                                                               \
	X(FACT_BADGE_EARNED, 15, "badge_earned")                                                                           \
	X(FACT_LINKED, 16, "linked")                                                                                       \
	X(FACT_CLOSED, 17, "closed")                                                                                       \
	X(FACT_REOPENED, 18, "reopened")                                                                                   \
	X(FACT_DELETED, 19, "deleted")                                                                                     \
	X(FACT_RESTORED, 20, "restored")                                                                                   \
	X(FACT_REPORTED, 21, "reported")                                                                                   \
	X(FACT_SAME_HERE, 22, "same_here")                                                                                 \
	X(FACT_SAME_HERE_UNDONE, 23, "same_here_undone")                                                                   \
	X(FACT_WORKED, 24, "worked")                                                                                       \
	X(FACT_WORKED_UNDONE, 25, "worked_undone")                                                                         \
	X(FACT_GUEST_SOLVED, 26, "guest_solved")                                                                           \
	X(FACT_ROLE_CHANGED, 27, "role_changed")                                                                           \
	X(FACT_PUBLISHED_FIGURE, 28, "published_figure")                                                                   \
	X(FACT_EDIT_APPROVED, 29, "edit_approved")                                                                         \
	X(FACT_MARKED_SPAM, 30, "marked_spam")                                                                             \
	X(FACT_MODERATED, 31, "moderated")                                                                                 \
	X(FACT_RANK_CHANGED, 32, "rank_changed")                                                                           \
	X(FACT_OBJECTED, 33, "objected")                                                                                   \
	X(FACT_RULES_PUBLISHED, 34, "rules_published")                                                                     \
	X(FACT_PROGRAMME_PROPOSED, 35, "programme_proposed")                                                               \
	X(FACT_PROGRAMME_INVITED, 36, "programme_invited")                                                                 \
	X(FACT_PROGRAMME_ACCEPTED, 37, "programme_accepted")                                                               \
	X(FACT_PROGRAMME_DECLINED, 38, "programme_declined")                                                               \
	X(FACT_PROGRAMME_RENEWED, 39, "programme_renewed")                                                                 \
	X(FACT_PROGRAMME_THANKED, 40, "programme_thanked")                                                                 \
	X(FACT_PROGRAMME_RESTED, 41, "programme_rested")                                                                   \
	X(FACT_PROGRAMME_RETURNED, 42, "programme_returned")                                                               \
	X(FACT_PROGRAMME_ENDED, 43, "programme_ended")                                                                     \
	X(FACT_PROGRAMME_TERMS, 44, "programme_terms")                                                                     \
	X(FACT_TIMING_CHOSEN, 45, "timing_chosen")                                                                         \
	X(FACT_REPEATED, 48, "repeated")                                                                                   \
	X(FACT_REPEATED_UNDONE, 49, "repeated_undone")                                                                     \
	X(FACT_VOTE_INVALIDATED, 50, "vote_invalidated")                                                                   \
	X(FACT_VOTE_RESTORED, 51, "vote_restored")                                                                         \
	X(FACT_SPAM_HIDDEN, 52, "spam_hidden")                                                                             \
	X(FACT_SPAM_CLEARED, 53, "spam_cleared")                                                                           \
	X(FACT_SPAM_UNDONE, 54, "spam_undone")                                                                             \
	X(FACT_TEXT_CORRECTED, 55, "text_corrected")                                                                       \
	X(FACT_AFFILIATION_CHANGED, 56, "affiliation_changed")

typedef enum FactKind {
#define X(name, number, text) name = number,
	FACT_TABLE(X)
#undef X
} FactKind;

typedef enum SubjectType {
	SUBJECT_MEMBER = 1,
	SUBJECT_TOPIC = 2,
	SUBJECT_POST = 3,
	SUBJECT_COMMENT = 4,
	SUBJECT_SPACE = 5,
} SubjectType;

// How the words are meant (handbook mission, R42-R47), stored with every topic, post and comment.
typedef enum Style { STYLE_ONE_WAY = 1, STYLE_DIALOGIC = 2, STYLE_TRANSPARENT = 3, STYLE_COLLABORATIVE = 4 } Style;

typedef struct Fact {
	Time at_ms; // 0: now
	FactKind kind;
	Id actor_id; // who did it; 0 unknown or guest
	SubjectType subject_type;
	Id subject_id; // what it was done to
	Id target_id;  // whom it concerns (the author of a voted post)
	Id space_id;
	int64_t value;
	Str origin; // absent for what happened here
	Str data;   // small JSON, never personal text
} Fact;

const char *fact_kind_name(FactKind kind); // NULL for an unknown number
MUST_CHECK Status fact_append(Ctx *cx, Tx *tx, const Fact *fact);
// Tells whether the fact was new (false: its origin is known already).
MUST_CHECK Status fact_append_new(Ctx *cx, Tx *tx, const Fact *fact, bool *ret_new);
