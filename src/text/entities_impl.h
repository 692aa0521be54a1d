// SPDX-License-Identifier: AGPL-3.0-or-later
// Between entities.c and the files that each know some kinds. Each goes over all signs, skips what is taken, and takes
// what it finds; they run from the surest form to the vaguest.
#pragma once
#include "text/entities.h"

void entities_web(EntityFinder *f);     // addresses with a password; blocks numbers in addresses
void entities_secrets(EntityFinder *f); // keys, tokens, passwords
void entities_mails(EntityFinder *f);
void entities_ips(EntityFinder *f);
void entities_block(EntityFinder *f);    // dates, times, prices, sizes: no numbers to be looked at
void entities_accounts(EntityFinder *f); // IBANs, cards
void entities_orders(EntityFinder *f);
void entities_streets(EntityFinder *f);
void entities_phones(EntityFinder *f);
void entities_versions(EntityFinder *f);
void entities_products(EntityFinder *f);
void entities_places(EntityFinder *f);

// Takes signs from .. to; the value is what was put into f->values since `value_at`.
void entity_put(EntityFinder *f, EntityKind kind, uint32_t from, uint32_t to, size_t value_at);
void entity_put_text(EntityFinder *f, EntityKind kind, uint32_t from,
					 uint32_t to); // the value is the text, one space for many
void entity_block(EntityFinder *f, uint32_t from, uint32_t to);
static inline bool entity_free(const EntityFinder *f, uint32_t i) { return !(f->signs->v[i].flags & SIGN_TAKEN); }
static inline bool number_free(const EntityFinder *f, uint32_t i)
{
	return !(f->signs->v[i].flags & (SIGN_TAKEN | SIGN_BLOCKED));
}

// Groups of digits with what separates them.
#define GROUPS_MAX 12
#define GROUP_DIGITS_MAX 26
typedef struct NumberGroups {
	uint32_t from, groups_n, digits_n;
	uint32_t end[GROUPS_MAX];                  // sign after each group
	uint8_t len[GROUPS_MAX], upto[GROUPS_MAX]; // digits in the group, and up to its end
	char sep[GROUPS_MAX];                      // before it: ' ' - . / ) or 0
	char d[GROUP_DIGITS_MAX];
	bool plus, paren;
} NumberGroups;
bool number_groups(const EntityFinder *f, uint32_t at, NumberGroups *ret);

// What the words before a number say it is.
typedef enum NumberContext {
	CONTEXT_NONE,
	CONTEXT_ORDER,
	CONTEXT_PHONE,
	CONTEXT_NUMBER,
	CONTEXT_VERSION,
	CONTEXT_KEY,
	CONTEXT_PASSWORD,
	CONTEXT_OTHER
} NumberContext;
const WordTable *entity_contexts_new(Arena *a);
const WordTable *entity_streets_new(Arena *a);
const PlaceTable *entity_places_new(Arena *a);
