// SPDX-License-Identifier: AGPL-3.0-or-later
// What the community's templates are given. Filled by pages_*.c, read by views/*.html.
#pragma once
#include "community/community.h"
#include "web/shell.h"

typedef struct Person { // who wrote something
	Str handle;         // absent: without an account here, then name
	Str name;
	Str initials;
	int hue;
	bool staff;
	int role, affiliation;
	Cred cred;
} Person;

typedef struct ReadingView { // what a text is taken for; for moderators
	bool known, sure, corrected;
	Str language, tone; // in words
	Str words;          // that decided, with commas; or empty
} ReadingView;

typedef struct CommentView {
	Id id;
	Person by;
	Time created_at;
	int64_t score;
	SafeHtml body;
	Str lang; // absent: that of the page
	bool imported;
	ReadingView reading;
} CommentView;

typedef struct CommentViews {
	CommentView *v;
	size_t n;
} CommentViews;

typedef struct PostView {
	Id id;
	int64_t number, score, revisions_n, comments_n;
	int64_t set_aside_n; // votes that count nothing (fairplay)
	Person by;
	Time created_at, edited_at;
	SafeHtml body;
	Str lang; // absent: that of the page
	ReadingView reading;
	Str origin_url, licence; // imported: the original address and its licence
	Str published_by;        // and its author, as named there
	CommentViews comments;
	bool question, solution, own;
	bool first_said; // later answers say the same
	Id repeats_id;   // the earlier answer that says it; 0: none
	bool can_edit, can_delete, can_accept, can_vote;
	int my_vote;
	char side; // on which its author stood: of core/consent.h
} PostView;

typedef struct PostViews {
	PostView *v;
	size_t n;
} PostViews;

typedef struct TagView {
	Str name;
	int64_t topics_n;
	Str description;
} TagView;

typedef struct TagViews {
	TagView *v;
	size_t n;
} TagViews;

typedef struct AreaRow { // a tag in which a member has solutions
	Str tag;
	int64_t solved, kept;
} AreaRow;

typedef struct AreaRows {
	AreaRow *v;
	size_t n;
} AreaRows;

typedef struct TopicRow { // a topic in a list
	Id id;
	Str title, slug, space_slug, space_title, author, last_author;
	TagViews tags;
	Time created_at, bumped_at;
	int64_t answers_n, score, same_n;
	bool solved, question, imported;
} TopicRow;

typedef struct TopicRows {
	TopicRow *v;
	size_t n;
} TopicRows;

typedef struct DraftView {
	Str title, tags, body;
	Time updated_at;
} DraftView;

typedef struct TopicView {
	Shell shell;
	Crumbs crumbs;
	Id id;
	Str title, slug, space_slug, space_title;
	TagViews tags;
	Time created_at, bumped_at, closed_at;
	int64_t answers_n, next_number, score, views, same_n, helped_guests_n;
	bool question_space, solved, first_page, can_write, can_moderate, same_mine, guest_may_mark, may_see_who, own;
	PostView question, solution;
	bool has_solution;
	PostViews posts;
	CommentViews comments;             // of all posts shown, ordered by post
	int64_t first_number, last_number; // of the posts shown
	Str newer_url, older_url;          // the pager; absent at the ends
	TopicRows linked;
	Str answer_text; // what was typed, or the draft
	Str answer_error;
	bool reported, reported_before; // the visitor has just sent a report; which was there already
	Time draft_at;
	Str solved_after; // "2 h 13 min", absent when unsolved
} TopicView;

typedef struct PreviewView {
	SafeHtml body;
} PreviewView;
