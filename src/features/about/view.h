// SPDX-License-Identifier: AGPL-3.0-or-later
// What the templates about profiles are given.
#pragma once
#include "about/about.h"
#include "web/shell.h"

typedef struct AboutView {
	Shell shell;
	Crumbs crumbs;
	Str handle, body, body_error;
	SafeHtml shown; // what stands on the profile now
	bool imported;  // and was not typed here
	Str note, note_error;
	bool reported; // the actor's report is open
} AboutView;
