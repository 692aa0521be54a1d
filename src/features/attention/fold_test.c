// SPDX-License-Identifier: AGPL-3.0-or-later
// Seconds on their way into the rows of a day, on both engines: with whom, where, no more than can be true, and nobody who did
// not agree.
#include "attention/attention.h"
#include "community/model_testkit.h"

#include "test.h"

typedef struct Desk {
	Town *t;
	Id topic, opening;
	Actor reader, mole;
	Site site;
	SiteValue values[2];
} Desk;

static void say(Desk *d, const char *consent, const char *employees)
{
	d->values[0] = (SiteValue){S("attention.consent"), str_from(consent)};
	d->values[1] = (SiteValue){S("attention.employees"), str_from(employees)};
	d->site.values = d->values;
	d->site.values_n = 2;
	d->t->cx->site = &d->site;
}

static void build(Desk *d, Town *t)
{
	*d = (Desk){.t = t};
	d->reader = town_join(t, S("reader"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	d->mole = town_join(t, S("mole"), ROLE_MEMBER, AFFILIATION_EMPLOYEE);
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("How do I descale the kettle?"), S("kettle scale"), S("It whistles."), &d->topic,
							  &d->opening));
	t->cx->actor = NULL;
	say(d, "on", "off");
}

static Observation seconds(const Desk *d, Id member, ObserveKind kind, Side side, int64_t n)
{
	Time now = d->t->cx->now_ms;
	return (Observation){.at_ms = now,
						 .kind = kind,
						 .actor_id = member,
						 .subject_id = side,
						 .value = n,
						 .page_id = d->topic,
						 .page_at = now - 1000 * TIME_SECOND_MS};
}

static void fold(const Desk *d, Observation o) { assert_ok(d->t->cx, attention_fold(d->t->cx, d->t->store, &o, 1)); }

// What a member's days have in an area.
static AttentionSums sum_all(const Desk *d, Id member, Str area)
{
	AUTO(Db) db = NULL;
	AttentionMineRows rows;
	AttentionSums all = {0};
	assert_ok(d->t->cx, db_begin(d->t->cx, d->t->store, &db));
	assert_ok(d->t->cx, attention_mine(d->t->cx, db, &(AttentionMineArgs){.member_id = member}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		AttentionSums s = attention_in(rows.v[i].areas, area);
		attention_add(&all, &s);
	}
	return all;
}

// "read" or "wrote", of or to whom.
static int64_t sum(const Desk *d, bool read, Side side, Id member, const char *area)
{
	AttentionSums s = sum_all(d, member, str_from(area));
	return read ? s.read[side] : s.wrote[side];
}

static Str topic_area(const Desk *d)
{
	Buf b = buf_init(test_arena(), 20, 20);
	buf_char(&b, ATTENTION_TOPIC);
	buf_id(&b, d->topic);
	return buf_view(&b);
}

static void sides(Town *t)
{
	Desk *d = ARENA_NEW(test_arena(), Desk, 1);
	build(d, t);
	Id me = d->reader.id;
	const Observation seen[] = {
		seconds(d, me, OBSERVE_READ, SIDE_CUSTOMER, 20),  seconds(d, me, OBSERVE_READ, SIDE_CUSTOMER, 10),
		seconds(d, me, OBSERVE_READ, SIDE_EMPLOYEE, 5),   seconds(d, me, OBSERVE_READ, SIDE_PARTNER, 3),
		seconds(d, me, OBSERVE_WROTE, SIDE_CUSTOMER, 40), seconds(d, me, OBSERVE_WROTE, SIDE_PARTNER, 7),
	};
	assert_ok(t->cx, attention_fold(t->cx, t->store, seen, COUNTOF(seen)));
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, ""), 30);
	assert_int_equal(sum(d, true, SIDE_EMPLOYEE, me, ""), 5);
	assert_int_equal(sum(d, true, SIDE_PARTNER, me, ""), 3);
	assert_int_equal(sum(d, false, SIDE_CUSTOMER, me, ""), 40);
	assert_int_equal(sum(d, false, SIDE_PARTNER, me, ""), 7);
	// The same in the space and under each of the two tags, in the one row of the day; of the topic what others wrote and was read.
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day"), 1);
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, "/help"), 30);
	assert_int_equal(sum(d, false, SIDE_CUSTOMER, me, "#scale"), 40);
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, "#lamp"), 0);
	AttentionArea topic = {.area = topic_area(d)};
	Id of;
	int64_t read;
	topic.n = sum_all(d, me, topic.area);
	assert_true(attention_topic_of(&topic, &of, &read) && of == d->topic && read == 38);
	assert_int_equal(topic.n.wrote[SIDE_CUSTOMER], 0);
	Observation asks = seconds(d, me, OBSERVE_WROTE, SIDE_OWN, 6); // a question that is being asked lies nowhere yet
	asks.page_id = 0;
	fold(d, asks);
	assert_int_equal(sum(d, false, SIDE_OWN, me, ""), 6);
	assert_int_equal(sum(d, false, SIDE_OWN, me, "/help"), 0);
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, "/help"), 30); // what was there stays
}
TEST(attention_knows_with_whom_and_where)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}};
	test_towns_with(more, COUNTOF(more), sides);
}

static void caps(Town *t)
{
	Desk *d = ARENA_NEW(test_arena(), Desk, 1);
	build(d, t);
	Id me = d->reader.id;
	t->cx->now_ms = (t->cx->now_ms / TIME_DAY_MS + 1) * TIME_DAY_MS + 6 * TIME_HOUR_MS;
	Observation o = seconds(d, me, OBSERVE_READ, SIDE_CUSTOMER, 900);
	o.page_at = o.at_ms - 60 * TIME_SECOND_MS;
	fold(d, o); // not more than the page is old
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, ""), 60);
	fold(d, o); // nor the same minute twice, be it told again or by another tab
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, ""), 60);
	t->cx->now_ms += 10 * TIME_SECOND_MS;
	o.at_ms = t->cx->now_ms;
	fold(d, o); // ten more went by
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, ""), 70);
	for (int i = 0; i < 10; i++) { // an hour each, in half a day
		t->cx->now_ms += TIME_HOUR_MS;
		o.at_ms = t->cx->now_ms;
		o.page_at = o.at_ms - TIME_HOUR_MS;
		o.value = 3600;
		fold(d, o);
	}
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, me, ""), ATTENTION_DAY_SECONDS);
	fold(d, seconds(d, 99, OBSERVE_READ, SIDE_CUSTOMER, 5)); // nobody
	fold(d, seconds(d, t->stranger, OBSERVE_READ, (Side)SIDES, 5));
	assert_int_equal(town_number(t, "SELECT count(DISTINCT member_id) FROM attention_day"), 1);
}
TEST(attention_believes_no_more_than_can_be_true)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}};
	test_towns_with(more, COUNTOF(more), caps);
}

static Status choose(Ctx *cx, Tx *tx, void *arg)
{
	const int64_t *v = arg;
	return attention_choose(cx, tx, v[0], (Agreed)v[1]);
}

static void chosen(const Desk *d, Agreed choice)
{
	int64_t v[] = {d->reader.id, choice};
	assert_ok(d->t->cx, store_write(d->t->cx, d->t->store, choose, v));
}

static void consent(Town *t)
{
	Desk *d = ARENA_NEW(test_arena(), Desk, 1);
	build(d, t);
	Observation o = seconds(d, d->reader.id, OBSERVE_READ, SIDE_CUSTOMER, 10);
	say(d, "off", "on");
	chosen(d, AGREED_YES);
	fold(d, o);
	say(d, "ask", "on");
	chosen(d, AGREED_UNASKED);
	fold(d, o);
	say(d, "on", "on");
	chosen(d, AGREED_NO);
	fold(d, o);
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day"), 0);
	say(d, "ask", "off");
	chosen(d, AGREED_YES);
	fold(d, o);
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, d->reader.id, ""), 10);
	chosen(d, AGREED_NO); // also deletes, and says so to what was sealed
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day"), 0);
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_erased"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 45"), 5);
}
TEST(attention_asks_first)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}};
	test_towns_with(more, COUNTOF(more), consent);
}

static void staff(Town *t)
{
	Desk *d = ARENA_NEW(test_arena(), Desk, 1);
	build(d, t);
	fold(d, seconds(d, d->mole.id, OBSERVE_READ, SIDE_CUSTOMER, 10));
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day"), 0); // the switch is off
	say(d, "on", "on");
	fold(d, seconds(d, d->mole.id, OBSERVE_READ, SIDE_CUSTOMER, 10));
	fold(d, seconds(d, d->mole.id, OBSERVE_WROTE, SIDE_CUSTOMER, 5));
	assert_int_equal(sum(d, true, SIDE_CUSTOMER, 0, ""), 10); // one row for all of them
	assert_int_equal(sum(d, false, SIDE_CUSTOMER, 0, ""), 5);
	assert_int_equal(sum_all(d, 0, topic_area(d)).read[SIDE_CUSTOMER], 0);                          // nor topics
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day WHERE member_id <> 0"), 0); // and no name
}
TEST(attention_of_the_staff_has_no_name)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}};
	test_towns_with(more, COUNTOF(more), staff);
}

// The areas of a member's only day, as they are stored.
static Str stored(const Desk *d, Id member)
{
	AUTO(Db) db = NULL;
	AttentionMineRows rows;
	assert_ok(d->t->cx, db_begin(d->t->cx, d->t->store, &db));
	assert_ok(d->t->cx, attention_mine(d->t->cx, db, &(AttentionMineArgs){.member_id = member}, &rows));
	assert_int_equal(rows.n, 1);
	return rows.v[0].areas;
}

#define TOPICS 40 // of three tags each: more areas than a row has room for

// Two members and many topics in one batch: whose row it is, and what a full row has room for, is decided in the order in which
// the seconds came.
static void order(Town *t)
{
	Desk *d = ARENA_NEW(test_arena(), Desk, 1);
	Observation v[2 * TOPICS];
	build(d, t);
	Actor other = town_join(t, S("other"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	Buf want = buf_init(test_arena(), 1024, 8192), few = buf_init(test_arena(), 64, 256);
	buf_format(&want, "*:a%d /help:a%d", TOPICS, TOPICS);
	for (int i = 0; i < TOPICS; i++) {
		Id topic, opening;
		Str tags = str_format(test_arena(), "z%d m%d a%d", TOPICS - i, i, i * 7 % TOPICS);
		t->cx->actor = &t->asking;
		assert_ok(t->cx, town_ask(t, str_format(test_arena(), "How does part %d fit?", i), tags, S("Tell."), &topic,
								  &opening));
		t->cx->actor = NULL;
		v[2 * i] = seconds(d, other.id, OBSERVE_WROTE, SIDE_CUSTOMER, 2);
		v[2 * i + 1] = seconds(d, d->reader.id, OBSERVE_READ, SIDE_CUSTOMER, 1);
		v[2 * i + 1].page_id = topic;
		int room = (ATTENTION_AREAS_MAX - 2) - 3 * i;
		if (room > 0) buf_format(&want, " #z%d:a1", TOPICS - i);
		if (room > 1) buf_format(&want, " #m%d:a1", i);
		if (room > 2) buf_format(&want, " #a%d:a1", i * 7 % TOPICS);
		buf_format(&want, " %c", ATTENTION_TOPIC); // topics have room of their own
		buf_id(&want, topic);
		buf_z(&want, ":a1");
	}
	assert_ok(t->cx, attention_fold(t->cx, t->store, v, COUNTOF(v)));
	assert_str_equal(stored(d, d->reader.id), str_z(test_arena(), buf_view(&want)));
	buf_format(&few, "*:e%d /help:e%d #kettle:e%d #scale:e%d", 2 * TOPICS, 2 * TOPICS, 2 * TOPICS, 2 * TOPICS);
	assert_str_equal(stored(d, other.id), str_z(test_arena(), buf_view(&few)));
}
TEST(attention_is_added_up_as_it_came)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}};
	test_towns_with(more, COUNTOF(more), order);
}

TEST(attention_areas_are_read_as_written)
{
	AttentionArea v[] = {{S("*"), {.read = {600, 0, 3, 1}, .wrote = {300, 0, 0, 999999}}},
						 {S("#c#"), {.read = {0, 7}}}},
				  a;
	Buf b = buf_init(test_arena(), 16, ATTENTION_AREAS_BYTES);
	attention_write(&b, v, COUNTOF(v));
	assert_str_equal(buf_view(&b), "*:a600c3d1e300h999999 #c#:b7");
	Str rest = buf_view(&b);
	for (size_t i = 0; i < COUNTOF(v); i++) {
		assert_true(attention_next(&rest, &a));
		assert_true(str_eq(a.area, v[i].area));
		assert_memory_equal(&a.n, &v[i].n, sizeof a.n);
	}
	assert_false(attention_next(&rest, &a));
	assert_int_equal(attention_in(buf_view(&b), S("#c#")).read[SIDE_EMPLOYEE], 7);
	assert_int_equal(attention_in(S("x y: *:z1 *:a12345678901 #a:a"), str_none()).read[0],
					 0); // what is none is passed over
}
