// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/token.h"

#include "test.h"
#include "text/features.h"

static TextScan *scanned(Str text)
{
	TextScan *s = text_scan_new(test_arena());
	text_scan(s, text);
	return s;
}

// "w:word m:mention …" of a text.
static Str kinds(Str text)
{
	static const char LETTERS[] = "wrnmueop"; // word run number mention url emoji emoticon punct
	TextScan *s = scanned(text);
	Buf b = buf_init(test_arena(), 64, 1 << 16);
	for (size_t i = 0; i < s->tokens_n; i++) {
		const Token *t = &s->tokens[i];
		buf_format(&b, "%s%c:%.*s", i ? " " : "", LETTERS[t->kind], STR(str_sub(s->text, t->at, t->end)));
	}
	return buf_view(&b);
}

TEST(token_kinds)
{
	assert_str_equal(kinds(S("Don't @you see http://x.org/a?b, www.y.de. Ok!!")),
					 "w:Don't m:@you w:see u:http://x.org/a?b p:, u:www.y.de p:. w:Ok p:!!");
	assert_str_equal(kinds(S("I paid 3,50 at 10:30 for 2 #BestThing")),
					 "w:I w:paid n:3,50 w:at n:10:30 w:for n:2 w:BestThing");
	assert_str_equal(kinds(S("nice :-) <3 xD, 8) no")), "w:nice o::-) o:<3 o:xD p:, n:8 p:) w:no");
	assert_str_equal(kinds(S("a \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80\xf0\x9f\x98\x80 b")),
					 "w:a e:\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 e:\xf0\x9f\x98\x80 w:b");
	assert_str_equal(kinds(S("送餐快 ok ภาษาไทย")), "r:送餐快 w:ok r:ภาษาไทย");
	assert_str_equal(kinds(S("")), "");
	assert_str_equal(kinds(S(" \t\n")), "");
	assert_str_equal(kinds(S("mail me@x and @ alone")), "w:mail w:me m:@x w:and p:@ w:alone");
}

TEST(token_folding)
{
	TextScan *s = scanned(S("SOOOO soo Soo sooooooo"));
	for (size_t i = 1; i < 4; i++) assert_int_equal(s->tokens[i].hash, s->tokens[0].hash);
	assert_true(s->tokens[0].flags & TOKEN_LONG);
	assert_true(s->tokens[0].flags & TOKEN_CAPS);
	assert_true(s->tokens[2].flags & TOKEN_TITLE);
	assert_false(s->tokens[1].flags & (TOKEN_LONG | TOKEN_CAPS | TOKEN_TITLE));
	s = scanned(
		S("don't don\xe2\x80\x99t \xd8\xa3\xd8\xad\xd9\x85\xd8\xaf \xd8\xa7\xd8\xad\xd9\x85\xd8\xaf ÄRGER ärger"));
	for (size_t i = 0; i < 6; i += 2) assert_int_equal(s->tokens[i].hash, s->tokens[i + 1].hash);
	assert_int_equal(token_hash_of(S("ärger")), s->tokens[5].hash);
	assert_int_equal(scanned(S("1234"))->tokens[0].hash, scanned(S("5678"))->tokens[0].hash);
}

TEST(token_scripts)
{
	assert_int_equal(text_scan_script(scanned(S("hello мир всем"))), SCRIPT_CYRL);
	assert_int_equal(text_scan_script(scanned(S("12 !? 😀"))), SCRIPT_NONE);
	assert_int_equal(text_scan_script(scanned(S("નમસ્તે"))), SCRIPT_GUJR);
	assert_string_equal(script_code(SCRIPT_HANI), "Hani");
	assert_int_equal(script_of(0x10ffff), SCRIPT_NONE);
}

TEST(token_any_bytes)
{
	TextScan *s = text_scan_new(test_arena());
	Features *f = features_new(test_arena());
	char bytes[300];
	uint64_t x = 42;
	for (size_t round = 0; round < 3000; round++) {
		size_t n = round % sizeof bytes;
		for (size_t i = 0; i < n; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			// Half of it ASCII, else whatever
			bytes[i] = (char)(x >> 33 & 1 ? x >> 40 & 0x7f : x >> 40);
		}
		text_scan(s, (Str){bytes, n});
		features_of(f, s, NULL);
		features_language(f, s, LANGUAGE_FEATURES_MAX);
		uint32_t last = 0;
		for (size_t i = 0; i < s->tokens_n; i++) {
			assert_true(s->tokens[i].at >= last && s->tokens[i].end > s->tokens[i].at && s->tokens[i].end <= n);
			assert_true(s->tokens[i].cp + s->tokens[i].cps <= s->cps_n);
			last = s->tokens[i].end;
		}
	}
	text_scan(s, S("a\0b\xff"));
	assert_true(s->invalid);
	assert_int_equal(s->tokens_n, 2);
}

static Str flood(const char *unit, size_t bytes)
{
	Buf b = buf_init(test_arena(), bytes + 16, bytes + 16);
	while (b.n < bytes) buf_z(&b, unit);
	return buf_view(&b);
}

// What would be slow if anything looked ahead without a bound, and what would overflow if anything counted wrongly.
TEST(token_floods)
{
	static const char *const UNITS[] = {"a",
										"a.",
										"@a",
										"@",
										"#a",
										"http://",
										"e\xcc\x81\xcc\x81\xcc\x81",
										"!?",
										"😀\xe2\x80\x8d",
										"1,",
										":-",
										"'a",
										"\xd9\x8e",
										"送",
										"\xff",
										" a",
										"\xe2\x80\x8c"};
	TextScan *s = text_scan_new(test_arena());
	Features *f = features_new(test_arena());
	for (size_t i = 0; i < COUNTOF(UNITS); i++) {
		ArenaMark mark = arena_mark(test_arena());
		text_scan(s, flood(UNITS[i], TEXT_MAX_BYTES * 2));
		assert_true(s->cut);
		assert_true(s->text.n <= TEXT_MAX_BYTES && s->text.n > TEXT_MAX_BYTES - 4);
		features_of(f, s, NULL);
		features_language(f, s, LANGUAGE_FEATURES_MAX);
		assert_true(f->n <= FEATURES_MAX);
		arena_rewind(test_arena(), mark);
	}
}

// Full width, forms of Arabic letters, letters of mathematics: a word is the same word.
TEST(token_folds_other_forms_of_letters)
{
	static const char *const SAME[][2] = {{"\uff28\uff45\uff4c\uff4c\uff4f", "hello"},
										  {"\U0001d4bd\U0001d452\U0001d4c1\U0001d4c1\U0001d45c", "hello"},
										  {"\ufee3\ufeae\ufea3\ufe92\ufe8e", "\u0645\u0631\u062d\u0628\u0627"}};
	for (size_t i = 0; i < COUNTOF(SAME); i++) {
		const TextScan *s = scanned(str_from(SAME[i][0]));
		assert_int_equal(s->tokens_n, 1);
		assert_int_equal(s->tokens[0].hash, token_hash_of(str_from(SAME[i][1])));
		assert_int_equal(s->tokens[0].flags & TOKEN_CAPS, 0);
	}
}

// Every part of a text has the tokens that it has by itself.
static void parts_of(Str text)
{
	TextScan *whole = scanned(text), *part = text_scan_new(test_arena()), *own = text_scan_new(test_arena());
	TokensSame same;
	for (size_t from = 0; from < text.n; from++)
		for (size_t to = from; to <= text.n; to++) {
			Str s = str_sub(text, from, to);
			text_scan_part(part, whole, s, &same);
			text_scan(own, s);
			assert_int_equal(part->tokens_n, own->tokens_n);
			assert_int_equal(part->caps_words, own->caps_words);
			assert_int_equal(part->lower_words, own->lower_words);
			assert_int_equal(part->cps_n, own->cps_n);
			assert_memory_equal(part->tokens, own->tokens, own->tokens_n * sizeof *own->tokens);
			assert_memory_equal(part->cps, own->cps, own->cps_n * sizeof *own->cps);
			assert_true(same.at + same.n <= part->tokens_n);
			for (size_t i = 0; i < same.n; i++)
				assert_int_equal(part->tokens[same.at + i].hash, whole->tokens[same.from + i].hash);
		}
}

TEST(token_parts)
{
	parts_of(S("@ada Don't say XD, it's #Gr8 http, 3,50 or www.y.de/ü! :-) sooo"));
	parts_of(S("a\xc2\xa0:D\nxd 送餐快 O_o\xff b\x00 8) D: \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80."));
}
