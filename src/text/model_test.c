// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/model.h"

#include "test.h"
#include "text/analyse.h"
#include "text/linear.h"
#include "text/train_data.h"

typedef struct Made {
	ModelSection v[16];
	size_t n;
	Str path;
} Made;

static void put(Made *m, const char *name, Str bytes) { m->v[m->n++] = (ModelSection){name, bytes}; }

// A whole model in small: two languages, one topic, and a head that thinks "good" is good.
static Str small_model(void)
{
	static const Str LANGUAGES[] = {S_INIT("en"), S_INIT("de")}, TOPICS[] = {S_INIT("t/a"), S_INIT("t/oos")};
	static const uint32_t SCRIPTS[] = {1u << SCRIPT_LATN, 1u << SCRIPT_LATN}, END = 2;
	Arena *a = test_arena();
	Made m = {.path = str_format(a, "%s/small.htx", test_dir())};
	float cool[HEAD_LANES] = {1, 1, 1, 1, 1, 1, 1, 1};
	Str info, rows, parts[3];
	Linear *lanes = linear_new(a, 8, HEAD_LANES), *languages = linear_new(a, 8, 2), *topics = linear_new(a, 8, 2);
	uint32_t good = token_hash_of(S("good")), bad = token_hash_of(S("bad"));
	for (size_t i = 0; i < 50; i++)
		for (uint32_t k = 0; k < 3; k++) {
			LinearStep s = {.features = k == 1 ? &bad : &good,
							.n = 1,
							.words_n = 1,
							.lanes = 2,
							.zero = true,
							.weight = 1,
							.rate = 0.5f};
			s.label = k == 1 ? 1 : 2;
			linear_step(lanes, &s);
		}
	WordInfo *words = ARENA_NEW(a, WordInfo, 16);
	uint32_t *valences = ARENA_NEW(a, uint32_t, 16);
	put(&m, "info", S("made by a test"));
	put(&m, "words", (Str){(const char *)words, 16 * sizeof *words});
	put(&m, "valences", (Str){(const char *)valences, 16 * sizeof *valences});
	lane_head_pack(a, lanes, cool, &info, &rows);
	put(&m, "sent.info", info);
	put(&m, "sent.rows", rows);
	put(&m, "small.info", info);
	put(&m, "small.rows", rows);
	nibble_head_pack(a, languages, 12, LANGUAGES, &info, &rows);
	put(&m, "lang.info", info);
	put(&m, "lang.rows", rows);
	put(&m, "lang.scripts", (Str){(const char *)SCRIPTS, sizeof SCRIPTS});
	sparse_head_pack(a, topics, &(SparsePacking){&END, 1, 3, 2}, TOPICS, parts);
	put(&m, "topic.info", parts[0]);
	put(&m, "topic.starts", parts[1]);
	put(&m, "topic.pairs", parts[2]);
	assert_ok(test_ctx(), model_write(test_ctx(), m.path, m.v, m.n));
	return m.path;
}

TEST(model_is_written_and_read)
{
	Ctx *cx = test_ctx();
	Model m;
	Analysis a;
	assert_ok(cx, model_open_file(cx, small_model(), &m));
	assert_str_equal(m.info, "made by a test");
	assert_int_equal(m.languages.n, 2);
	assert_int_equal(m.taxonomies_n, 1);
	TextEngine *e = text_engine_new(test_arena(), &m);
	text_analyse(e, S("good"), str_none(), ANALYSE_ALL, &a);
	assert_int_equal(a.best, SENTIMENT_POS);
	assert_int_equal(a.evidence_n, 1);
	assert_str_equal(a.evidence[0].words, "good");
	assert_str_equal(a.topics[0].name, "a");
	text_analyse(e, S("bad"), str_none(), ANALYSE_ALL, &a);
	assert_int_equal(a.best, SENTIMENT_NEG);
	assert_status(cx, model_open_file(cx, S("nowhere/at.all"), &m), ST_NOT_FOUND);
}

// Whatever is changed in the file, it is refused or read within its bounds.
TEST(model_damaged_is_refused)
{
	Ctx *cx = test_ctx();
	Str file, path = small_model();
	Model m;
	assert_ok(cx, file_read(cx, path, &file));
	char *copy = arena_alloc(test_arena(), file.n, 16);
	for (size_t n = 0; n < file.n; n += 97) {
		memcpy(copy, file.p, n);
		assert_true(model_open(cx, (Str){copy, n}, &m) != ST_OK);
	}
	for (size_t at = 0; at < 1024; at++)
		for (int bit = 0; bit < 8; bit += 3) {
			ArenaMark mark = arena_mark(test_arena());
			Analysis a;
			memcpy(copy, file.p, file.n);
			copy[at] = (char)(copy[at] ^ (1 << bit));
			if (model_open(cx, (Str){copy, file.n}, &m) == ST_OK)
				text_analyse(text_engine_new(test_arena(), &m), S("a good day"), str_none(), ANALYSE_ALL, &a);
			arena_rewind(test_arena(), mark);
		}
}

TEST(head_probabilities)
{
	uint64_t x = 3;
	for (size_t i = 0; i < 5000; i++) {
		int64_t scores[5];
		uint32_t p[5], sum = 0;
		for (size_t k = 0; k < 5; k++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			scores[k] = (int64_t)(x >> 20) % (20 * HEAD_ONE) - 10 * HEAD_ONE;
		}
		head_softmax(scores, 5, p);
		for (size_t k = 0; k < 5; k++) sum += p[k];
		assert_in_range(sum, HEAD_ONE - 8, HEAD_ONE);
		for (size_t k = 0; k < 5; k++)
			if (scores[k] > scores[0]) assert_true(p[k] >= p[0]);
	}
	assert_int_equal(head_exp(0), HEAD_ONE);
	assert_in_range(head_exp(-HEAD_ONE), 24080, 24140); // 65536 / e = 24109
	assert_int_equal(head_exp(-100 * (int64_t)HEAD_ONE), 0);
}
