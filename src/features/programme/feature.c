// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programme/jobs.h"
#include "programme/pages.h"

#define REMARK(least) LINE("note", least, PROGRAMME_NOTE_MAX_BYTES, "error.programme_note")

static const FormField TERMS_FORM[] = {TEXT("text", 20, 8000, "error.programme_terms"),
									   NEEDED_INTEGER("days", 30, 1100, "error.value")};
static const FormField INVITE_FORM[] = {LINE("area", 0, PROGRAMME_AREA_MAX_BYTES, "error.value"), REMARK(0)};
static const FormField NOTE_FORM[] = {REMARK(0)};
static const FormField THANK_FORM[] = {REMARK(3)};
static const FormField REST_FORM[] = {NEEDED_INTEGER("days", 7, 365, "error.value"), REMARK(0)};
static const FormField ACCEPT_FORM[] = {NEEDED_INTEGER("terms", 1, INT32_MAX, "error.value")};

// clang-format off
static const Route ROUTES[] = {
	READ("/programme", RIGHT_MANAGE, programme_page, .flags = ROUTE_NOINDEX, .doc = "The superuser programme: who stands where"),
	READ("/programme/terms", RIGHT_MANAGE, programme_terms_page, .flags = ROUTE_NOINDEX, .doc = "The terms for superusers"),
	WRITE("/programme/terms", RIGHT_MANAGE, programme_terms_prepare, programme_terms_action, .failed = programme_terms_page,
		.form = FORM(TERMS_FORM), .doc = "New terms for superusers"),
	WRITE("/programme/space", RIGHT_MANAGE, NULL, programme_space_action, .doc = "To the private space of the programme, made the first time"),
	READ("/programme/me", RIGHT_SIGNED_IN, programme_me_page, .flags = ROUTE_NOINDEX, .doc = "Your place in the superuser programme"),
	WRITE("/programme/me/accept", RIGHT_SIGNED_IN, NULL, programme_me_accept, .form = FORM(ACCEPT_FORM), .limit = LIMIT_WRITE, .doc = "Accept the terms for superusers"),
	WRITE("/programme/me/decline", RIGHT_SIGNED_IN, NULL, programme_me_decline, .form = FORM(NOTE_FORM), .limit = LIMIT_WRITE, .doc = "Decline to be a superuser"),
	WRITE("/programme/me/rest", RIGHT_SIGNED_IN, NULL, programme_me_rest, .failed = programme_me_page, .form = FORM(REST_FORM), .limit = LIMIT_WRITE, .doc = "Rest for some days"),
	WRITE("/programme/me/return", RIGHT_SIGNED_IN, NULL, programme_me_return, .limit = LIMIT_WRITE, .doc = "Back from resting"),
	WRITE("/programme/me/leave", RIGHT_SIGNED_IN, NULL, programme_me_leave, .form = FORM(NOTE_FORM), .limit = LIMIT_WRITE, .doc = "Leave the programme"),
	READ("/programme/{member:id}", RIGHT_MANAGE, programme_member_page, .flags = ROUTE_NOINDEX, .doc = "A member and the superuser programme: state and history"),
	WRITE("/programme/{member:id}/propose", RIGHT_MANAGE, NULL, programme_propose_action, .form = FORM(INVITE_FORM), .doc = "Propose a member as superuser"),
	WRITE("/programme/{member:id}/invite", RIGHT_MANAGE, NULL, programme_invite_action, .form = FORM(INVITE_FORM), .doc = "Invite a member to be a superuser"),
	WRITE("/programme/{member:id}/thank", RIGHT_MANAGE, NULL, programme_thank_action, .failed = programme_member_page, .form = FORM(THANK_FORM), .doc = "Thank a superuser"),
	WRITE("/programme/{member:id}/renew", RIGHT_MANAGE, NULL, programme_renew_action, .form = FORM(NOTE_FORM), .doc = "Renew a superuser's term"),
	WRITE("/programme/{member:id}/rest", RIGHT_MANAGE, NULL, programme_rest_action, .failed = programme_member_page, .form = FORM(REST_FORM), .doc = "Let a superuser rest"),
	WRITE("/programme/{member:id}/return", RIGHT_MANAGE, NULL, programme_return_action, .doc = "Welcome a superuser back from resting"),
	WRITE("/programme/{member:id}/end", RIGHT_MANAGE, NULL, programme_end_action, .form = FORM(NOTE_FORM), .doc = "End a superuser's time, or withdraw a proposal or invitation"),
	READ("/api/v1/programme", RIGHT_MANAGE, programme_list_json, .flags = ROUTE_API,
		.reply = "items:[member:id handle:text state:text area:text since:time? until:time?]", .doc = "Who stands where with the superuser programme"),
};
// clang-format on

static const Setting *const SETTINGS[] = {&PROGRAMME_PROPOSES};

Feature programme_feature(void)
{
	return (Feature){.name = "programme",
					 .migrations = programme_migrations,
					 .migrations_n = &programme_migrations_n,
					 .routes = ROUTES,
					 .routes_n = COUNTOF(ROUTES),
					 .jobs = programme_jobs,
					 .jobs_n = programme_jobs_n,
					 .settings = {SETTINGS, COUNTOF(SETTINGS)}};
}
