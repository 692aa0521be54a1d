// SPDX-License-Identifier: AGPL-3.0-or-later
// What a member may do and whose side the member is on, and the settings of this feature.
#include "members.h"

#include "core/job.h"

const Setting MEMBERS_SIGN_UP = {"members.sign_up", SETTING_FLAG, 0, 0, "on", ""};
const Setting MEMBERS_SESSION_DAYS = {"members.session_days", SETTING_INT, 1, 400, "30", "days"};
static const Setting *const SETTINGS[] = {&MEMBERS_SIGN_UP, &MEMBERS_SESSION_DAYS};
const SettingTable members_settings = {SETTINGS, COUNTOF(SETTINGS)};

Time members_session_life_ms(const Ctx *cx) { return setting_int(cx->site, &MEMBERS_SESSION_DAYS) * TIME_DAY_MS; }

static Status audit_change(Ctx *cx, Tx *tx, Str what, Id member_id, const char *from, const char *to)
{
	return audit(cx, tx, what, member_id, str_format(cx->arena, "%s -> %s", from, to));
}

// A site that nobody administers could only be mended by hand.
static Status keep_an_admin(Ctx *cx, Tx *tx, const MemberGetRow *m, Role role)
{
	if (m->role != ROLE_ADMIN || role == ROLE_ADMIN) return ST_OK;
	MemberCountRoleRow admins;
	TRY(member_count_role(cx, tx_db(tx), &(MemberCountRoleArgs){.role = ROLE_ADMIN}, &admins));
	return admins.n > 1 ? ST_OK : fail(cx, ST_CONFLICT, "%.*s is the last administrator", STR(m->handle));
}

Status members_set_role(Ctx *cx, Tx *tx, Id member_id, Role role)
{
	MemberGetRow m;
	TRY(member_get(cx, tx_db(tx), &(MemberGetArgs){.id = member_id}, &m));
	if (m.role == role) return ST_OK;
	TRY(keep_an_admin(cx, tx, &m, role));
	TRY(member_set_role(cx, tx, &(MemberSetRoleArgs){.id = member_id, .role = role}));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_ROLE_CHANGED,
							.actor_id = cx->actor ? cx->actor->id : 0,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = member_id,
							.target_id = member_id,
							.value = role,
							.data = str_format(cx->arena, "{\"from\":%lld}", (long long)m.role)}));
	return audit_change(cx, tx, S("role"), member_id, role_name((Role)m.role), role_name(role));
}

Status members_set_about(Ctx *cx, Tx *tx, Id member_id, SafeHtml about)
{
	int64_t n;
	TRY(member_set_about(cx, tx, &(MemberSetAboutArgs){.id = member_id, .about_html = about.s}, &n));
	return n ? ST_OK : fail(cx, ST_NOT_FOUND, "no such member");
}

// As the audit list has it: that somebody is a customer is said by whoever signs up, too.
static const char *said_as(int64_t affiliation, bool verified)
{
	if (affiliation != AFFILIATION_CUSTOMER) return affiliation_name((Affiliation)affiliation);
	return verified ? "customer, verified" : "customer, not verified";
}

Status members_set_affiliation(Ctx *cx, Tx *tx, Id member_id, Affiliation affiliation)
{
	MemberGetRow m;
	bool verified = affiliation == AFFILIATION_CUSTOMER;
	TRY(member_get(cx, tx_db(tx), &(MemberGetArgs){.id = member_id}, &m));
	if (m.affiliation == affiliation && (m.verified != 0) == verified) return ST_OK;
	TRY(member_set_affiliation(
		cx, tx, &(MemberSetAffiliationArgs){.id = member_id, .affiliation = affiliation, .verified = verified}));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_AFFILIATION_CHANGED,
							.actor_id = cx->actor ? cx->actor->id : 0,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = member_id,
							.target_id = member_id,
							.value = affiliation,
							.data = str_format(cx->arena, "{\"from\":%lld}", (long long)m.affiliation)}));
	return audit_change(cx, tx, S("affiliation"), member_id, said_as(m.affiliation, m.verified),
						said_as(affiliation, verified));
}
