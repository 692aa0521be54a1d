// SPDX-License-Identifier: AGPL-3.0-or-later
// One member's slice on its way from the tables to a log: what load_slice.c and thing_pack.c share.
//
// A fact first says what thing it was done to, by number. What the things of the pack know of is not asked for, unless it changed
// since (`changed`); the rest is asked for once of each, by one statement.
#pragma once
#include "reputation_impl.h"

typedef struct Thing { // what a fact was done to: a post, a comment, a topic
	uint32_t object, owner, asker, thread, areas;
	uint32_t set; // areas of the pack, still to be numbered
	Id space, opening;
	Str tags;
	uint16_t flags;
	uint8_t type; // SubjectType
	bool found, gone;
} Thing;

typedef struct ThingSet {
	Id space;
	Str tags;       // their numbers, in varints
	uint32_t areas; // the log's set
} ThingSet;

typedef struct SliceLoad {
	Ctx *cx;
	RepLog *log;
	Id member;
	Time until;
	bool anew;                   // without the things of the pack, for making them
	Str packed;                  // the facts of the pack, if anew
	Str things_blob;             // what of the things is left to read
	const unsigned char *judged; // of each fact of the pack that was judged when its things were made
	size_t judged_n, unpacked_n;
	IdMap changed; // posts and topics since the pack
	size_t changes_n;
	uint8_t credits[REP_KINDS_N], asks[REP_KINDS_N]; // rep_credits, rep_asks
	IdMap thing_of, space_of;
	Thing *things; // by number
	Str *spaces;   // by number
	size_t things_cap, spaces_cap;
	Id *asked[SUBJECT_COMMENT + 1]; // whose rows are asked for, by type
	size_t asked_n[SUBJECT_COMMENT + 1], asked_cap[SUBJECT_COMMENT + 1];
	uint8_t *people; // PERSON_ bits, by number
	size_t people_cap;
	// Of the pack: tags, and sets of areas.
	Str *tags;
	ThingSet *sets;
	size_t tags_n, sets_n;
} SliceLoad;

// Everything that there is of `scope->member_id`. l: zeroed, but for cx and anew.
MUST_CHECK Status slice_load(SliceLoad *l, Db *db, const RepScope *scope);
MUST_CHECK Status slice_number_of(SliceLoad *l, Id member, uint32_t *ret_number);

// thing_pack.c. Begins to read: whether the facts of the pack are judged is known from then on.
void things_open(SliceLoad *l, Str things);
MUST_CHECK Status things_take(SliceLoad *l);  // into l->things
MUST_CHECK Status things_areas(SliceLoad *l); // once it is known what spaces are called

// Of a thing in the piece: what it is (two bits), whether it is gone, and flags of RepFlag that facts about it have.
#define THING_BIT_TYPE(type) ((unsigned)(type)-SUBJECT_TOPIC) // two bits
#define THING_BIT_GONE 4u
#define THING_FLAGS_SHIFT 3
#define THING_FLAGS (REP_QUESTION | REP_ANSWER | REP_COMMENT | REP_FIRST | REP_DUPLICATE)
