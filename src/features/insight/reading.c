// SPDX-License-Identifier: AGPL-3.0-or-later
// From rows of posts and comments to readings: analysed in a snapshot, written in a short transaction.
#include "insight/insight_impl.h"

#include "base/utf8.h"

#define WORDS_KEPT 3
#define WORDS_BYTES 40
#define LANG_SURE (HEAD_ONE * 8 / 10)
#define LANG_LETTERS 20 // of a text, below which its language is not told to browsers

_Static_assert(sizeof(InsightPostsOfRow) == sizeof(TextRow) && sizeof(InsightCommentsOfRow) == sizeof(TextRow) &&
				   sizeof(InsightCommentsAfterRow) == sizeof(TextRow),
			   "the statements have the same columns");

Status insight_posts(Ctx *cx, Db *db, const Id *ids, size_t n, TextRows *ret)
{
	InsightPostsOfRows rows;
	TRY(insight_posts_of(cx, db, &(InsightPostsOfArgs){.ids = ids_json(cx->arena, ids, n)}, &rows));
	*ret = (TextRows){(const void *)rows.v, rows.n};
	return ST_OK;
}

Status insight_comments(Ctx *cx, Db *db, const Id *ids, size_t n, TextRows *ret)
{
	InsightCommentsOfRows rows;
	TRY(insight_comments_of(cx, db, &(InsightCommentsOfArgs){.ids = ids_json(cx->arena, ids, n)}, &rows));
	*ret = (TextRows){(const void *)rows.v, rows.n};
	return ST_OK;
}

// The words that decided the feeling, where one was found.
static Str deciding_words(Arena *a, const Analysis *an)
{
	Buf b = buf_init(a, WORDS_BYTES + 8, WORDS_BYTES + 8);
	size_t kept = 0;
	if (an->best == SENTIMENT_NEU || !an->sure) return str_none();
	for (size_t i = 0; i < an->evidence_n && kept < WORDS_KEPT; i++) {
		Str w = an->evidence[i].words;
		size_t at;
		if (!str_eq(str_from(an->evidence[i].what), S("sentiment")) || b.n + w.n + 1 > WORDS_BYTES) continue;
		if (!utf8_valid(w) || str_find_char(w, '\t', &at)) continue;
		if (kept++) buf_char(&b, '\t');
		buf_str(&b, w);
	}
	return kept ? buf_view(&b) : str_none();
}

// What <… lang> is to say, or absent.
static Str foreign(const Analysis *a, const TextScan *scan)
{
	bool sure = a->language.p >= LANG_SURE && scan->letters_n >= LANG_LETTERS;
	if (!sure || str_eq(a->language.code, PAGE_LANGUAGE) || str_eq(a->language.code, S("und"))) return str_none();
	return a->language.code;
}

static bool is_newcomer(const TextRow *r)
{
	if (!r->author_id || r->origin_channel.p || r->role != ROLE_MEMBER) return false;
	return r->written_n <= NEWCOMER_WRITTEN || r->created_at - r->joined_at < NEWCOMER_MS;
}

static Written written(Arena *a, InsightEngine *e, unsigned generation, const TextRow *r, bool comment)
{
	Written w = {.author_id = r->author_id, .newcomer = is_newcomer(r)};
	w.put = (ReadingPut){.space_id = r->space_id,
						 .subject_id = r->id,
						 .created_at = r->created_at,
						 .comment = comment,
						 .gone = r->gone != 0};
	if (w.put.gone) return w;
	Analysis an;
	insight_analyse(e, text_said(a, r->number == 0 ? r->title : str_none(), r->body_html), &an);
	w.put.bits = reading_pack(&an, generation) | (int64_t)comment << READING_COMMENT;
	w.put.words = deciding_words(a, &an);
	w.put.lang = foreign(&an, e->text->work->scan);
	w.put.lang_changed = !str_eq(w.put.lang, r->lang);
	return w;
}

static Status keep_corrections(Ctx *cx, Db *db, const TextRows *rows, Writtens *w)
{
	Id *ids = ARENA_NEW(cx->arena, Id, rows->n + 1);
	CorrectionsOfRows found;
	for (size_t i = 0; i < rows->n; i++) ids[i] = rows->v[i].id;
	TRY(corrections_of(cx, db, &(CorrectionsOfArgs){.ids = ids_json(cx->arena, ids, rows->n)}, &found));
	for (size_t i = 0; i < found.n; i++)
		for (size_t k = 0; k < w->n; k++) {
			ReadingPut *p = &w->v[k].put;
			if (p->subject_id != found.v[i].subject_id || found.v[i].task < 0 || found.v[i].task >= TASK_N) continue;
			p->bits = insight_with_label(p->bits, (InsightTask)found.v[i].task, found.v[i].label);
			if (found.v[i].task != TASK_LANGUAGE) continue;
			Str code = reading_language_code((unsigned)found.v[i].label);
			p->lang = str_eq(code, PAGE_LANGUAGE) || !found.v[i].label ? str_none() : code;
			p->lang_changed = !str_eq(p->lang, rows->v[k].lang);
		}
	return ST_OK;
}

Status insight_read_rows(Ctx *cx, Db *db, InsightEngine *e, unsigned generation, const TextRows *rows, bool comments,
						 Writtens *ret)
{
	*ret = (Writtens){ARENA_NEW(cx->arena, Written, rows->n + 1), rows->n};
	for (size_t i = 0; i < rows->n; i++) ret->v[i] = written(cx->arena, e, generation, &rows->v[i], comments);
	return rows->n ? keep_corrections(cx, db, rows, ret) : ST_OK;
}

Status insight_put(Ctx *cx, Tx *tx, const ReadingPut *r)
{
	if (r->lang_changed && r->comment)
		TRY(comment_set_lang(cx, tx, &(CommentSetLangArgs){.id = r->subject_id, .lang = r->lang}));
	if (r->lang_changed && !r->comment)
		TRY(post_set_lang(cx, tx, &(PostSetLangArgs){.id = r->subject_id, .lang = r->lang}));
	if (r->gone)
		return reading_delete(
			cx, tx, &(ReadingDeleteArgs){.space_id = r->space_id, .at_ms = r->created_at, .subject_id = r->subject_id});
	return reading_put(cx, tx,
					   &(ReadingPutArgs){.space_id = r->space_id,
										 .at_ms = r->created_at,
										 .subject_id = r->subject_id,
										 .bits = r->bits,
										 .words = r->words});
}

Status insight_write(Ctx *cx, Tx *tx, const Writtens *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const Written *one = &w->v[i];
		unsigned spam = reading_spam(one->put.bits);
		TRY(insight_put(cx, tx, &one->put));
		if (!one->newcomer) continue;
		if (one->put.gone || spam < SUSPECT_LEAST) {
			TRY(suspect_drop_open(cx, tx, &(SuspectDropOpenArgs){.subject_id = one->put.subject_id}));
			continue;
		}
		TRY(suspect_put(cx, tx,
						&(SuspectPutArgs){.subject_id = one->put.subject_id,
										  .comment = one->put.comment,
										  .author_id = one->author_id,
										  .at_ms = one->put.created_at,
										  .p = spam}));
	}
	return ST_OK;
}
