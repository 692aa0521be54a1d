// SPDX-License-Identifier: AGPL-3.0-or-later
// What is found once of facts that are alike is what asking about each of them gives.
#include "reputation/story_testkit.h"

#include "test.h"

#include <string.h>

static Ruleset *parsed(Story *s, Str toml)
{
	Ruleset *rules;
	assert_ok(&s->cx, rules_parse(&s->cx, toml, S("x.toml"), &rules));
	return rules;
}

// The line with something added to its expression that changes nothing, and has to be asked of every fact.
static void put_line(Buf *b, Str line, const char *name, const char *added)
{
	Str value = str_sub(line, strlen(name), line.n);
	if (value.p[0] == '\'') value = str_sub(value, 1, value.n - 1);
	buf_format(b, "%s'(%.*s) %s'\n", name, STR(value), added);
}

static Str asking(Story *s, Str toml)
{
	Buf b = buf_init(s->arena, toml.n * 2, toml.n * 4);
	for (Str line; toml.n;) {
		toml = str_cut(toml, '\n', &line);
		if (str_starts(line, S("when = "))) put_line(&b, line, "when = ", "&& value == value");
		else if (str_starts(line, S("points = "))) put_line(&b, line, "points = ", "+ 0 * value");
		else buf_format(&b, "%.*s\n", STR(line));
	}
	return buf_view(&b);
}

TEST(a_shape_gives_what_asking_each_fact_gives)
{
	FOR_EACH_STORY(s)
	{
		Str toml = rules_pack_text(S("support-default"));
		const char *end = memmem(toml.p, toml.n, "\n[metric.",
								 9); // rules alone: conditions of ranks are not about facts
		assert_non_null(end);
		toml = str_sub(toml, 0, (size_t)(end - toml.p) + 1);
		const Ruleset *found = parsed(s, toml), *asked = parsed(s, asking(s, toml));
		for (size_t i = 0; i < asked->rules_n; i++) assert_true(expr_asks(asked->rules[i].points) >> EVENT_VALUE & 1);
		RepLog *log = log_of(s, s->facts, s->n);
		for (uint32_t m = 1; m <= MEMBERS; m += 3) log->members[m].staff = true;
		RepScores *a = score(s, log, found, END_DAY), *b = score(s, log, asked, END_DAY);
		assert_scores_equal(a, b, found->metrics_n);
		assert_int_equal(a->clips, b->clips);
	}
}
