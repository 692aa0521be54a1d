// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/consent.h"

const Setting ATTENTION_CONSENT = {"attention.consent", SETTING_WORD, 0, 0, "ask", "off ask on"};
const Setting ATTENTION_EMPLOYEES = {"attention.employees", SETTING_FLAG, 0, 0, "off", ""};

const Setting ATTENTION_TOPICS = {"attention.topics", SETTING_FLAG, 0, 0, "on", ""};

bool consent_given(const Site *site, Agreed choice, bool staff)
{
	Consent consent = (Consent)setting_word(site, &ATTENTION_CONSENT);
	if (consent == CONSENT_OFF || choice == AGREED_NO) return false;
	if (staff && !setting_flag(site, &ATTENTION_EMPLOYEES)) return false;
	return consent == CONSENT_ON || choice == AGREED_YES;
}

char side_letter(int64_t affiliation, bool own)
{
	if (own) return SIDE_LETTERS[SIDE_OWN];
	switch ((Affiliation)affiliation) {
	case AFFILIATION_EMPLOYEE: return SIDE_LETTERS[SIDE_EMPLOYEE];
	case AFFILIATION_PARTNER:
	case AFFILIATION_SUPPLIER: return SIDE_LETTERS[SIDE_PARTNER];
	case AFFILIATION_UNKNOWN:
	case AFFILIATION_CUSTOMER:
	case AFFILIATION_PROSPECT: break;
	}
	return SIDE_LETTERS[SIDE_CUSTOMER];
}
