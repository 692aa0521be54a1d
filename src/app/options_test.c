// SPDX-License-Identifier: AGPL-3.0-or-later
// Help, completion and the manual page say of each verb what it takes: no option is lost, none is another verb's, and every
// example is one that could be typed.
#include "app/app.h"

#include "test.h"

static Str help_of(const Verb *verb, const char *word)
{
	Buf b = buf_init(test_arena(), 4096, HELP_MAX_BYTES);
	assert_true(help_write(&b, verb, str_from(word)));
	assert_ok(test_ctx(), buf_status(test_ctx(), &b));
	return buf_view(&b);
}

static const Verb *verb_named(const char *name)
{
	for (size_t i = 0; i < APP_VERBS_N; i++)
		if (str_eq(str_from(APP_VERBS[i].name), str_from(name))) return &APP_VERBS[i];
	fail_msg("no verb is called %s", name);
	return NULL;
}

static bool has(Str text, const char *what)
{
	size_t at;
	return str_find(text, str_from(what), &at);
}

static size_t lines_of(Str text, const char *start)
{
	size_t n = 0;
	for (Str line; text.n;) {
		text = str_cut(text, '\n', &line);
		n += str_starts(line, str_from(start));
	}
	return n;
}

TEST(help_of_a_verb_shows_what_it_takes)
{
	Str text = help_of(verb_named("backup"), "");
	assert_true(has(text, "hearth backup --data DIR --out FILE\n") && has(text, "\n  --out FILE ") &&
				has(text, "\n  --db URL "));
	assert_true(has(text, "\nExample:\n  hearth backup --data /srv/hearth --out "));
	assert_int_equal(lines_of(text, "  --"), 5); // data, db, site, out, help
	text = help_of(verb_named("text redact"), "");
	assert_int_equal(lines_of(text, "  --"), 1); // it opens no site
	text = help_of(verb_named("text train"), "");
	assert_true(has(text, "the folder with the labelled sets") && !has(text, "--site"));
	text = help_of(verb_named("text phrases"), "");
	assert_true(has(text, "--by PERIOD") && !has(text, "accepted, helped"));
}

TEST(help_of_a_word_shows_the_verbs_under_it)
{
	Str text = help_of(NULL, "setting");
	assert_int_equal(lines_of(text, "  setting "), 3);
	assert_int_equal(lines_of(text, "  --"), 5); // data, db, site, json, help
	assert_false(has(text, "  user add"));
	assert_int_equal(lines_of(help_of(NULL, "text"), "  --by "), 1);
	text = help_of(NULL, "");
	assert_true(has(text, "  user add ") && lines_of(text, "  --data ") == 1);
	Buf none = buf_init(test_arena(), 64, HELP_MAX_BYTES);
	assert_false(help_write(&none, NULL, S("stats"))); // a verb of one word is no group
}

static void count(void *to, Str name, Str value, Str doc)
{
	(void)name;
	(void)value;
	assert_true(doc.n > 0);
	++*(size_t *)to;
}

static void taken_by_some(void *to, Str name, Str value, Str doc)
{
	(void)value;
	(void)doc;
	size_t by = 0;
	for (size_t i = 0; i < APP_VERBS_N; i++)
		if (option_of(&APP_VERBS[i], name)) by++;
	if (!by) fail_msg("no verb takes %.*s", STR(name));
	++*(size_t *)to;
}

// "[--lang CODE]" of a usage: known to the table, and shown.
TEST(options_in_usages_are_those_of_the_table)
{
	size_t all = 0, taken = 0;
	options_each(NULL, count, &all);
	options_each(NULL, taken_by_some, &taken);
	assert_int_equal(all, taken);
	for (size_t i = 0; i < APP_VERBS_N; i++) {
		size_t named = 0, shown = 0;
		Str rest = str_from(APP_VERBS[i].usage);
		for (size_t at; str_find(rest, S("--"), &at); rest = str_sub(rest, at + 2, rest.n)) named++;
		options_each(&APP_VERBS[i], count, &shown);
		size_t beside = option_of(&APP_VERBS[i], S("--db")) ? 3 : 1; // --db, --site, --help
		assert_int_equal(shown, named + beside);
	}
}

// Words of an example as a shell would give them, up to what it redirects.
static int words_of(Str line, char **argv)
{
	int n = 0;
	line = str_copy(test_arena(), line);
	while (line.n && line.p[0] != '<' && line.p[0] != '>') {
		bool quoted = line.p[0] == '"';
		Str word;
		line = quoted ? str_cut(str_sub(line, 1, line.n), '"', &word) : str_cut(line, ' ', &word);
		if (quoted) line = str_trim(line);
		argv[n++] = (char *)(uintptr_t)str_z(test_arena(), word);
	}
	return n;
}

TEST(every_example_of_a_verb_can_be_typed)
{
	for (size_t i = 0; i < APP_VERBS_N; i++) {
		char *argv[24];
		Options o;
		const Verb *verb = NULL;
		int argc = words_of(str_from(APP_VERBS[i].example), argv);
		assert_ok(test_ctx(), options_parse(test_ctx(), argc, argv, &o, &verb));
		assert_ptr_equal(verb, &APP_VERBS[i]);
		for (int k = 1; k < argc; k++)
			if (str_starts(str_from(argv[k]), S("--"))) assert_true(option_of(verb, str_from(argv[k])));
	}
}

// "HANDLE ROLE --data DIR": as many as the usage begins with, and not one more.
TEST(a_verb_takes_the_words_of_its_usage)
{
	for (size_t i = 0; i < APP_VERBS_N; i++) {
		const Verb *verb = &APP_VERBS[i], *found = NULL;
		size_t n = 0;
		Str rest = str_from(verb->usage), word;
		for (; rest.n; n++) {
			rest = str_cut(rest, ' ', &word);
			if (!word.n || word.p[0] < 'A' || word.p[0] > 'Z') break;
		}
		assert_int_equal(verb->words_max, n);
		char *argv[24], more[] = "more";
		Options o;
		int argc = words_of(STR_CAT(test_arena(), S("hearth "), str_from(verb->name)), argv);
		while (n--) argv[argc++] = more;
		assert_ok(test_ctx(), options_parse(test_ctx(), argc, argv, &o, &found));
		assert_ptr_equal(found, verb);
		argv[argc++] = more;
		assert_int_equal(options_parse(test_ctx(), argc, argv, &o, &found), ST_INVALID);
		assert_true(has(test_ctx()->fail_text, "\"more\""));
	}
}
