// SPDX-License-Identifier: AGPL-3.0-or-later
// Between the files that know how streets are written. A form is asked about a word (of English, about a number) and gives
// the sign after the whole address, or 0.
#pragma once
#include "text/entities_impl.h"

typedef uint32_t (*StreetForm)(const EntityFinder *f, uint32_t w, uint32_t *ret_from);
uint32_t street_german(const EntityFinder *f, uint32_t w, uint32_t *ret_from);
uint32_t street_german_lead(const EntityFinder *f, uint32_t w, uint32_t *ret_from); // Am Markt 3
uint32_t street_english(const EntityFinder *f, uint32_t w, uint32_t *ret_from);
uint32_t street_french(const EntityFinder *f, uint32_t w, uint32_t *ret_from);
uint32_t street_southern(const EntityFinder *f, uint32_t w, uint32_t *ret_from); // Spanish, Italian, Portuguese
uint32_t street_box(const EntityFinder *f, uint32_t w, uint32_t *ret_from);

// Bits of street_word.
enum {
	STREET_ALONE = 1, // German: a kind that may stand for itself
	STREET_LEAD = 2,  // Am, Zur: what a name without a kind begins with
	STREET_BETWEEN = 4,
	STREET_FRENCH = 8, // kinds of the others
	STREET_SOUTHERN = 16,
	STREET_ENGLISH = 32,
	STREET_PLAIN = 64, // English: a kind in small letters too
	STREET_NOT = 128,  // English: in no name in small letters
	STREET_BOX = 256,
};
uint32_t street_word(const EntityFinder *f, uint32_t w);
bool word_is(const Signs *s, uint32_t w, const char *list); // one of these, with spaces between them?
bool words_near(const Signs *s, uint32_t w); // is nothing but spaces, dots and commas before the next word?
bool inside_name(const Signs *s,
				 uint32_t w); // the same within a name: "de l'Église", "St. John's"; a dot only after what is cut short
uint32_t house_end(const EntityFinder *f,
				   uint32_t at);                 // 12, 12a, 12-14, 5 b, 12/A: the sign after it, 0 if there is none
uint32_t floor_end(const Signs *s, uint32_t at); // ", 2º B", ", Apt 4" behind it: the sign after it, or `at`
uint32_t number_after(const EntityFinder *f, uint32_t w); // "3", ", nº 3, 2º B" behind word w: the sign after it, or 0
