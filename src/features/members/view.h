// SPDX-License-Identifier: AGPL-3.0-or-later
// What the members' templates are given.
#pragma once
#include "members/members.h"
#include "web/shell.h"

typedef struct SignView {
	Shell shell;
	Str handle, email, next;
	Str handle_error, email_error, password_error;
	bool refused; // wrong handle or password
	int wait_min; // minutes until this name may be tried again from here; 0: at once
	bool closed;  // visitors may not make an account
} SignView;

typedef struct BoardRow {
	Str handle, initials;
	int hue;
	bool staff;
	int64_t reputation, answers_n, solutions_n, kudos_n;
	int64_t points, place, place_to; // place 0: none
	Cred cred;
	Time joined_at;
} BoardRow;

typedef struct BoardRows {
	BoardRow *v;
	size_t n;
} BoardRows;

typedef struct BoardView {
	Shell shell;
	BoardRows rows;
	Str older_url;
	bool published; // some have a figure from elsewhere
	bool placed;    // by the places that reputation gave
} BoardView;

typedef struct TokenRow {
	Id id;
	Str label;
	Time created_at;
} TokenRow;

typedef struct TokenRows {
	TokenRow *v;
	size_t n;
} TokenRows;

typedef struct SettingsView {
	Shell shell;
	TokenRows tokens;
	Str fresh_token; // shown once
	Str label_error, password_error;
	bool password_changed, tokens_ended;
	bool end_tokens; // the box is ticked
	bool board_off;
} SettingsView;
