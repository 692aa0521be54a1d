// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of the community model and of what stands on it: a small town with three members and a space, and one-line
// forms of the writing functions. Each runs its own transaction, as cx->actor, and returns the outcome.
#pragma once
#include "community/community.h"
#include "core/store_testkit.h"

typedef struct Town {
	Ctx *cx;
	Store *store;
	Id asker, helper, stranger; // members
	Actor asking, helping, moderating, strange, guest;
	Id space; // questions, public
} Town;

typedef void (*TownTest)(Town *t);
void test_towns(TownTest run);                                          // on both engines (core/store_testkit.h)
void test_towns_with(const MigrationSet *more, size_t n, TownTest run); // with the tables of features above as well

Status town_space(Town *t, const SpaceNew *space, Id *ret_id);
Status town_ask(Town *t, Str title, Str tags, Str body, Id *ret_topic, Id *ret_opening); // by cx->actor, or the asker
Status town_topic(Town *t, TopicNew *topic, Id *ret_topic, Id *ret_opening);
Status town_answer(Town *t, Id topic, Str body, Id *ret_post);
// One asks why, with these tags, and one answers, who is cx->actor from then on. Fails the test where they may not.
typedef struct TownThread {
	Id topic, opening, answer;
} TownThread;
TownThread town_thread(Town *t, Actor *asking, Actor *answering, Str tags);
Status town_post(Town *t, PostNew *post, Id *ret_post);
Status town_comment(Town *t, Id post, Str body, Id *ret_comment);
Status town_edit(Town *t, PostEdit *edit);
Status town_vote(Town *t, Id post, int value);
Status town_accept(Town *t, Id post, bool accepted);
Status town_mark(Town *t, MarkKind kind, Id subject, bool on);
Status town_delete(Town *t, Id post, bool deleted);
Status town_close(Town *t, Id topic, bool closed);
Status town_report(Town *t, Id post, ReportWhy why, Str note);
Status town_guest_mark(Town *t, Id topic, Str browser, bool *ret_counted);
Actor town_join(Town *t, Str handle, Role role, Affiliation side); // a new member
Str town_session(Town *t, Id member, Role role);                   // signed in, as one of that role from now on
// All counters against what the rows say; fails the test where they differ.
void town_check_counts(Town *t);
int64_t town_number(Town *t, const char *sql);
