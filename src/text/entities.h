// SPDX-License-Identifier: AGPL-3.0-or-later
// What a text names, with its place in bytes: mail addresses, telephone numbers, payment cards (Luhn), IBANs (check
// digits), streets, order numbers, versions, places, the site's products, IP addresses, addresses with a password in them, keys. What
// is personal among it is what `entities_redact` leaves out, so both always agree.
//
//   EntityFinder *f = entities_new(arena, catalogue);   // catalogue (catalogue.h) may be NULL
//   size_t n = entities_find(f, text);                  // f->v[0 .. n), by place, none inside another
//   entities_redact(f, text, &buf);                     // "call [phone]"; any length of text
//
// at and end are bytes of the text; value is the same thing in one form (lower case, digits only, "+49…") and lives until
// the next call. Any bytes may be given; of a text over TEXT_MAX_BYTES the first part is looked at (f->signs->cut), but
// entities_redact reads all of it, piece by piece. Time is linear: every pattern looks at a bounded stretch.
//
// Forms are those of national numbering plans, ISO 13616 and ISO 7812 and of addresses in de, en, es, fr, it, pt (docs/text-
// entities.md). A number without any sign of what it is (nine digits alone) is a telephone number only after a word that
// says so. Refuses: names of people.
#pragma once
#include "text/catalogue.h"
#include "text/word_table.h"

typedef struct PlaceTable PlaceTable;

typedef enum EntityKind {
	ENTITY_MAIL,
	ENTITY_PHONE,
	ENTITY_CARD,
	ENTITY_IBAN,
	ENTITY_STREET,
	ENTITY_IP,
	ENTITY_LOGIN,  // an address on the web with a name and a password in it
	ENTITY_SECRET, // a key, a token, a password that follows the word
	ENTITY_ORDER,  // the rest is not personal
	ENTITY_VERSION,
	ENTITY_PLACE,
	ENTITY_PRODUCT,
	ENTITY_N
} EntityKind;

typedef struct Entity {
	EntityKind kind;
	uint32_t at, end;
	Str value;
} Entity;

#define ENTITIES_MAX (TEXT_MAX_BYTES / 3)

typedef struct EntityFinder {
	Signs *signs;
	const Catalogue *catalogue;
	Entity *v, *spare;
	size_t n;
	Buf values;                // what v[].value points into
	const WordTable *contexts; // what words say of the number that follows
	const WordTable *streets;  // words of streets
	const PlaceTable *places;
} EntityFinder;

EntityFinder *entities_new(Arena *a, const Catalogue *catalogue);
size_t entities_find(EntityFinder *f, Str text);
size_t entities_find_read(EntityFinder *f); // in the text that f->signs have read just now
void entities_redact(EntityFinder *f, Str text, Buf *ret);
bool entity_personal(EntityKind kind); // is it left out when a text is redacted?
const char *entity_name(EntityKind kind);
void entities_write(Buf *b, const EntityFinder *f); // a JSON array of kind, at, end, text, value
