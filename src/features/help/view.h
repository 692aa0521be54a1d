// SPDX-License-Identifier: AGPL-3.0-or-later
// What the help template is given.
#pragma once
#include "web/shell.h"

typedef struct HelpRow {
	Str path, doc;
	const char *method;
	bool token; // of API rows: needs one
} HelpRow;

typedef struct HelpRows {
	HelpRow *v;
	size_t n;
} HelpRows;

typedef struct HelpGroup {
	const char *title_key;
	HelpRows pages;
} HelpGroup;

typedef struct HelpGroups {
	HelpGroup *v;
	size_t n;
} HelpGroups;

typedef struct HelpView {
	Shell shell;
	bool signed_in;
	HelpGroups groups;
	HelpRows api;
} HelpView;
