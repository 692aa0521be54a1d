// SPDX-License-Identifier: AGPL-3.0-or-later
// For the tests of who sees what: a site where each thing that is not for everybody has a word of its own in it, beginning with
// "zq", and the addresses at which something might be found out about it.
#pragma once
#include "app/access_testkit.h"

typedef struct Secret {
	const char *word;
	unsigned seen_by; // bits of Who: whose business it is
	unsigned control; // of these, who has to have seen it somewhere, or the test shows nothing; 0: nobody ever does
} Secret;
extern const Secret SECRETS[];
extern const size_t SECRETS_N;
#define WHO_BIT(who) (1u << (who))

enum { PLACE_OPEN, PLACE_STAFF, PLACE_CIRCLE, PLACE_MEMBERS, PLACE_DELETED, PLACES_N };

typedef struct Secrets {
	World *w;
	Id space[PLACES_N]; // deleted: in the open one
	Id topic[PLACES_N], opening[PLACES_N], answer[PLACES_N], comment[PLACES_N];
	Id hidden_post, under_hidden, removed_comment; // in the open topic
	Id opted_out, report, token, objection;
} Secrets;

void secrets_make(World *w, Secrets *ret);

// Looks through bytes that were sent to somebody: which secret is in there that is none of their business (NULL: none). What
// they typed may be said again. seen, unless NULL, gets their bit for each secret that was found.
const Secret *secrets_told(Str bytes, Who who, Str typed, unsigned *seen);

// What may stand for a name in braces of a route, or in a field of its form. 0: the list does not know the name.
#define VALUES_MAX 32
size_t secrets_path_values(const Secrets *s, const Route *row, Str name, Str ret[static VALUES_MAX]);
size_t secrets_field_values(const Secrets *s, Str name, Str ret[static VALUES_MAX]); // a single empty one: none is sent
// All addresses of a route, with every combination of what may stand in its braces.
typedef struct Addresses {
	Str *v;
	size_t n;
} Addresses;
Addresses secrets_addresses(const Secrets *s, const Route *row);
