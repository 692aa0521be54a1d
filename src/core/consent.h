// SPDX-License-Identifier: AGPL-3.0-or-later
// May it be timed how long a member reads and writes? Asked twice: when a page is served, which then carries no clock unless
// it may, and again when the seconds are added up. The site says off, ask (only members who said yes) or on (all but those
// who said no). The staff has a switch of its own, which is off as delivered. Guests are never timed.
#pragma once
#include "core/setting.h"

typedef enum Consent { CONSENT_OFF, CONSENT_ASK, CONSENT_ON } Consent; // the words of the setting, in order
typedef enum Agreed { AGREED_UNASKED, AGREED_YES, AGREED_NO } Agreed;  // of a member. Stored: never renumber

extern const Setting ATTENTION_CONSENT, ATTENTION_EMPLOYEES, ATTENTION_TOPICS;

// With whom time is spent, by whose words are read or answered. A page's mark (web/mark.h) has a letter for each of its posts.
typedef enum Side {
	SIDE_CUSTOMER, // and whoever is not known to be of the others
	SIDE_EMPLOYEE,
	SIDE_PARTNER, // and suppliers
	SIDE_OWN,     // one's own words; nobody's
	SIDES
} Side;
#define SIDE_LETTERS "cepo"
char side_letter(int64_t affiliation, bool own);

bool consent_given(const Site *site, Agreed choice, bool staff);
