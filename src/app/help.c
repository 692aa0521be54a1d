// SPDX-License-Identifier: AGPL-3.0-or-later
// What --help prints: of all, of the verbs that begin with a word, of one. The manual page and completion (verb_man.c) are made
// from the same tables.
#include "app/app.h"

#define OPTION_CHARS 26
#define VERB_CHARS 22

static void pad(Buf *b, size_t from, size_t chars)
{
	for (size_t n = buf_view(b).n - from; n < chars; n++) buf_char(b, ' ');
}

static void put_option(void *to, Str name, Str value, Str doc)
{
	Buf *b = to;
	size_t from = buf_view(b).n;
	buf_format(b, "  %.*s%s%.*s ", STR(name), value.n ? " " : "", STR(value));
	pad(b, from, OPTION_CHARS);
	buf_format(b, "%.*s\n", STR(doc));
}

static void put_verb(Buf *b, const Verb *v)
{
	size_t from = buf_view(b).n;
	buf_format(b, "  %s ", v->name);
	pad(b, from, VERB_CHARS + 3);
	buf_format(b, "%s\n", v->doc);
}

bool verb_is_under(const Verb *v, Str word)
{
	Str first;
	return str_cut(str_from(v->name), ' ', &first).p && str_eq(first, word);
}

static void one_write(Buf *b, const Verb *v)
{
	buf_format(b, "hearth %s%s%s\n\n%s\n\nOptions:\n", v->name, *v->usage ? " " : "", v->usage, v->doc);
	options_each(v, put_option, b);
	buf_format(b, "\nExample:\n  %s", v->example);
}

typedef struct Union { // the options of several verbs, each once
	Buf *b;
	Str word; // of the verbs; or an option's name, if `of` is set
	const Verb *of;
} Union;

static void put_shared(void *to, Str name, Str value, Str doc) // calls itself once
{
	Union *u = to;
	if (!u->of) { // of all options: whose first
		for (size_t i = 0; i < APP_VERBS_N && !u->of; i++)
			if (verb_is_under(&APP_VERBS[i], u->word) && option_of(&APP_VERBS[i], name)) u->of = &APP_VERBS[i];
		if (u->of) options_each(u->of, put_shared, &(Union){u->b, name, u->of});
		u->of = NULL;
	} else if (str_eq(name, u->word)) {
		put_option(u->b, name, value, doc); // as that verb means it
	}
}

// "hearth text --help": the verbs that begin so, and what they take. False if there are none.
static bool group_write(Buf *b, Str word)
{
	const Verb *last = NULL;
	buf_format(b, "hearth %.*s VERB [options]\n\n", STR(word));
	for (size_t i = 0; i < APP_VERBS_N; i++)
		if (verb_is_under(&APP_VERBS[i], word)) put_verb(b, last = &APP_VERBS[i]);
	if (!last) return false;
	buf_format(b, "\nOptions (hearth %s --help says which are of one):\n", last->name);
	options_each(NULL, put_shared, &(Union){b, word, NULL});
	buf_format(b, "\nExample:\n  %s", last->example);
	return true;
}

static void all_write(Buf *b)
{
	buf_format(b, "Hearth %s, the social customer hub\n\nhearth VERB [options]\n\n", HEARTH_VERSION);
	for (size_t i = 0; i < APP_VERBS_N; i++) put_verb(b, &APP_VERBS[i]);
	buf_str(b, S("\nOptions (hearth VERB --help has those of one verb, and an example):\n"));
	options_each(NULL, put_option, b);
}

bool help_write(Buf *b, const Verb *verb, Str word)
{
	if (verb) one_write(b, verb);
	else if (word.n) return group_write(b, word);
	else all_write(b);
	return true;
}
