// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/risk.h"

#include "test.h"
#include "text/style.h"

static const struct {
	const char *text;
	RiskClass class;
} ADVICE[] = {
	{"Just run sudo rm -rf /var/cache and reboot.", RISK_DATA_LOSS},
	{"Then format the SD card.", RISK_DATA_LOSS},
	{"Do not run rm -rf on that.", RISK_HARMLESS},
	{"Is it safe to format the SD card?", RISK_HARMLESS},
	{"I deleted the registry key yesterday.", RISK_HARMLESS},
	{"Open regedit and remove the system registry entry.", RISK_DATA_LOSS},
	{"Disable the firewall for good.", RISK_CONFIG},
	{"Send me your password.", RISK_CONFIG},
	{"Please don't send me your password.", RISK_HARMLESS},
	{"You don't need a doctor, double the dose.", RISK_SAFETY},
	{"First format the SD card. Then bridge the fuse with wire.", RISK_SAFETY}, // the worst counts
	{"Restart the router.", RISK_HARMLESS},
	{"", RISK_HARMLESS},
};

TEST(risk_of_advice)
{
	const RiskBook *book = risk_new(test_arena());
	Signs *s = signs_new(test_arena());
	RiskFinding r;
	for (size_t i = 0; i < COUNTOF(ADVICE); i++) {
		signs_read(s, str_from(ADVICE[i].text));
		risk_find(&(RiskSearch){.book = book, .signs = s}, &r);
		if (r.class != ADVICE[i].class) test_fail("%s: %s", ADVICE[i].text, risk_name(r.class));
		assert_int_equal(r.p > 32768, r.class != RISK_HARMLESS);
		assert_int_equal(r.evidence_n > 0, r.class != RISK_HARMLESS);
	}
	Str text = S("Well. You can bridge the old fuse.");
	signs_read(s, text);
	risk_find(&(RiskSearch){.book = book, .signs = s}, &r);
	assert_int_equal(r.evidence_n, 2);
	assert_str_equal(str_sub(text, r.evidence[0].at, r.evidence[0].end), "bridge");
	assert_str_equal(str_sub(text, r.evidence[1].at, r.evidence[1].end), "fuse");
}

static const struct {
	const char *text;
	TextStyle style;
	bool sure;
} SAID[] = {
	{"We are pleased to announce version 4, now available in the shop.", TEXT_ONE_WAY, true},
	{"Scheduled maintenance: the site will be unavailable on Sunday.", TEXT_ONE_WAY, true},
	{"Ab sofort jetzt erhältlich: die neue Kamera.", TEXT_ONE_WAY, true},
	{"We built a new search. What do you think of it? Tell us!", TEXT_DIALOGIC, true},
	{"Que pensez-vous de la nouvelle version ?", TEXT_DIALOGIC, true},
	{"@ada Thanks for the report, you're right: the reason was a full disk, it is fixed.", TEXT_TRANSPARENT, true},
	{"Danke für die Frage! Der Grund ist ein Fehler in der Datenbank.", TEXT_TRANSPARENT, true},
	{"Let's work on this together: I'll take the tests, who can take the docs by Friday?", TEXT_COLLABORATIVE, true},
	{"Mein Vorschlag: wir schreiben es gemeinsam, ich übernehme den Anfang.", TEXT_COLLABORATIVE, true},
	{"The box is blue.", TEXT_ONE_WAY, false},
	{"", TEXT_ONE_WAY, false},
};

TEST(style_of_a_text)
{
	const StyleBook *book = style_new(test_arena());
	Signs *s = signs_new(test_arena());
	StyleFinding f;
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		signs_read(s, str_from(SAID[i].text));
		style_find(book, s, &f);
		if (f.style != SAID[i].style || f.sure != SAID[i].sure)
			test_fail("%s: %s, %d", SAID[i].text, text_style_name(f.style), f.sure);
		assert_int_equal(f.evidence_n > 0, SAID[i].sure);
	}
}
