// SPDX-License-Identifier: AGPL-3.0-or-later
#include "attention/feature.h"

#include "attention/attention.h"
#include "web/mark.h"

#define PURGE_EVERY_MS TIME_DAY_MS
#define ERASED_KEPT_MS (30 * TIME_DAY_MS) // cells are made anew long before
#define LIST_MAX_BYTES 40
#define BEFORE_MAX_BYTES 1400 // of five pages; web/assets/held.js sends no more

// clang-format off
static const FormField NOTE_FORM[] = {LINE("mark", 1, MARK_TEXT_MAX, "error.value"), LINE("read", 0, LIST_MAX_BYTES, "error.value"),
	LINE("wrote", 0, LIST_MAX_BYTES, "error.value"), LINE("before", 0, BEFORE_MAX_BYTES, "error.value")};
static const FormField CHOICE_FORM[] = {NEEDED_INTEGER("choice", AGREED_YES, AGREED_NO, "error.value")};
// clang-format on

// "c120e5": seconds by side, of sides that the page has; no more than went by since it was served.
static void note(Ctx *cx, const Mark *m, Str list, ObserveKind kind)
{
	int64_t most = (cx->now_ms - m->served_at) / TIME_SECOND_MS;
	for (size_t i = 0; i < list.n;) {
		size_t at, side, from = i + 1;
		Observation o = {.at_ms = cx->now_ms, .kind = kind, .actor_id = m->member, .page_id = m->subject};
		bool known = str_find_char(m->sides, list.p[i], &at) && str_find_char(S(SIDE_LETTERS), list.p[i], &side);
		for (i++; i < list.n && list.p[i] >= '0' && list.p[i] <= '9';) i++;
		if (!known || !str_int(str_sub(list, from, i), 1, MARK_LIFE_MS / TIME_SECOND_MS, &o.value)) continue;
		o.subject_id = (Id)side;
		o.page_at = m->served_at;
		o.value = i64_min(o.value, most);
		if (o.value > 0) observe(cx->site->observer, &o);
	}
}

// "MARK_READ_WROTE*MARK_READ_WROTE": what the same tab counted on pages that were left for the next one. Each has to be good by
// itself; what is of another member, who was signed in there before, is left out.
static void note_before(Ctx *cx, const Mark *now, Str list)
{
	while (list.p && list.n) {
		Str one, mark, read, wrote;
		list = str_cut(list, '*', &one);
		wrote = str_cut(str_cut(one, '_', &mark), '_', &read);
		Mark m;
		if (!mark_parse(cx, mark, &m) || m.member != now->member || !mark_is_good(cx, &m)) continue;
		note(cx, &m, read, OBSERVE_READ);
		note(cx, &m, wrote, OBSERVE_WROTE);
	}
}

// Whether the member agreed is looked up when it is added up.
static Status note_page(Ctx *cx, const Req *req, Res *res)
{
	const Mark *m = req->prepared;
	(void)res;
	if (mark_refused(req) || setting_word(cx->site, &ATTENTION_CONSENT) == CONSENT_OFF) return ST_OK;
	note_before(cx, m, req_str(req, "before"));
	note(cx, m, req_str(req, "read"), OBSERVE_READ);
	note(cx, m, req_str(req, "wrote"), OBSERVE_WROTE);
	return ST_OK;
}

static Status choice_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(attention_choose(cx, tx, cx->actor->id, (Agreed)req_int(req, "choice")));
	return res_redirect(res, S("/me/data#time"));
}

static Status delete_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)req;
	TRY(attention_erase(cx, tx, cx->actor->id));
	return res_redirect(res, S("/me/data#time"));
}

// --- what is over ---------------------------------------------------------------------------------------------------------

static Status purge_tx(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	int64_t n;
	TRY(attention_purge_days(cx, tx,
							 &(AttentionPurgeDaysArgs){.before = cx->now_ms / TIME_DAY_MS - ATTENTION_KEPT_DAYS}, &n));
	TRY(attention_purge_members(cx, tx, &n));
	return attention_purge_erased(cx, tx, &(AttentionPurgeErasedArgs){.before = cx->now_ms - ERASED_KEPT_MS}, &n);
}

static Status purge(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return store_write(cx, store, purge_tx, NULL);
}

const JobKind attention_jobs[] = {{.queue = "attention.purge", .run = purge, .every_ms = PURGE_EVERY_MS}};
const size_t attention_jobs_n = COUNTOF(attention_jobs);

// clang-format off
static const Route ROUTES[] = {
	NOTE("/attention", RIGHT_SIGNED_IN, note_page, .form = FORM(NOTE_FORM), .limit = LIMIT_NOTE, .body_max_bytes = 2048,
		.doc = "What a page's clock counted of reading and writing"),
	WRITE("/me/attention", RIGHT_SIGNED_IN, NULL, choice_action, .form = FORM(CHOICE_FORM), .limit = LIMIT_WRITE,
		.doc = "Be timed while reading and writing, or not"),
	WRITE("/me/attention/delete", RIGHT_SIGNED_IN, NULL, delete_action, .limit = LIMIT_WRITE, .doc = "Delete what was timed"),
};
// clang-format on

Feature attention_feature(void)
{
	return (Feature){.name = "attention",
					 .migrations = attention_migrations,
					 .migrations_n = &attention_migrations_n,
					 .routes = ROUTES,
					 .routes_n = COUNTOF(ROUTES),
					 .jobs = attention_jobs,
					 .jobs_n = attention_jobs_n,
					 .fold = attention_fold};
}
