// SPDX-License-Identifier: AGPL-3.0-or-later
// What the superusers' template is given.
#pragma once
#include "superusers/superusers.h"
#include "web/shell.h"

typedef enum SuperKind { SUPER_ESTABLISHED, SUPER_RISING, SUPER_QUIET, SUPER_AT_RISK, SUPER_KINDS } SuperKind;

typedef struct PersonView {
	Str handle, initials, why, why_url, accepted_url, share_url, content_url;
	Id id;
	int hue;
	int64_t accepted;
} PersonView;
typedef struct PeopleView {
	PersonView *v;
	size_t n;
} PeopleView;

typedef struct AreaView {
	Str name, url;
	PersonView who;
	PeopleView next;
	int64_t accepted, of;
} AreaView;
typedef struct AreasView {
	AreaView *v;
	size_t n;
} AreasView;

typedef struct SuperView {
	Shell shell;
	PeopleView lists[SUPER_KINDS];
	AreasView areas;
	Str window, top10, top1, next9, rest, gini;
	int64_t active, contributors, half, absence, answerers;
	bool counting;
} SuperView;
