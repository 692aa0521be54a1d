// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading TOML tables into structs by tables of fields: what a key is called, what it may hold, where it goes. Unknown keys,
// wrong types, values out of range and missing keys are found in one place. Private to rules.
#pragma once
#include "base/buf.h"
#include "rules/compile.h"
#include "rules/toml.h"

typedef struct Load {
	Ctx *cx;
	Str file;
	Ruleset *rules;
} Load;

typedef enum FieldType {
	FIELD_TEXT,   // Str, at most `most` bytes
	FIELD_NAME,   // Str: letters, digits, - and _, beginning with a letter
	FIELD_INT,    // int64_t, least..most
	FIELD_NUMBER, // int64_t in thousandths, least..most in whole units
	FIELD_BOOL,   // bool
	FIELD_CHOICE, // an enum, by one of `choices`
	FIELD_DAYS,   // int64_t of days: "91d", "13w" or "all", which is 0; at most `most`
	FIELD_WHEN,   // const Expr *, true or false, about a fact
	FIELD_POINTS, // const Expr *, a number, about a fact; a plain number will do
	FIELD_MEMBER, // const Expr *, true or false, about a member
	FIELD_KINDS,  // FactKind[RULE_KINDS_MAX] and its count: a name or several
	FIELD_TEXTS,  // Str[GRANTS_MAX] and its count
	FIELD_DATE,   // Time of the day's beginning, UTC
	FIELD_OWN     // the caller reads it: TomlNode *
} FieldType;

typedef struct Field {
	const char *key;
	FieldType type;
	size_t at; // offset in the struct
	bool required;
	int64_t least, most;
	const char *const *choices; // in the order of the enum, NULL at the end
	size_t count_at;
} Field;

// Reads a table; `what` names it in errors ("a rule"). Fields that are absent keep the value they have.
MUST_CHECK Status fields_read(Load *ld, const TomlNode *table, const Field *fields, size_t n, const char *what,
							  void *to);
PRINTF_LIKE(3, 4) Status load_wrong(Load *ld, int line, const char *fmt, ...);
Str node_key(const TomlNode *node);
Str node_text(const TomlNode *node);
void number_write(Buf *b, int64_t thousandths); // 1500 is 1.5, -2000 is -2
MUST_CHECK Status rules_hash(Ctx *cx, const Ruleset *rules, uint64_t *ret_hash);
MUST_CHECK Status load_metrics(Load *ld, const TomlNode *node);

extern const char *const CREDIT_NAMES[],
	*const PER_NAMES[], *const OF_NAMES[], *const PAIR_NAMES[], *const GUARD_NAMES[], *const DIM_NAMES[],
																						  *const METRIC_NAMES[];
