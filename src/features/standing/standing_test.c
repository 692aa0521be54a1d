// SPDX-License-Identifier: AGPL-3.0-or-later
// Standings that the reader keeps are those of a replay, over random histories through the community's own functions.
#include "community/life_testkit.h"
#include "reputation/story_testkit.h"
#include "standing/standing_testkit.h"

#include "test.h"

#define HISTORIES 4
#define STEPS 90

// What is stored as trust decides as the guard did.
static void assert_scored(Town *t)
{
	AUTO(Db) db = NULL;
	RepLog *log;
	RepScores *scores;
	Published rules;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, standing_rules(t->cx, db, &rules));
	assert_ok(t->cx, rep_log_load(t->cx, db, &(RepScope){0}, &log));
	assert_ok(t->cx, rep_log_seeds(t->cx, db, log, rules.rules));
	assert_ok(t->cx, rep_score(t->cx, log, rules.rules, &(RepAsOf){.day = rep_day(t->cx->now_ms)}, &scores));
	for (uint32_t m = 1; m <= log->members_n; m++) {
		StandingFindRow row;
		bool found;
		assert_ok(t->cx, standing_find(t->cx, db, &(StandingFindArgs){.member_id = log->members[m].id}, &row, &found));
		if (!found) continue;
		assert_int_equal(row.credibility, scores->v[m].score[SCORE_CREDIBILITY]);
		assert_int_equal(row.trusted, scores->v[m].bucket[BUCKET_TRUSTED]);
		assert_int_equal(row.contribution, scores->v[m].score[SCORE_CONTRIBUTION]);
	}
}

typedef struct Imported {
	Id post, author;
} Imported;

static Status vote_of_nobody(Ctx *cx, Tx *tx, void *arg)
{
	const Imported *v = arg;
	TRY(post_add_score(cx, tx, &(PostAddScoreArgs){.id = v->post, .score = 1}));
	TRY(member_add_counts(cx, tx, &(MemberAddCountsArgs){.id = v->author, .kudos = 1}));
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_VOTED_UP,
							   .subject_type = SUBJECT_POST,
							   .subject_id = v->post,
							   .target_id = v->author,
							   .value = 1});
}

// As imports have them: somebody voted, nobody knows who.
static void vote_imported(TownLife *l)
{
	if (!l->posts_n) return;
	Imported v = {.post = l->posts[town_life_below(l, l->posts_n)]};
	Str author = str_format(test_arena(),
							"SELECT COALESCE(max(p.author_id), 0) AS n FROM post p JOIN topic t ON t.id = p.topic_id "
							"WHERE p.id = %lld AND p.deleted_at IS NULL AND t.deleted_at IS NULL",
							(long long)v.post);
	v.author = town_number(l->t, str_z(test_arena(), author));
	if (v.author) assert_ok(l->t->cx, store_write(l->t->cx, l->t->store, vote_of_nobody, &v));
}

static void live(TownLife *l, Fresh *fresh, uint64_t seed)
{
	l->seed = seed;
	l->pause_ms = seed & 1 ? TIME_HOUR_MS : TIME_SECOND_MS / 2; // in a hurry, few passes come between
	l->topics_n = l->posts_n = 0;
	for (int i = 0; i < STEPS; i++) {
		town_life_step(l);
		if (i % 4 == 0) vote_imported(l);
		if (i % 3 == 0) assert_false(town_tick(l->t, fresh));
		if (i % 7 == 0) town_settle(l->t);
		if (i % 28 == 0 || i % 27 == 6) town_check_replayed(l->t); // also what has not settled yet
	}
	town_settle(l->t);
	town_check_replayed(l->t);
	assert_ok(l->t->cx, standing_pass(l->t->cx, l->t->store)); // with the trust of now
	town_check_replayed(l->t);
	assert_scored(l->t);
}

typedef struct Publishing {
	Ruleset *rules;
} Publishing;

static Status publish(Ctx *cx, Tx *tx, void *arg)
{
	const Publishing *p = arg;
	return standing_publish(cx, tx, p->rules, S("as if customers were verified"));
}

// Support's rules, but a voter vouches only as far as their own credit goes; with seeds enough that none are found.
static Ruleset *verified_rules(Ctx *cx)
{
	Ruleset *rules;
	static const char SEEDS[] = "seeds = [",
					  NAMED[] = "\"handle:person1\", \"handle:person2\", \"handle:person3\", \"handle:person4\", ";
	Buf b = buf_init(cx->arena, 1024, RULES_FILE_MAX_BYTES);
	Str rest = rules_pack_text(S("support-default")), line;
	while (rest.n) {
		rest = str_cut(rest, '\n', &line);
		bool seeds = str_starts(line, str_from(SEEDS));
		if (seeds) buf_format(&b, "%s%s", SEEDS, NAMED), line = str_sub(line, strlen(SEEDS), line.n);
		buf_str(&b, str_eq(line, S("profile = \"auto\"")) ? S("profile = \"verified\"") : line);
		buf_char(&b, '\n');
	}
	assert_ok(cx, rules_parse(cx, buf_view(&b), S("verified.toml"), &rules));
	assert_int_equal(rules->guard.profile, GUARD_VERIFIED);
	return rules;
}

typedef struct Alone { // a member by their own slice
	RepLog *log;
	RepOne *one;
	uint32_t member;
	RepScore score;
	RepEvidence evidence;
	RepExplanation why;
} Alone;

static Alone alone(Ctx *cx, Db *db, const Ruleset *rules, GuardProfile profile, Id id)
{
	Alone a = {0};
	RepScope scope = {.member_id = id, .vouched = profile == GUARD_VERIFIED, .rules = rules};
	assert_ok(cx, rep_log_load(cx, db, &scope, &a.log));
	assert_ok(cx, rep_one_new(cx, a.log, rules, &(RepAsOf){.day = rep_day(cx->now_ms)}, profile, &a.one));
	a.member = idmap_find(&a.log->member_of, id);
	assert_ok(cx, rep_one_explain(a.one, a.member, rules->board, &a.score, &a.evidence, &a.why));
	return a;
}

static uint32_t area_by_name(const RepLog *log, RepArea area)
{
	for (uint32_t i = 1; i <= log->areas_n; i++)
		if (log->areas[i].is_space == area.is_space && str_eq(log->areas[i].name, area.name)) return i;
	return 0;
}

// The same of the whole history, in an area of it.
static void assert_area(Ctx *cx, const RepLog *log, const Ruleset *rules, GuardProfile profile, const Alone *a,
						uint32_t area)
{
	RepOne *there;
	RepScore score;
	RepEvidence evidence;
	RepExplanation why;
	uint32_t member = idmap_find(&log->member_of, a->log->members[a->member].id),
			 number = area_by_name(a->log, log->areas[area]);
	int64_t total = 0;
	RepAsOf as_of = {.day = rep_day(cx->now_ms), .area = area};
	assert_ok(cx, rep_one_new(cx, log, rules, &as_of, profile, &there));
	assert_ok(cx, rep_one(there, member, &score, &evidence));
	if (!number) return; // nothing of theirs happened there
	assert_ok(cx, rep_area_totals(a->one, &a->why, a->member, rules->board, (RepAreas){&number, 1, &total}));
	assert_int_equal(total, score.score[rules->board]);
	assert_ok(cx, rep_explain_area(a->one, &a->why, a->member, rules->board, number, &why));
	assert_int_equal(why.total, total);
}

// Under any rules, a member's own slice gives what all of the history gives, though it leaves out what the rules do not ask for.
static void assert_slices(Ctx *cx, Store *store, const Ruleset *rules, GuardProfile profile)
{
	AUTO(Db) db = NULL;
	RepLog *log;
	RepOne *one;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, rep_log_load(cx, db, &(RepScope){0}, &log));
	assert_ok(cx, rep_log_load_trust(cx, db, log));
	assert_ok(cx, rep_one_new(cx, log, rules, &(RepAsOf){.day = rep_day(cx->now_ms)}, profile, &one));
	for (uint32_t m = 1; m <= log->members_n; m++) {
		RepScore score;
		RepEvidence evidence;
		assert_ok(cx, rep_one(one, m, &score, &evidence));
		Alone a = alone(cx, db, rules, profile, log->members[m].id);
		assert_score_equal(&a.score, &score, rules->metrics_n);
		assert_int_equal(a.why.total, score.score[rules->board]);
		assert_int_equal(a.evidence.kept, evidence.kept);
		assert_int_equal(a.evidence.settled, evidence.settled);
		for (uint32_t area = 1; area <= log->areas_n; area++) assert_area(cx, log, rules, profile, &a, area);
	}
}

static void assert_slices_of_packs(Town *t)
{
	for (size_t i = 0; i < RULES_PACKS_N; i++) {
		AUTO(Arena) a = arena_new((size_t)1 << 30);
		Ctx own = *t->cx;
		own.arena = a;
		Ruleset *rules;
		assert_ok(&own, rules_pack(&own, RULES_PACKS[i], &rules));
		assert_slices(&own, t->store, rules, GUARD_OPEN);
		assert_slices(&own, t->store, rules, GUARD_VERIFIED);
	}
}

// The facts of all that have so many, into one piece each; a day later, when they are settled.
static void pack_everybody(Town *t, size_t least)
{
	int64_t n = town_number(t, "SELECT count(*) AS n FROM member");
	t->cx->now_ms += TIME_DAY_MS;
	int64_t bytes = town_number(t, "SELECT COALESCE(sum(length(facts)), 0) AS n FROM fact_pack");
	for (int64_t i = 0; i < n; i++) {
		Str sql = str_format(test_arena(), "SELECT id AS n FROM member ORDER BY id LIMIT 1 OFFSET %lld", (long long)i);
		assert_ok(t->cx, rep_pack(t->cx, t->store, town_number(t, str_z(test_arena(), sql)), least));
	}
	assert_true(town_number(t, "SELECT sum(length(facts)) AS n FROM fact_pack") > bytes);
}

// What the pieces say of things gives way to what changed since: other tags, gone, there again.
static void change_packed(TownLife *l)
{
	Town *t = l->t;
	int64_t packs = town_number(t, "SELECT count(*) AS n FROM thing_pack");
	assert_true(packs > 0);
	t->cx->actor = &l->people[0];
	for (size_t i = 0; i < l->topics_n; i++) {
		PostEdit edit = {.post_id = l->openings[i],
						 .title = S("A third title?"),
						 .tags = S("spout kettle"),
						 .text.source = S("Yes.")};
		Status st = i % 3 ? town_edit(t, &edit) : town_delete(t, l->openings[i], i % 2);
		(void)st; // what is gone cannot be edited
		fail_clear(t->cx);
	}
	for (size_t i = 0; i < l->posts_n; i += 2) {
		Status st = town_delete(t, l->posts[i], i % 4);
		(void)st;
		fail_clear(t->cx);
	}
	town_settle(t);
	town_check_replayed(t);
	assert_slices_of_packs(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM thing_pack"), packs);
	assert_ok(t->cx, standing_pass(t->cx, t->store)); // drops those whose trust is another by now
	assert_slices_of_packs(t);
}

static void random_histories(Town *t)
{
	TownLife *l = ARENA_NEW(test_arena(), TownLife, 1);
	Fresh *fresh = ARENA_NEW(test_arena(), Fresh, 1);
	l->t = t;
	while (l->people_n < TOWN_LIFE_PEOPLE) town_life_join(l);
	for (uint64_t h = 0; h < HISTORIES; h++) live(l, fresh, 88172645463325252u + h * 7919);
	assert_true(town_number(t, "SELECT count(*) AS n FROM standing WHERE credibility > 0") > 0);
	assert_true(town_number(t, "SELECT count(*) AS n FROM member WHERE kept_n > 0 AND area IS NOT NULL") > 0);
	assert_true(town_number(t, "SELECT count(*) AS n FROM member m JOIN standing s ON s.member_id = m.id WHERE m.areas "
							   "= s.areas AND m.areas LIKE 's:%'") > 0);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM ruleset"), 1);
	assert_ok(t->cx, store_write(t->cx, t->store, publish, &(Publishing){verified_rules(t->cx)}));
	town_settle(t); // other rules take a pass
	assert_int_equal(town_number(t, "SELECT version AS n FROM reputation_pass"), 2);
	for (uint64_t h = 0; h < HISTORIES; h++) live(l, fresh, 362436069u + h * 7919);
	assert_true(town_number(t, "SELECT count(*) AS n FROM vouched") > 0);
	assert_slices_of_packs(t);
	pack_everybody(t, 3); // and so do facts in one piece, with what came since
	live(l, fresh, 521288629u);
	assert_slices_of_packs(t);
	pack_everybody(t, 1); // which grow at their end
	assert_slices_of_packs(t);
	change_packed(l);
}

// As a program wrote it that read rules otherwise than this one.
static Status rules_of_before(Ctx *cx, Tx *tx, void *arg)
{
	const Published *p = arg;
	int64_t changed;
	return ruleset_insert(cx, tx,
						  &(RulesetInsertArgs){.version = p->version,
											   .name = p->name,
											   .toml = rules_pack_text(S("support-default")),
											   .hash = S("0123456789abcdef"),
											   .engine = RULES_ENGINE - 1,
											   .published_at = cx->now_ms,
											   .published_by = p->by,
											   .note = p->note},
						  &changed);
}

static void an_engine_is_a_version(Town *t)
{
	static const char *const ROWS = "SELECT count(*) AS n FROM ruleset", *const OF_PASS =
																			 "SELECT version AS n FROM reputation_pass";
	Published old = {.version = 1, .name = S("ours"), .note = S("why"), .by = t->asker};
	assert_ok(t->cx, store_write(t->cx, t->store, rules_of_before, &old));
	town_thread(t, &t->asking, &t->strange, S("kettle"));
	town_settle(t);
	assert_int_equal(town_number(t, ROWS), 2);
	assert_int_equal(town_number(t, OF_PASS), 2);
	assert_int_equal(town_number(t,
								 "SELECT count(*) AS n FROM ruleset a JOIN ruleset b ON b.version = 2 AND b.hash <> "
								 "a.hash AND b.toml = a.toml AND b.published_by = a.published_by WHERE a.version = 1"),
					 1);
	town_settle(t);
	assert_int_equal(town_number(t, ROWS), 2); // once
	old.version = 3;
	assert_ok(t->cx, store_write(t->cx, t->store, rules_of_before, &old));
	assert_ok(t->cx, standing_jobs[0].run(t->cx, t->store, S("{}"))); // there was a pass today, but not of this engine
	assert_int_equal(town_number(t, OF_PASS), 4);
	old.version = 5;
	assert_ok(t->cx, store_write(t->cx, t->store, rules_of_before, &old));
	assert_ok(t->cx, store_write(t->cx, t->store, publish, &(Publishing){verified_rules(t->cx)}));
	assert_int_equal(town_number(t, ROWS), 7); // what was in force, as it is read now, and the new ones
	town_settle(t);
	assert_int_equal(town_number(t, OF_PASS), 7);
	town_check_replayed(t);
}

static void badges_stay(Town *t)
{
	Id post = town_thread(t, &t->asking, &t->strange, S("kettle")).answer;
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	town_settle(t);
	static const char *const FACTS = "SELECT count(*) AS n FROM fact WHERE kind = 15 AND data LIKE '%Solved it%'";
	static const char *const ROWS = "SELECT count(*) AS n FROM badge WHERE name = 'Solved it'";
	assert_int_equal(town_number(t, FACTS), 1);
	assert_int_equal(town_number(t, ROWS), 1);
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, false)); // the solution is none any more
	town_settle(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_int_equal(town_number(t, ROWS), 1);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM standing WHERE badges LIKE '%first-solution%'"), 1);
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	town_settle(t);
	assert_int_equal(town_number(t, FACTS), 1); // earned once
	town_check_replayed(t);
}

static int64_t trusted_of(Town *t, Id member)
{
	return town_number(
		t, str_z(test_arena(), str_format(test_arena(), "SELECT trusted AS n FROM standing WHERE member_id = %lld",
										  (long long)member)));
}

// A judge who was trusted in one piece with the facts, and is not any more.
static void packs_follow_trust(Town *t)
{
	Id other, own;
	Actor early = town_join(t, S("early"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	Actor staff = town_join(t, S("staff"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	Actor clerk = town_join(t, S("clerk"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	TownThread thread = town_thread(t, &t->asking, &early, S("kettle"));
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_answer(t, thread.topic, S("Another spout."), &other));
	t->cx->actor = &staff;
	assert_ok(t->cx, town_answer(t, thread.topic, S("Send it in."), &own));
	assert_ok(t->cx, town_vote(t, thread.answer, 1));
	t->cx->actor = &clerk;
	assert_ok(t->cx, town_vote(t, thread.answer, 1)); // of one alone nobody is trusted
	t->cx->now_ms += TIME_HOUR_MS;
	t->cx->actor = &early;
	assert_ok(t->cx, town_vote(t, other, 1));
	town_settle(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_true(trusted_of(t, t->stranger) > 0);
	t->cx->now_ms += TIME_DAY_MS;
	assert_ok(t->cx, rep_pack(t->cx, t->store, t->stranger, 1));
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM thing_pack"), 1); // still right
	t->cx->actor = &staff;
	assert_ok(t->cx, town_vote(t, thread.answer, 0));
	town_settle(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM thing_pack"), 0);
	assert_int_equal(trusted_of(t, t->stranger), 0);
	assert_slices_of_packs(t);
	assert_ok(t->cx, rep_pack(t->cx, t->store, t->stranger, 1));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM thing_pack"), 1);
	assert_slices_of_packs(t);
}

static Status accept_of_nobody(Ctx *cx, Tx *tx, void *post)
{
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_ACCEPTED,
							   .actor_id = cx->actor->id,
							   .subject_type = SUBJECT_POST,
							   .subject_id = *(Id *)post,
							   .value = 1});
}

// What solved a question may concern nobody: its author is not known, or it belongs to everybody. Who asked has their part.
static void solved_by_nobody(Town *t)
{
	Id topic, opening, post;
	Actor staff = town_join(t, S("staff"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("Why does it do that?"), S("kettle"), S("It *whistles*."), &topic, &opening));
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_answer(t, topic, S("Vinegar, then patience."), &post));
	t->cx->actor = &staff;
	assert_ok(t->cx, store_write(t->cx, t->store, accept_of_nobody, &post));
	town_settle(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	town_check_replayed(t);
	assert_slices_of_packs(t);
	Str own = str_format(test_arena(), "SELECT kept_n AS n FROM member WHERE id = %lld", (long long)t->stranger);
	assert_int_equal(town_number(t, str_z(test_arena(), own)), 0);
	assert_int_equal(trusted_of(t, t->stranger), 0);
}

TEST(a_solution_that_concerns_nobody_is_told_to_who_asked) { test_standings(solved_by_nobody); }
TEST(standings_kept_are_those_of_a_replay) { test_standings(random_histories); }
TEST(what_is_kept_in_one_piece_follows_trust) { test_standings(packs_follow_trust); }
TEST(rules_read_by_another_engine_are_another_version) { test_standings(an_engine_is_a_version); }
TEST(badges_that_are_earned_once_stay) { test_standings(badges_stay); }
