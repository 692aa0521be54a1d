// SPDX-License-Identifier: AGPL-3.0-or-later
// Settings of a site: const tables of the features, one row each. From the row come the check of a new value, the default,
// the command `hearth setting` and the page of settings; title and help are "setting.NAME" and "setting.NAME.help" in the
// catalogues. Stored are only values that were set, as text; a value that does not fit its
// row (an older program's, say) counts as not set. A running server takes a changed value over within a second, so none
// of them needs a restart; what does is an option of the command line.
//
//   const Setting MEMBERS_SESSION_DAYS = {"members.session_days", SETTING_INT, 1, 400, "30", "days"};
//   int64_t days = setting_int(cx->site, &MEMBERS_SESSION_DAYS);
#pragma once
#include "core/site.h"

typedef enum SettingType {
	SETTING_TEXT,  // min to max bytes of one line
	SETTING_INT,   // min to max
	SETTING_FLAG,  // on or off
	SETTING_URL,   // https://host[:port], without a path; or empty
	SETTING_WORD,  // one of the words in `unit`, which are separated by spaces
	SETTING_HOSTS, // host names without port, separated by spaces, max of them; or empty
} SettingType;

typedef struct Setting {
	const char *name; // "feature.word"
	SettingType type;
	int64_t min, max;
	const char *standard; // the value when none was set
	const char *unit;     // "days", or ""; of SETTING_WORD its words
} Setting;

typedef struct SettingTable {
	const Setting *const *v;
	size_t n;
} SettingTable;
extern const SettingTable core_settings;
// What members are ordered by, for the pages: the rules in force say it, and the pass over everybody writes it down. In no table of
// settings, since nobody sets it.
extern const Setting SITE_SCORE;
extern const Setting SITE_NAME, SITE_DESCRIPTION, SITE_LICENCE, SITE_URL, SITE_HOSTS;

// Checks a value and brings it into the form that is stored; ST_INVALID says what would fit.
MUST_CHECK Status setting_parse(Ctx *cx, const Setting *s, Str value, Str *ret_value);
void setting_describe(Buf *b, const Setting *s); // "1 to 400 days", "on or off"

// The present value. site may be NULL (a model test): the default.
Str setting_str(const Site *site, const Setting *s);
int64_t setting_int(const Site *site, const Setting *s);
bool setting_flag(const Site *site, const Setting *s);
int setting_word(const Site *site, const Setting *s); // the number of its word, from 0
bool hosts_have(Str hosts, Str host);                 // of a SETTING_HOSTS; host may have a port

typedef struct SettingChange {
	const Setting *setting;
	Str value; // as setting_parse gave it
} SettingChange;
// A TxFn, arg a SettingChange: stores the value and writes it into the audit list, unless it is the present one.
MUST_CHECK Status setting_change(Ctx *cx, Tx *tx, void *change);
// Of one that nobody sets: stores what follows from something else, which has its own line in the audit list. *ret_before
// is the value until now; nothing is written where it is the same.
MUST_CHECK Status setting_follow(Ctx *cx, Tx *tx, const Setting *s, Str value, Str *ret_before);
