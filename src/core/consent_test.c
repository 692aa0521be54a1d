// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/consent.h"

#include "test.h"

TEST(consent_is_of_the_site_and_of_the_member)
{
	static const struct {
		const char *consent, *employees;
		Agreed agreed;
		bool staff, given;
	} CASES[] = {
		{"off", "on", AGREED_YES, false, false},      {"off", "on", AGREED_YES, true, false},
		{"ask", "off", AGREED_UNASKED, false, false}, {"ask", "off", AGREED_YES, false, true},
		{"ask", "off", AGREED_NO, false, false},      {"ask", "on", AGREED_UNASKED, true, false},
		{"ask", "on", AGREED_YES, true, true},        {"ask", "off", AGREED_YES, true, false},
		{"on", "off", AGREED_UNASKED, false, true},   {"on", "off", AGREED_NO, false, false},
		{"on", "off", AGREED_UNASKED, true, false},   {"on", "on", AGREED_UNASKED, true, true},
		{"on", "on", AGREED_NO, true, false},         {"never heard of", "on", AGREED_UNASKED, false, false},
	};
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		SiteValue values[] = {{S("attention.consent"), str_from(CASES[i].consent)},
							  {S("attention.employees"), str_from(CASES[i].employees)}};
		Site site = {.values = values, .values_n = COUNTOF(values)};
		if (consent_given(&site, CASES[i].agreed, CASES[i].staff) != CASES[i].given) fail_msg("case %zu", i);
	}
	assert_false(consent_given(NULL, AGREED_UNASKED, false)); // as delivered
	assert_true(consent_given(NULL, AGREED_YES, false));
	assert_false(consent_given(NULL, AGREED_YES, true));
}
