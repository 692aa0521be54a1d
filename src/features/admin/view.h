// SPDX-License-Identifier: AGPL-3.0-or-later
// What the administrators' templates are given.
#pragma once
#include "web/shell.h"

typedef struct SettingOption {
	Str value, label;
	bool on;
} SettingOption;

typedef struct SettingOptions {
	SettingOption *v;
	size_t n;
} SettingOptions;

typedef struct SettingField {
	Str name, id, title, help;
	Str takes; // what fits, and what it is when nothing was set
	Str value; // the present one, or what was typed
	Str error;
	SettingOptions options; // none: it is typed
	bool number, by_command;
	int64_t max; // bytes of a text
} SettingField;

typedef struct SettingFields {
	SettingField *v;
	size_t n;
} SettingFields;

typedef struct SettingGroup {
	Str key, title, action;
	SettingFields fields;
	bool has_form; // some are changed here
	bool saved;    // a moment ago
} SettingGroup;

typedef struct SettingGroups {
	SettingGroup *v;
	size_t n;
} SettingGroups;

typedef struct AdminView {
	Shell shell;
	SettingGroups groups;
	size_t errors_n;
} AdminView;
