// SPDX-License-Identifier: AGPL-3.0-or-later
// What the community's templates are given. Filled by pages_*.c, read by views/*.html.
#pragma once
#include "community/community_path.h"
#include "web/shell.h"

typedef struct Person { // who wrote something
	Str handle; // absent: without an account here, then name
	Str name;
	Str initials;
	int hue;
	bool staff;
	int role, affiliation;
	int64_t reputation, answers_n, solutions_n;
} Person;

typedef struct CommentView {
	Id id;
	Person by;
	Time created_at;
	int64_t score;
	SafeHtml body;
	bool imported;
} CommentView;

typedef struct CommentViews {
	CommentView *v;
	size_t n;
} CommentViews;

typedef struct PostView {
	Id id;
	int64_t number, score, revisions_n, comments_n;
	Person by;
	Time created_at, edited_at;
	SafeHtml body;
	Str origin_url, licence; // imported: the original address and its licence
	CommentViews comments;
	bool question, solution, own;
	bool can_edit, can_delete, can_accept, can_vote;
	int my_vote;
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
	int64_t answers_n, score, views, same_n, helped_guests_n;
	bool question_space, solved, first_page, can_write, can_moderate, same_mine, guest_may_mark;
	PostView question, solution;
	bool has_solution;
	PostViews posts;
	int64_t first_number, last_number; // of the posts shown
	Str newer_url, older_url;          // the pager; absent at the ends
	TopicRows linked;
	Str answer_text; // what was typed, or the draft
	Str answer_error;
	Time draft_at;
	Str solved_after; // "2 h 13 min", absent when unsolved
} TopicView;

typedef struct SpaceCard {
	Id id;
	Str slug, title, description;
	int64_t topics_n, posts_n;
	bool child;
} SpaceCard;

typedef struct SpaceCards {
	SpaceCard *v;
	size_t n;
} SpaceCards;

typedef struct HomeView {
	Shell shell;
	SpaceCards spaces;
	TopicRows topics;
	bool demo, guest, empty, can_manage;
	Str older_url;
} HomeView;

typedef struct FilterTab {
	const char *key; // message key
	Str url;
	bool current;
} FilterTab;

typedef struct FilterTabs {
	FilterTab *v;
	size_t n;
} FilterTabs;

typedef struct ListView { // a space, a tag, or all topics
	Shell shell;
	Crumbs crumbs;
	Str title, lede, ask_url;
	FilterTabs tabs;
	TopicRows topics;
	Str older_url;
	int64_t topics_n;
	bool discussion, filtered;
	SpaceCards children;
} ListView;

typedef struct TagsView {
	Shell shell;
	TagViews tags;
	Str older_url;
} TagsView;

typedef struct AskView {
	Shell shell;
	Crumbs crumbs;
	SpaceCards spaces;
	Id space_id;
	Str title, tags, body;
	Str title_error, body_error, tags_error, space_error;
	size_t errors_n;
	Time draft_at;
	TopicRows similar;
	bool signed_in;
} AskView;

typedef struct EditView {
	Shell shell;
	Crumbs crumbs;
	Id post_id;
	bool opening, may_edit;
	int64_t revision; // what the form was made from
	Str note_error;
	Str title, tags, body, reason;
	Str title_error, body_error, tags_error;
	Str back_url;
} EditView;

typedef struct RevisionView {
	int64_t number;
	Person by;
	Time at_ms;
	Str reason;
	SafeHtml diff;
	Str title;
} RevisionView;

typedef struct RevisionViews {
	RevisionView *v;
	size_t n;
} RevisionViews;

typedef struct HistoryView {
	Shell shell;
	Crumbs crumbs;
	RevisionViews revisions;
	Str back_url;
} HistoryView;

typedef struct HitView {
	Str url, title, space_title, space_slug, author, tag_line;
	Time created_at;
	int64_t score, answers_n;
	bool solved, answer;
	SafeHtml snippet;
} HitView;

typedef struct HitViews {
	HitView *v;
	size_t n;
} HitViews;

typedef struct SearchView {
	Shell shell;
	Str q, tag, by, space;
	bool newest;
	int solved;
	HitViews hits;
	size_t total;
	bool capped, asked;
	FilterTabs sorts, states;
	SpaceCards spaces;
	Str older_url, ask_url;
} SearchView;

typedef struct ActivityRow {
	Str url, title;
	Time created_at;
	int64_t score;
	bool solution;
} ActivityRow;

typedef struct ActivityRows {
	ActivityRow *v;
	size_t n;
} ActivityRows;

typedef struct BadgeView {
	Str name;
	int level;
	int64_t count;
} BadgeView;

typedef struct BadgeViews {
	BadgeView *v;
	size_t n;
} BadgeViews;

typedef struct FigureView {
	Str source, name;
	int64_t value;
} FigureView;

typedef struct FigureViews {
	FigureView *v;
	size_t n;
} FigureViews;

typedef struct ProfileView {
	Shell shell;
	Crumbs crumbs;
	Person by;
	Str display_name, location, website, origin_url;
	SafeHtml about;
	Time joined_at;
	int64_t topics_n, comments_n, kudos_n;
	const char *role_key, *affiliation_key;
	ActivityRows answers;
	TopicRows topics;
	BadgeViews badges;
	FigureViews figures;
	bool own;
	Str answers_older_url, topics_older_url;
} ProfileView;

typedef struct ReportRow {
	Id id, post_id;
	const char *why_key;
	Str note, reporter, title;
	Time at_ms;
} ReportRow;

typedef struct ReportRows {
	ReportRow *v;
	size_t n;
} ReportRows;

typedef struct ReportsView {
	Shell shell;
	ReportRows reports;
} ReportsView;

typedef struct PreviewView {
	SafeHtml body;
} PreviewView;
