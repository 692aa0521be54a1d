// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/store_testkit.h"
#include "members/members.h"
#include "test.h"

typedef struct Change {
	MemberNew member;
	Id id;
	Role role;
	Affiliation affiliation;
} Change;

static Status create(Ctx *cx, Tx *tx, void *arg)
{
	Change *c = arg;
	return members_create(cx, tx, &c->member, &c->id);
}

static Status to_role(Ctx *cx, Tx *tx, void *arg)
{
	const Change *c = arg;
	return members_set_role(cx, tx, c->id, c->role);
}

static Status to_affiliation(Ctx *cx, Tx *tx, void *arg)
{
	const Change *c = arg;
	return members_set_affiliation(cx, tx, c->id, c->affiliation);
}

static Change made(Ctx *cx, Store *store, const char *handle, Role role)
{
	Change c = {.member = {.handle = str_from(handle), .role = role}};
	assert_ok(cx, members_prepare(cx, &c.member));
	assert_ok(cx, store_write(cx, store, create, &c));
	return c;
}

static void roles(Ctx *cx, Store *store)
{
	Change ann = made(cx, store, "ann", ROLE_MEMBER), root = made(cx, store, "root", ROLE_ADMIN);
	ann.role = ROLE_MODERATOR;
	assert_ok(cx, store_write(cx, store, to_role, &ann));
	assert_ok(cx, store_write(cx, store, to_role, &ann)); // nothing new
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact WHERE kind = 27 AND value = 2"), 1);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM audit WHERE action = 'role'"), 1);
	root.role = ROLE_MEMBER;
	assert_int_equal(store_write(cx, store, to_role, &root), ST_CONFLICT);
	ann.role = ROLE_ADMIN;
	assert_ok(cx, store_write(cx, store, to_role, &ann));
	assert_ok(cx, store_write(cx, store, to_role, &root));
	ann.id = 12345;
	assert_int_equal(store_write(cx, store, to_role, &ann), ST_NOT_FOUND);
	root.affiliation = AFFILIATION_PARTNER;
	assert_ok(cx, store_write(cx, store, to_affiliation, &root));
	assert_ok(cx, store_write(cx, store, to_affiliation, &root));
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM audit WHERE action = 'affiliation'"), 1);
	AUTO(Db) db = NULL;
	MemberListAuditRows rows;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, member_list_audit(cx, db, &(MemberListAuditArgs){.limit = 10}, &rows));
	assert_int_equal(rows.n, 4);
	assert_str_equal(rows.v[0].detail, "unknown -> partner");
	assert_str_equal(rows.v[0].subject, "root");
	assert_true(rows.v[0].actor.p == NULL); // the command line
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact WHERE kind = 56 AND value = 4"), 1);
	assert_str_equal(rows.v[3].detail, "member -> moderator");
}
static void customers(Ctx *cx, Store *store)
{
	static const char *const VERIFIED = "SELECT verified FROM member";
	Change ann = {.member = {.handle = S("ann"), .affiliation = AFFILIATION_CUSTOMER}};
	assert_ok(cx, members_prepare(cx, &ann.member));
	assert_ok(cx, store_write(cx, store, create, &ann));
	assert_int_equal(test_number(cx, store, VERIFIED), 0); // says ann
	ann.affiliation = AFFILIATION_CUSTOMER;
	assert_ok(cx, store_write(cx, store, to_affiliation, &ann));
	assert_ok(cx, store_write(cx, store, to_affiliation, &ann)); // nothing new
	assert_int_equal(test_number(cx, store, VERIFIED), 1);
	ann.affiliation = AFFILIATION_PROSPECT;
	assert_ok(cx, store_write(cx, store, to_affiliation, &ann));
	assert_int_equal(test_number(cx, store, VERIFIED), 0);
	AUTO(Db) db = NULL;
	MemberListAuditRows rows;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, member_list_audit(cx, db, &(MemberListAuditArgs){.limit = 10}, &rows));
	assert_int_equal(rows.n, 2);
	assert_str_equal(rows.v[1].detail, "customer, not verified -> customer, verified");
	assert_str_equal(rows.v[0].detail, "customer, verified -> prospect");
}
TEST(members_who_call_themselves_customers_are_not_verified)
{
	const MigrationSet sets[] = {{members_migrations, members_migrations_n}};
	test_stores(sets, COUNTOF(sets), customers);
}

TEST(members_roles_and_affiliations_are_audited)
{
	const MigrationSet sets[] = {{members_migrations, members_migrations_n}};
	test_stores(sets, COUNTOF(sets), roles);
}
