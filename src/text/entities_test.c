// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/entities.h"

#include "base/utf8.h"
#include "test.h"

static const struct {
	const char *text, *kind, *value; // kind NULL: nothing is found
} SAID[] = {
	{"Write to Anna.Smith+news@Mail.Example.co.uk, please.", "mail", "anna.smith+news@mail.example.co.uk"},
	{"mailto:anna@example.org?subject=x", "mail", "anna@example.org"},
	{"anna (at) example (dot) org", "mail", "anna@example.org"},
	{"anna at example dot com", "mail", "anna@example.com"},
	{"josé.núñez@münchen.de", "mail", "josé.núñez@münchen.de"},
	{"anna.smith @ gmail.com", "mail", "anna.smith@gmail.com"},
	{"Look at amazon.com, or meet me at example dot com", NULL, NULL},
	{"git@github.com:acme/shop.git icon@2x.png lodash@4.17.21 @support", "version", "4.17.21"},
	{"Tel. +49 (0)30 123456-78", "phone", "+493012345678"},
	{"0049 30 1234567", "phone", "+49301234567"},
	{"06.12.34.56.78", "phone", "0612345678"},
	{"(212) 555-0123 ext. 45", "phone", "2125550123;ext=45"},
	{"Llámame al 612345678", "phone", "612345678"},
	{"(11) 91234-5678", "phone", "11912345678"},
	{"\xef\xbc\x90\xef\xbc\x96 12 34 56 78", "phone", "0612345678"}, // full-width digits
	{"Pedido 612345678", "order", "612345678"},
	{"It costs 1.234.567,89 since 01.02.2024 10:30, or 612 345 678 EUR", NULL, NULL},
	{"612345678 is a number of nothing", NULL, NULL},
	{"arXiv:0810.4507 (2008)", NULL, NULL},
	{"Card 4111 1111 1111 1111 exp 12/27", "card", "4111111111111111"},
	{"Card 3782-822463-10005", "card", "378282246310005"},
	{"4111 1111 1111 1112", NULL, NULL},
	{"IMEI 353879234252633", NULL, NULL},
	{"IBAN: DE89 3704 0044 0532 0130 00.", "iban", "DE89370400440532013000"},
	{"gb82west12345698765432", "iban", "GB82WEST12345698765432"},
	{"DE88 3704 0044 0532 0130 00", NULL, NULL},
	{"I live at 221B Baker Street now", "street", "221B Baker Street"},
	{"350 5th Avenue, Apt 4", "street", "350 5th Avenue, Apt 4"},
	{"Ich wohne Hauptstr. 5a hinten", "street", "Hauptstr. 5a"},
	{"Unter den Linden 77", "street", "Unter den Linden 77"},
	{"12 bis, rue de la Paix", "street", "12 bis, rue de la Paix"},
	{"3 rue du 8 mai 1945", "street", "3 rue du 8 mai 1945"},
	{"Calle Mayor 3, 2º B", "street", "Calle Mayor 3, 2º B"},
	{"Via Roma, n. 10", "street", "Via Roma, n. 10"},
	{"Rua Augusta 1500", "street", "Rua Augusta 1500"},
	{"Postfach 10 20 30, please", "street", "Postfach 10 20 30"},
	{"Postfach 123456, please", "street", "Postfach 123456"},
	{"PO Box 12 34 days", "street", "PO Box 12"},
	{"There are 2 ways down the road, via Bluetooth 5, im Jahr 2024, am Montag 3 Stunden", NULL, NULL},
	{"from 192.0.2.17 again", "ip", "192.0.2.17"},
	{"2001:db8::8a2e:370:7334", "ip", "2001:db8::8a2e:370:7334"},
	{"firmware 1.2.3.4", "version", "1.2.3.4"},
	{"std::vector at 12:30:45", NULL, NULL},
	{"https://ada:pa55word@example.org/x?y=1", "login", "https://example.org/x?y=1"},
	{"https://example.org/p/4111111111111111?id=0612345678", NULL, NULL},
	{"my api key: Zk39Jd82mQ0vR7aL", "secret", "Zk39Jd82mQ0vR7aL"},
	{"the password is: hunter2", NULL, NULL},
	{"Passwort: hunter2!", "secret", "hunter2!"},
	{"password: reset it", NULL, NULL},
	{"AKIAIOSFODNN7EXAMPLE", "secret", "AKIAIOSFODNN7EXAMPLE"},
	{"Order no. 123-1234567-1234567", "order", "123-1234567-1234567"},
	{"v2.4.1-beta2 broke it", "version", "2.4.1-beta2"},
	{"j'habite à München", "place", "Munich"},
	{"a nice flat, no reading", NULL, NULL},
	{"the bus to Nice", "place", "Nice"},
	{"", NULL, NULL},
};

TEST(entities_of_each_kind)
{
	EntityFinder *f = entities_new(test_arena(), NULL);
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		size_t n = entities_find(f, str_from(SAID[i].text));
		const Entity *e = f->v;
		if (n != (SAID[i].kind != NULL))
			test_fail("%s: %zu found, first %s", SAID[i].text, n, n ? entity_name(e->kind) : "");
		if (!n) continue;
		assert_string_equal(entity_name(e->kind), SAID[i].kind);
		assert_str_equal(e->value, SAID[i].value);
	}
}

TEST(entities_are_told_in_bytes)
{
	EntityFinder *f = entities_new(test_arena(), NULL);
	Str text = S("Straße, Straße! ¡Mándalo a zoë@example.org!");
	assert_int_equal(entities_find(f, text), 1);
	assert_str_equal(str_sub(text, f->v[0].at, f->v[0].end), "zoë@example.org");
}

static Str redacted(EntityFinder *f, Str text)
{
	Buf b = buf_init(test_arena(), 256, (size_t)1 << 20);
	entities_redact(f, text, &b);
	assert_false(b.overflow);
	return buf_view(&b);
}

TEST(redaction_leaves_the_rest)
{
	EntityFinder *f = entities_new(test_arena(), NULL);
	assert_str_equal(
		redacted(f, S("Order #4711-22 of ada@example.org, +44 20 7946 0958, 12 High Street, Leeds, v1.2.3")),
		"Order #4711-22 of [mail], [phone], [street], Leeds, v1.2.3");
	assert_str_equal(redacted(f, S("nothing here")), "nothing here");
	assert_str_equal(redacted(f, S("a\xff\n"
								   "b@c.de\xff")),
					 "a\xff\n[mail]\xff");
}

// Nothing is left in the part of a long text that one look does not reach.
TEST(redaction_reads_all_of_a_long_text)
{
	EntityFinder *f = entities_new(test_arena(), NULL);
	Buf b = buf_init(test_arena(), 1 << 18, (size_t)1 << 20);
	for (int i = 0; i < 12000; i++) buf_str(&b, S("ada@example.org "));
	Str out = redacted(f, buf_view(&b));
	size_t at;
	assert_int_equal(out.n, 12000 * 7);
	assert_false(str_find_char(out, '@', &at));
}

TEST(products_of_the_catalogue)
{
	static const struct {
		const char *text, *product; // NULL: none
	} NAMED[] = {
		{"my aurora x100 is dead", "Aurora X100"},
		{"AuroraX100", "Aurora X100"},
		{"the X100!", "Aurora X100"},
		{"the Aurroa X100", "Aurora X100"},
		{"an Aurora X200", "Aurora"},
		{"trailcam", "Trail Cam"},
		{"Trail-Cam", "Trail Cam"},
		{"a bridge too far", NULL},
		{"my Bridge", "Bridge"},
		{"Trial Cam", "Trail Cam"},
		{"the aurora borealis", "Aurora"},
		{"a train came", NULL},
	};
	Catalogue *c;
	assert_ok(test_ctx(), catalogue_parse(test_ctx(), S("Aurora X100\tX100\nAurora\nTrail Cam\r\nBridge\n#x\n\n"), &c));
	EntityFinder *f = entities_new(test_arena(), c);
	for (size_t i = 0; i < COUNTOF(NAMED); i++) {
		size_t n = entities_find(f, str_from(NAMED[i].text));
		if (n != (NAMED[i].product != NULL)) test_fail("%s: %zu", NAMED[i].text, n);
		if (n) assert_str_equal(f->v[0].value, NAMED[i].product);
	}
}

TEST(entities_of_any_bytes)
{
	static const char *const PARTS[] = {"@",     "a@b.de",   "+49", "0",    "(",         ")",    "-",        " ",
										".",     "12",       "/",   "DE",   "Str.",      "4111", ":",        "rue",
										"\xff",  "\xc3\xa9", "C/",  "at",   "dot",       "::",   "https://", "Calle",
										"Paris", "\n",       "nº",  "key:", "-----BEGIN"};
	EntityFinder *f = entities_new(test_arena(), NULL);
	uint64_t x = 7;
	for (int round = 0; round < 3000; round++) {
		ArenaMark mark = arena_mark(test_arena());
		Buf b = buf_init(test_arena(), 512, 1 << 12);
		for (int i = 0; i < 30; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			buf_z(&b, PARTS[(x >> 33) % COUNTOF(PARTS)]);
		}
		size_t n = entities_find(f, buf_view(&b));
		for (size_t i = 0; i < n; i++) {
			assert_true(f->v[i].at < f->v[i].end && f->v[i].end <= b.n);
			if (i) assert_true(f->v[i - 1].end <= f->v[i].at);
		}
		Buf json = buf_init(test_arena(), 1 << 12, 1 << 18);
		entities_write(&json, f);
		assert_true(utf8_valid(buf_view(&json)));
		arena_rewind(test_arena(), mark);
	}
}
