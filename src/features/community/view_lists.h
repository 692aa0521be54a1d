// SPDX-License-Identifier: AGPL-3.0-or-later
// What the templates of lists, profiles, search and forms are given; view.h has the topic's.
#pragma once
#include "community/view.h"

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
	Str insight_url, space_slug, everywhere_url; // for managers; where tags of rows lead; this tag in all spaces
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
	Id asking; // goes with what is suggested, opened and posted
} AskView;

typedef struct EditView {
	Shell shell;
	Crumbs crumbs;
	Id post_id;
	bool opening, may_edit, only_tags; // the last by a rank's grant
	bool reported;                     // by the visitor, and not dealt with yet
	int64_t revision;                  // what the form was made from
	Str title, tags, body, reason;
	Str title_error, body_error, tags_error, note_error;
	Str back_url, excerpt, author; // the last two of the post as it stands
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
	Str url, title, space_title, space_slug, author;
	Cred cred;
	Time created_at;
	int64_t score, answers_n;
	bool solved;
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
	bool total_topics, capped, asked;
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
	int64_t level, count;
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
	int64_t points, place, place_to; // place 0: none, or not for others to see
	int64_t topics_n, answers_n, solutions_n, comments_n, kudos_n;
	const char *role_key, *affiliation_key;
	ActivityRows answers;
	AreaRows areas;
	TopicRows topics;
	BadgeViews badges;
	FigureViews figures;
	bool own, manager;
	Str answers_older_url, topics_older_url;
	Id id;
	MemberCircle circle; // of the superuser programme
} ProfileView;

typedef struct ReportRow {
	Id id, post_id; // 0: it is of the author's profile, which says `about`
	const char *why_key;
	Str note, reporter, title, author, excerpt;
	SafeHtml about;
	Time at_ms, deleted_at;
} ReportRow;

typedef struct ReportRows {
	ReportRow *v;
	size_t n;
} ReportRows;

typedef struct ReportsView {
	Shell shell;
	ReportRows reports;
} ReportsView;
