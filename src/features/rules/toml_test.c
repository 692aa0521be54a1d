// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/toml.h"

#include "base/str.h"
#include "test.h"

static void *memory(void *self, size_t bytes) { return arena_try_alloc(self, bytes, _Alignof(TomlNode)); }
static void *no_memory(UNUSED void *self, UNUSED size_t bytes) { return NULL; }

static TomlNode *read_ok(Str text)
{
	TomlNode *root = NULL;
	TomlFault fault = {0};
	if (!toml_read(text.p, text.n, memory, test_arena(), &root, &fault)) fail_msg("%d: %s", fault.line, fault.reason);
	return root;
}

TEST(toml_gives_types_in_the_order_of_the_file)
{
	const TomlNode *n = read_ok(S("z = 'text'\na = -5\nm = 1.5\nb = true\nd = 2026-12-01\nt = 07:00:00\n"))->first;
	assert_string_equal(n->key, "z");
	assert_string_equal(n->text, "text");
	assert_int_equal(n->type, TOML_IS_TEXT);
	n = n->next;
	assert_string_equal(n->key, "a");
	assert_int_equal(n->integer, -5);
	assert_int_equal(n->line, 2);
	assert_int_equal(n->key_line, 2);
	n = n->next;
	assert_int_equal(n->type, TOML_IS_FLOAT);
	assert_true(n->real == 1.5);
	n = n->next;
	assert_int_equal(n->type, TOML_IS_BOOL);
	assert_int_equal(n->integer, 1);
	n = n->next;
	assert_int_equal(n->type, TOML_IS_DATE);
	assert_string_equal(n->text, "2026-12-01");
	n = n->next;
	assert_int_equal(n->type, TOML_IS_TIME);
	assert_null(n->next);
}

TEST(toml_nests_and_counts_lines)
{
	const TomlNode *root = read_ok(S("[[rule]]\nid = 'a'\n\n[[rule]]\nid = 'b'\nmany = [1,\n 2]\n[x.y]\n"));
	const TomlNode *rules = root->first;
	assert_int_equal(rules->type, TOML_IS_ARRAY);
	const TomlNode *second = rules->first->next;
	assert_int_equal(second->line, 4);
	assert_null(second->key);
	assert_int_equal(second->first->next->first->next->line, 7);
	assert_string_equal(rules->next->first->key, "y");
	assert_int_equal(rules->next->first->line, 8);
}

TEST(toml_faults_have_lines_and_reasons)
{
	static const struct {
		const char *text;
		int line;
	} BAD[] = {{"a = 1\na = 2\n", 2}, {"a = \n", 1}, {"\n[x\n", 2},          {"a = '\xff'\n", 1},
			   {"a = 1 b = 2", 1},    {"[+]\n", 1},  {"a = 1\xd0\x97\n", 1}, {"\xd0\x97 = 1\n", 1}};
	for (size_t i = 0; i < COUNTOF(BAD); i++) {
		TomlNode *root = NULL;
		TomlFault fault = {0};
		assert_false(toml_read(BAD[i].text, strlen(BAD[i].text), memory, test_arena(), &root, &fault));
		assert_int_equal(fault.line, BAD[i].line);
		assert_true(strlen(fault.reason) > 0);
	}
	char deep[80] = "a = ";
	memset(deep + 4, '[', 40);
	TomlNode *root = NULL;
	TomlFault fault = {0};
	assert_false(toml_read(deep, strlen(deep), memory, test_arena(), &root, &fault));
	assert_int_equal(fault.line, 1);
	assert_false(toml_read("a = 1", 5, no_memory, NULL, &root, &fault));
	assert_int_equal(fault.line, 0);
}
